from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from lms_core.assessment.domain.exams import (
    AUTHOR_EXAM,
    SIT_EXAM,
    DraftExam,
    ExamFrozen,
    ExamNotPublished,
    MapItems,
    Place,
)
from lms_core.assessment.domain.forms import SpecificationUnmet
from lms_core.assessment.domain.specifications import Quota
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.repository.items import Items
from lms_core.assessment.service.attempts import Sitting
from lms_core.assessment.tables.exams import form_slots
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid, NotFound, Refused
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from lms_core.hooks import hookimpl
from lms_core.hooks.assessment import FormSelection
from tests.support.exams import AUTHOR, Room, add_items, lines, open_room, question


def draft(room: Room, **given: object) -> DraftExam:
    return DraftExam(Titles("모의고사", "Mock exam"), room.specification(**given), certification="XY-1")


def test_a_draft_can_be_written_anew_until_it_is_published(room: Room) -> None:
    exam = room.exams.draft(AUTHOR, draft(room))
    changed = room.exams.change(AUTHOR, exam.id, draft(room, seconds=600))
    assert changed.specification.seconds == 600

    room.exams.publish(AUTHOR, exam.id)
    for act in (
        lambda: room.exams.change(AUTHOR, exam.id, draft(room)),
        lambda: room.exams.publish(AUTHOR, exam.id),
    ):
        with pytest.raises(ExamFrozen):
            act()
    assert room.exams.get(AUTHOR, exam.id).exam.specification == changed.specification


def test_an_exam_that_asks_for_more_than_the_banks_hold_says_what_is_missing(room: Room) -> None:
    quotas = (Quota("a", 9, Titles("", "")), Quota("b", 6, Titles("", "")), Quota("c", 1, Titles("", "")))
    exam = room.exams.draft(AUTHOR, draft(room, quotas=quotas))
    with pytest.raises(SpecificationUnmet) as refused:
        room.exams.publish(AUTHOR, exam.id)

    missing = [(one.code, one.reason.values["domain"], one.reason.values["missing"]) for one in refused.value.reasons]
    assert missing == [("domain-short", "a", 1), ("domain-short", "b", 2), ("domain-short", "c", 1)]
    assert [(one.domain, one.wanted, one.available) for one in room.exams.check(AUTHOR, exam.id)] == [
        ("a", 9, 8),
        ("b", 6, 4),
        ("c", 1, 0),
    ]
    assert room.exams.get(AUTHOR, exam.id).exam.state == "draft"


def test_an_exam_without_a_certification_draws_from_the_whole_bank(room: Room) -> None:
    quotas = (Quota("", 10, Titles("전체", "All")),)
    exam = room.exams.draft(AUTHOR, replace(draft(room, quotas=quotas), certification=""))
    room.exams.publish(AUTHOR, exam.id)

    assert len(lines(room.start(room.trainee(), exam).paper)) == 10


def test_a_closed_exam_takes_no_more_attempts_and_lets_running_ones_go_on(room: Room) -> None:
    exam = room.published()
    sitting = room.start(room.trainee(), exam)
    room.exams.close(AUTHOR, exam.id)

    with pytest.raises(Refused) as refused:
        room.start(room.trainee(), exam)
    assert [one.code for one in refused.value.reasons] == ["exam-closed"]
    assert room.answer(sitting, 1).sequence == 1
    with pytest.raises(ExamNotPublished):
        room.exams.close(AUTHOR, exam.id)


def test_only_authors_write_and_others_do_not_even_know_of_drafts(room: Room) -> None:
    exam = room.exams.draft(AUTHOR, draft(room))
    trainee = room.trainee()
    with pytest.raises(Forbidden):
        room.exams.draft(trainee, draft(room))
    for act in (room.exams.get, room.exams.publish, room.exams.check, room.exams.close):
        with pytest.raises(NotFound):
            act(trainee, exam.id)
    room.exams.publish(AUTHOR, exam.id)
    assert room.exams.get(trainee, exam.id).may_sit
    with pytest.raises(Forbidden):
        room.exams.close(trainee, exam.id)


