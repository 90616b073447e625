from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import select

from lms_core.assessment.domain.content_json import decode, encode
from lms_core.assessment.domain.exams import SIT_EXAM
from lms_core.assessment.domain.regrades import (
    APPLYING,
    DISCARDED,
    DONE,
    PREVIEWED,
    PREVIEWING,
    REGRADE,
    AsksOtherwise,
    PreviewOutdated,
    ProposeRegrade,
    Regrade,
    RegradeRuns,
    Ruling,
    Tally,
)
from lms_core.assessment.domain.results import Result
from lms_core.assessment.domain.specifications import Quota
from lms_core.assessment.repository.rulings import RuledKeys
from lms_core.assessment.service import Sitting, payloads, regrading
from lms_core.assessment.service.regrades import RegradeService
from lms_core.assessment.service.regrading import Regrader
from lms_core.assessment.tables.exams import form_slots
from lms_core.assessment.tables.items import item_versions, items
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Invalid, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.tables import access_records, events, outbox
from lms_core.foundation.text import Titles
from lms_core.hooks.items import ItemContent
from lms_core.hooks.words import Words
from tests.support.exams import AUTHOR, Room, lines

INSTRUCTOR = Actor(new_id(), grants({REGRADE, "assessment.see_bank"}))
WHY = "두 보기가 모두 맞아요"


class Sat:
    """Three people sat one form: the first knew everything, the second only slot 1, the third nothing."""

    def __init__(self, room: Room, **given: Any) -> None:
        self.room = room
        # Six questions of one point each: those of several right choices stay out.
        several = tuple(_item(room, name) for name in ("item-3", "item-7"))
        plain = {"quotas": (Quota("a", 6, Titles("가", "A")),), "excluded": several}
        self.exam = room.published(**{"pass_percent": 70.0, "forms": 1} | plain | given)
        self.sittings = [self._sit(known) for known in (6, 1, 0)]
        self.service = RegradeService(room.work, room.clock, Regrader(room.work, room.clock, room.grader))
        self.regrader = self.service.regrader

    def _sit(self, known: int) -> Sitting:
        actor = self.room.trainee()
        sitting = self.room.start(actor, self.exam)
        key = self.room.key(sitting)
        for slot, line in enumerate(lines(sitting.paper), start=1):
            wrong = next(one["id"] for one in line["choices"] if one["id"] not in key[slot])
            self.room.answer(sitting, slot, *(key[slot] if slot <= known else [wrong]))
        self.room.submissions.submit(actor, sitting.attempt.id)
        return sitting

    def version(self, slot: int) -> UUID:
        with self.room.work.read() as uow:
            here = form_slots.c.form_id == self.sittings[0].attempt.form_id, form_slots.c.slot == slot
            found: UUID | None = uow.session.scalar(select(form_slots.c.version_id).where(*here))
        assert found is not None
        return found

    def propose(self, slot: int, effect: Any) -> Regrade:
        ruling = Ruling(self.version(slot), 0, effect)
        return self.service.propose(INSTRUCTOR, ProposeRegrade(self.exam.id, ruling, WHY))

    def apply(self, slot: int, effect: Any) -> Regrade:
        proposed = self.propose(slot, effect)
        self.room.clock.move(minutes=1)
        return self.service.approve(INSTRUCTOR, proposed.id)

    def result(self, who: int) -> Result:
        sitting = self.sittings[who]
        return self.room.results.report(Actor(sitting.attempt.person_id), sitting.attempt.id, "ko").result

    def solved(self, who: int) -> Any:
        sitting = self.sittings[who]
        return payloads.solved(self.room.results.report(Actor(sitting.attempt.person_id), sitting.attempt.id, "ko"))

    def rewrite(self, slot: int, *, right: str = "a", stem: str = "") -> UUID:
        """A newer, approved version of the item in this slot."""
        older, newer = self.version(slot), new_id()
        with self.room.work.write() as uow:
            row = uow.session.execute(select(item_versions).where(item_versions.c.id == older)).one()
            content = _with_key(decode(row.content), right, stem)
            made = {"number": row.number + 1, "content": encode(content), "created_at": uow.clock.now()}
            uow.session.execute(item_versions.insert().values(id=newer, item_id=row.item_id, **made))
            moved = {"approved_version_id": newer, "latest_version_id": newer}
            uow.session.execute(items.update().where(items.c.id == row.item_id).values(**moved))
            uow.commit()
        return newer

    def happened(self) -> list[Any]:
        with self.room.work.read() as uow:
            named = events.c.name == "assessment.attempt_regraded"
            return list(uow.session.scalars(select(events.c.payload).where(named)))