def test_a_place_or_bank_that_is_none_is_named(room: Room) -> None:
    elsewhere = replace(draft(room), place=Place(course_id=new_id()))
    with pytest.raises(Invalid) as refused:
        room.exams.draft(AUTHOR, elsewhere)
    assert set(refused.value.fields) == {"course_id"}

    with pytest.raises(Invalid) as refused:
        room.exams.draft(AUTHOR, draft(room, bank_ids=(new_id(),)))
    assert set(refused.value.fields) == {"bank_ids"}


def test_nobody_draws_from_a_bank_they_may_not_see(room: Room) -> None:
    writer = Actor(new_id(), grants({AUTHOR_EXAM}))
    with pytest.raises(Invalid):
        room.exams.draft(writer, draft(room))
    with pytest.raises(NotFound):
        room.exams.map_items(writer, MapItems("XY-1", "a", _some_items(room)))


def _some_items(room: Room):
    with room.work.read() as uow:
        return tuple(item.id for item in Items(uow).listed(room.bank_id, PageRequest()).items)


def test_items_are_moved_between_domains_in_bulk(room: Room) -> None:
    ids = _some_items(room)
    assert room.exams.map_items(AUTHOR, MapItems("XY-1", "b", ids)) == 12
    assert set(room.exams.mapped("XY-1", ids).values()) == {"b"}
    room.exams.map_items(AUTHOR, MapItems("ZZ-9", "z", ids[:3]))
    room.exams.map_items(AUTHOR, MapItems("XY-1", "", ids[:2]))

    assert len(room.exams.mapped("XY-1", ids)) == 10
    assert len(room.exams.mapped("ZZ-9", ids)) == 3


def test_lists_hold_what_one_may_sit_or_writes_with_ones_own_attempts(room: Room, campus) -> None:
    everywhere = room.published()
    room.exams.draft(AUTHOR, draft(room))
    there = room.exams.draft(AUTHOR, replace(draft(room), place=Place(campus_id=campus.id)))
    room.exams.publish(AUTHOR, there.id)
    trainee = room.trainee()
    here = Actor(trainee.person_id, grants({SIT_EXAM}, Scope("campus", str(campus.id))))
    elsewhere = Actor(trainee.person_id, grants({SIT_EXAM}, Scope("campus", str(new_id()))))
    sitting = room.start(here, everywhere)

    def found(actor: Actor, **filters: str) -> set[object]:
        page = room.exams.find(actor, PageRequest(filters=tuple(filters.items())))
        return {one.exam.id for one in page.items}

    assert len(found(AUTHOR)) == 3
    assert found(here) == {everywhere.id, there.id}
    assert found(elsewhere) == {everywhere.id}
    assert found(Actor(trainee.person_id)) == set()
    assert found(AUTHOR, state="published") == {everywhere.id, there.id}
    listed = next(one for one in room.exams.find(here, PageRequest()).items if one.exam.id == everywhere.id)
    assert (listed.sat.count, listed.sat.open_id, listed.may_sit) == (1, sitting.attempt.id, True)


def test_a_campus_operator_reads_the_campus_exams_and_a_partner_those_of_its_campus(
    room: Room, dedicated, partner
) -> None:
    exam = room.exams.draft(AUTHOR, replace(draft(room), place=Place(campus_id=dedicated.id)))
    for scope in (Scope("campus", str(dedicated.id)), Scope("organisation", str(partner.id))):
        writer = Actor(new_id(), grants({AUTHOR_EXAM}, scope))
        assert room.exams.get(writer, exam.id).may_author
        assert room.exams.find(writer, PageRequest()).total == 1


def test_who_learns_at_a_campus_does_not_sit_the_exam_of_a_course_there(room: Room, campus) -> None:
    exam = room.exams.draft(AUTHOR, replace(draft(room), place=Place(campus_id=campus.id)))
    exam.place = Place(campus_id=campus.id, course_id=new_id())
    exam.state = "published"
    learner = Actor(new_id(), grants({SIT_EXAM}, Scope("campus", str(campus.id))))

    assert not room.exams.audience.may_sit(learner, exam)
    course = Scope("course", str(exam.place.course_id))
    assert room.exams.audience.may_sit(Actor(new_id(), grants({SIT_EXAM}, course)), exam)