def _with_key(content: ItemContent, right: str, stem: str) -> ItemContent:
    asked: Any = content.interaction
    choices = tuple(replace(one, correct=one.identifier == right) for one in asked.choices)
    words = Words(ko=stem, en=stem) if stem else content.stem
    return replace(content, stem=words, interaction=replace(asked, choices=choices))


def _item(room: Room, identifier: str) -> UUID:
    with room.work.read() as uow:
        here = items.c.identifier == identifier, items.c.bank_id == room.bank_id
        found: UUID | None = uow.session.scalar(select(items.c.id).where(*here))
    assert found is not None
    return found


@pytest.fixture
def sat(room: Room) -> Sat:
    return Sat(room)


def percents(sat: Sat) -> list[float]:
    return [sat.result(who).scaled.value for who in range(3)]


def test_a_preview_says_who_changes_by_how_much_and_changes_nothing(sat: Sat) -> None:
    before = [sat.solved(who) for who in range(3)]
    proposed = sat.propose(2, "drop")
    found = sat.service.changes(INSTRUCTOR, proposed.id, PageRequest())

    assert (proposed.state, proposed.total, proposed.tally) == (PREVIEWED, 3, Tally(3, 1, 0, 0))
    assert found.total == 3
    moved = {one.person_id: (one.slots, one.before, one.after) for one in found.items}
    assert moved[sat.sittings[1].attempt.person_id] == ((2,), 16.7, 20.0)
    assert moved[sat.sittings[0].attempt.person_id] == ((2,), 100.0, 100.0)
    assert [sat.solved(who) for who in range(3)] == before
    assert [sat.result(who).revision for who in range(3)] == [1, 1, 1]
    assert sat.happened() == []


def test_what_is_dropped_counts_for_nobody(sat: Sat) -> None:
    done = sat.apply(2, "drop")

    assert (done.state, done.tally, done.previewed) == (DONE, Tally(3, 1, 0, 0), Tally(3, 1, 0, 0))
    assert percents(sat) == [100.0, 20.0, 0.0]
    assert [sat.result(who).scaled.items for who in range(3)] == [5, 5, 5]
    assert (sat.result(1).revision, sat.result(1).slots[1].scored) == (2, False)


def test_what_is_given_counts_for_everybody(sat: Sat) -> None:
    sat.apply(2, "give")

    assert percents(sat) == [100.0, 33.3, 16.7]
    assert sat.result(2).slots[1].points == sat.result(2).slots[1].possible


def test_a_corrected_key_scores_the_answers_that_were_given(sat: Sat) -> None:
    # The wrong answer of the second and third person is the first choice in the form that is not the key.
    line = lines(sat.sittings[1].paper)[1]
    with sat.room.work.read() as uow:
        here = form_slots.c.form_id == sat.sittings[0].attempt.form_id, form_slots.c.slot == 2
        names = dict(uow.session.scalar(select(form_slots.c.choices).where(*here)) or ())
    wrong = next(one["id"] for one in line["choices"] if one["id"] not in sat.room.key(sat.sittings[1])[2])
    newer = sat.rewrite(2, right=names[wrong])
    sat.apply(2, "correct")

    assert percents(sat) == [83.3, 33.3, 16.7]
    assert sat.result(0).slots[1].corrected_by == str(newer)
    told = orjson.loads(sat.solved(0))[1]
    assert told["key"]["choices"] == [wrong]
    assert told["prompt"] == line["prompt"]
    assert told["points"] == 0


def test_who_crosses_the_line_is_counted_and_can_be_listed(room: Room) -> None:
    sat = Sat(room, pass_percent=18.0)
    proposed = sat.propose(2, "drop")

    assert proposed.tally == Tally(3, 1, 1, 0)
    listed = [
        [one.person_id for one in sat.service.changes(INSTRUCTOR, proposed.id, _kind(kind)).items]
        for kind in ("changed", "passes", "fails")
    ]
    second = sat.sittings[1].attempt.person_id
    assert listed == [[second], [second], []]


def _kind(kind: str) -> PageRequest:
    return PageRequest(filters=(("kind", kind),))


def test_former_results_are_kept_with_who_why_and_when(sat: Sat) -> None:
    sat.apply(2, "drop")
    sitting = sat.sittings[1]
    report = sat.room.results.report(Actor(sitting.attempt.person_id), sitting.attempt.id, "ko")

    assert [(one.revision, one.scaled.value) for one in report.history] == [(1, 16.7), (2, 20.0)]
    [told] = report.told
    assert (told.effect, told.reason, told.change.slots) == ("drop", WHY, (2,))
    assert (told.change.before, told.change.after, told.change.revision) == (16.7, 20.0, 2)
    assert report.history[0].rule_version


def test_the_event_is_told_once_for_each_attempt_that_was_regraded(sat: Sat) -> None:
    sat.apply(2, "drop")

    told = {each["attempt_id"]: each["changed"] for each in sat.happened()}
    assert len(sat.happened()) == 3
    assert told[str(sat.sittings[1].attempt.id)]
    # Everything right out of five is another figure than out of six: its interval is wider.
    assert told[str(sat.sittings[0].attempt.id)]


def test_rounds_go_on_where_they_stopped_and_two_at_once_do_nothing_twice(
    sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regrading, "ROUND", 1)
    proposed = sat.propose(2, "drop")
    assert (proposed.state, proposed.tally.seen) == (PREVIEWING, 2)
    with pytest.raises(PreviewOutdated):
        sat.service.approve(INSTRUCTOR, proposed.id)
    while sat.regrader.advance(proposed.id):
        continue
    running = sat.service.approve(INSTRUCTOR, proposed.id)
    assert (running.state, running.tally.seen) == (APPLYING, 2)

    with sat.room.work.read() as uow:
        stale = sat.regrader._round(uow, replace(running, cursor=None), ())
    with sat.room.work.write() as uow:
        assert not sat.regrader._keep(uow, stale._replace(reached=()))
    with pytest.raises(RegradeRuns):
        sat.propose(3, "drop")
    assert not sat.regrader.carry_on(proposed.id)
    assert not sat.regrader.carry_on(proposed.id)

    assert sat.service.shown(INSTRUCTOR, proposed.id).regrade.state == DONE
    assert len(sat.happened()) == 3
    assert [sat.result(who).revision for who in range(3)] == [2, 2, 2]


def test_whoever_hands_in_later_is_graded_by_what_holds(sat: Sat) -> None:
    sat.apply(2, "drop")
    late = sat._sit(6)

    report = sat.room.results.report(Actor(late.attempt.person_id), late.attempt.id, "ko")
    assert (report.result.scaled.items, report.result.revision, report.told) == (5, 1, ())