class SameForEverybody:
    @staticmethod
    @hookimpl
    def lms_choose_form_assembly(request, candidates):
        drawn = []
        for domain, count in request.quotas.items():
            here = sorted(one.version_id for one in candidates if one.domain == domain)
            drawn += here[:count]
        return FormSelection(tuple(drawn))


class TooFew:
    @staticmethod
    @hookimpl
    def lms_choose_form_assembly(request, candidates):
        return FormSelection(tuple(one.version_id for one in candidates[:1]))


def test_a_plugin_may_choose_the_items_and_the_core_checks_them(work, clock) -> None:
    room = open_room(work, clock, same=SameForEverybody)
    exam = room.published(forms=2)
    asked = [{one["prompt"] for one in lines(room.start(room.trainee(), exam).paper)} for _ in range(4)]
    assert all(each == asked[0] for each in asked)

    strict = open_room(work, clock, few=TooFew)
    assert len(lines(strict.start(strict.trainee(), strict.published()).paper)) == 6


def test_forms_drawn_ahead_spread_over_the_bank(room: Room) -> None:
    exam = room.published(forms=2)
    asked = [{one["prompt"] for one in lines(room.start(room.trainee(), exam).paper)} for _ in range(2)]

    assert not asked[0] & asked[1]


def test_an_exam_can_be_published_before_its_window_opens(room: Room) -> None:
    exam = room.published(opens_at=room.clock.now() + timedelta(days=1))
    assert room.exams.get(room.trainee(), exam.id).exam.state == "published"


def test_nobody_is_asked_more_known_items_than_the_exam_allows(room: Room) -> None:
    quotas = (Quota("a", 4, Titles("", "")),)
    exam = room.published(quotas=quotas, forms=1, overlap_percent=0)
    person = room.trainee()
    first = room.start(person, exam)
    room.submissions.submit(person, first.attempt.id)
    second = room.start(person, exam)
    room.submissions.submit(person, second.attempt.id)

    assert not items_of(room, first) & items_of(room, second)
    with pytest.raises(SpecificationUnmet) as refused:
        room.start(person, exam)
    assert [(one.code, one.reason.values["missing"]) for one in refused.value.reasons] == [("overlap-short", 4)]


def test_an_item_that_was_shown_often_enough_rests_even_where_a_form_was_drawn_ahead(room: Room) -> None:
    exam = room.published(quotas=(Quota("a", 4, Titles("", "")),), forms=1, most_exposures=1)
    first, second = room.start(room.trainee(), exam), room.start(room.trainee(), exam)

    assert not items_of(room, first) & items_of(room, second)
    with pytest.raises(SpecificationUnmet) as refused:
        room.start(room.trainee(), exam)
    assert [one.code for one in refused.value.reasons] == ["exposure-short"]


def test_a_draw_reads_a_few_items_of_a_large_bank_and_the_required_ones(room: Room) -> None:
    ids = add_items(room.work, room.bank_id, [replace(question(1), identifier=f"more-{n}") for n in range(300)])
    room.exams.map_items(AUTHOR, MapItems("XY-1", "a", ids))
    exam = room.exams.draft(AUTHOR, draft(room, required=(ids[7],)))
    with room.work.read() as uow:
        several = [Candidates(uow).some(exam, None, ["choice"], {"a": 20}, lot) for lot in (0, 2**61, 2**62)]

    assert all(len(one) in (20, 21) and ids[7] in {each.item_id for each in one} for one in several)
    assert len({frozenset(each.item_id for each in one) for one in several}) > 1
    assert ids[7] in items_of(room, room.start(room.trainee(), room.exams.publish(AUTHOR, exam.id)))


def items_of(room: Room, sitting: Sitting) -> set[UUID]:
    """What a sitting asks, read past every service."""
    with room.work.read() as uow:
        asked = select(form_slots.c.item_id).where(form_slots.c.form_id == sitting.attempt.form_id)
        return set(uow.session.scalars(asked))