def test_whoever_was_graded_by_the_former_key_meanwhile_is_regraded_as_well(
    sat: Sat, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = sat.propose(2, "drop")
    done = sat.service.approve(INSTRUCTOR, proposed.id)
    with monkeypatch.context() as patched:
        patched.setattr("lms_core.assessment.service.grading.keys_in_force", _as_drawn)
        late = sat._sit(1)
    before = sat.room.results.report(Actor(late.attempt.person_id), late.attempt.id, "ko").result
    sat.regrader.latecomers(done.id)
    sat.regrader.latecomers(done.id)
    after = sat.room.results.report(Actor(late.attempt.person_id), late.attempt.id, "ko").result

    assert (before.scaled.items, after.scaled.items, after.revision) == (6, 5, 2)
    assert sat.service.shown(INSTRUCTOR, done.id).regrade.tally.seen == 4
    with sat.room.work.read() as uow:
        assert uow.session.scalar(select(outbox.c.name).where(outbox.c.name == regrading.LATECOMERS))


def _as_drawn(uow: Any, _types: Any, _exam: Any, form_ids: Any) -> Any:
    return RuledKeys(uow).keys(form_ids)[0]


def test_what_was_ruled_can_be_taken_back(sat: Sat) -> None:
    sat.apply(2, "drop")
    sat.room.clock.move(minutes=1)
    sat.apply(2, "count")

    assert percents(sat) == [100.0, 16.7, 0.0]
    report = sat.room.results.report(AUTHOR, sat.sittings[1].attempt.id, "ko")
    assert [told.effect for told in report.told] == ["drop", "count"]
    assert [one.revision for one in report.history] == [1, 2, 3]


def test_a_question_that_counts_cannot_be_counted_again(sat: Sat) -> None:
    with pytest.raises(Invalid):
        sat.propose(2, "count")


def test_a_key_is_corrected_by_an_approved_version_that_asks_the_same(sat: Sat) -> None:
    with pytest.raises(Invalid):
        sat.propose(2, "correct")
    sat.rewrite(2, stem="Something else")
    with pytest.raises(AsksOtherwise):
        sat.propose(2, "correct")


def test_a_preview_is_outdated_once_another_regrade_was_applied(sat: Sat) -> None:
    first, second = sat.propose(2, "drop"), sat.propose(3, "give")
    sat.room.clock.move(minutes=1)
    sat.service.approve(INSTRUCTOR, first.id)

    with pytest.raises(PreviewOutdated):
        sat.service.approve(INSTRUCTOR, second.id)
    sat.service.discard(INSTRUCTOR, second.id)
    assert sat.service.shown(INSTRUCTOR, second.id).regrade.state == DISCARDED
    with pytest.raises(PreviewOutdated):
        sat.service.discard(INSTRUCTOR, first.id)
    listed = sat.service.of_exam(INSTRUCTOR, sat.exam.id, PageRequest())[1]
    assert [(one.number, one.state) for one in listed.items] == [(2, DISCARDED), (1, DONE)]


def test_an_edited_item_changes_no_report(sat: Sat) -> None:
    before = [sat.solved(who) for who in range(3)]
    sat.rewrite(2, right="d", stem="Rewritten")

    assert [sat.solved(who) for who in range(3)] == before


def test_a_pilot_counts_for_nothing_until_it_is_made_to_count(room: Room) -> None:
    item_id = _item(room, "item-0")
    sat = Sat(room, pilots=(item_id,), required=(item_id,))
    [pilot] = [one for one in sat.result(0).slots if not one.scored]
    assert sat.result(0).scaled.items == 5
    assert all("scored" not in line for line in lines(sat.sittings[0].paper))

    sat.apply(pilot.slot, "count")

    assert sat.result(0).scaled.items == 6
    assert all(one.scored for one in sat.result(0).slots)


def test_whoever_may_not_regrade_finds_nothing(sat: Sat) -> None:
    stranger = Actor(new_id(), grants({SIT_EXAM}))
    proposed = sat.propose(2, "drop")
    ruling = Ruling(sat.version(2), 0, "drop")
    for act in (
        lambda: sat.service.questions(stranger, sat.exam.id, PageRequest()),
        lambda: sat.service.question(stranger, sat.exam.id, ruling.version_id, 0),
        lambda: sat.service.propose(stranger, ProposeRegrade(sat.exam.id, ruling, WHY)),
        lambda: sat.service.approve(stranger, proposed.id),
        lambda: sat.service.discard(stranger, proposed.id),
        lambda: sat.service.shown(stranger, proposed.id),
        lambda: sat.service.changes(stranger, proposed.id, PageRequest()),
        lambda: sat.service.of_exam(stranger, sat.exam.id, PageRequest()),
        lambda: sat.service.shown(INSTRUCTOR, new_id()),
        lambda: sat.service.question(INSTRUCTOR, sat.exam.id, new_id(), 0),
    ):
        with pytest.raises(NotFound):
            act()


def test_questions_are_found_by_words_and_items_know_who_asks_them(sat: Sat) -> None:
    found = sat.service.questions(INSTRUCTOR, sat.exam.id, PageRequest(search="item-"))[1]
    assert found.total == 6
    assert sat.service.questions(INSTRUCTOR, sat.exam.id, PageRequest(search="nowhere"))[1].total == 0
    [asking] = sat.service.asking(INSTRUCTOR, found.items[0].item_id, PageRequest()).items
    assert (asking.exam.id, asking.version_id, asking.number) == (sat.exam.id, found.items[0].version_id, 1)


def test_reading_whose_score_changes_is_recorded(sat: Sat) -> None:
    proposed = sat.propose(2, "drop")
    sat.service.changes(INSTRUCTOR, proposed.id, PageRequest())
    with sat.room.work.read() as uow:
        read = uow.session.scalars(
            select(access_records.c.person_id).where(access_records.c.purpose == "regrade")
        ).all()
    assert set(read) == {sitting.attempt.person_id for sitting in sat.sittings}
