"""Statistics: computed from graded attempts, kept until a new result comes, told to those who may read them."""

import pytest

from lms_core.assessment.domain.measurement.sittings import Subject
from lms_core.assessment.service.measurement import StatisticsService, statistics
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from tests.support.counting import statements
from tests.support.exams import AUTHOR, Room, room
from tests.support.measuring import sit

__all__ = ["room"]
PAGE = PageRequest()


def service(room: Room) -> StatisticsService:
    return StatisticsService(room.work, room.clock)


def test_an_item_tells_its_facility_and_who_picked_what(room: Room) -> None:
    exam = room.published(forms=1)
    sit(room, exam, 10)
    _, shown = service(room).of_exam(AUTHOR, exam.id, PAGE)
    assert shown.summary is not None
    assert (shown.summary.persons, shown.page.total) == (10, 6)
    for one in shown.page.items:
        assert one.found.answers == 10
        key = [each for each in one.found.choices if each.correct]
        if len(key) == 1:
            assert key[0].share == pytest.approx(one.found.facility)
        assert {each.name for each in one.found.choices} == set("abcd")


def test_one_form_tells_how_reliably_it_measures(room: Room) -> None:
    exam = room.published(forms=1)
    sit(room, exam, 10)
    _, shown = service(room).of_exam(AUTHOR, exam.id, PAGE)
    assert shown.summary is not None
    (form,) = shown.summary.forms
    assert (form.persons, form.items) == (10, 6)
    assert form.alpha is not None
    assert form.alpha > 0.5


def test_practice_and_second_attempts_do_not_count(room: Room) -> None:
    exam = room.published(forms=1)
    sit(room, exam, 5)
    sit(room, exam, 3, mode="practice")
    _, shown = service(room).of_exam(AUTHOR, exam.id, PAGE)
    assert shown.summary is not None
    assert shown.summary.persons == 5


def test_few_people_are_not_told_about(room: Room) -> None:
    exam = room.published(forms=1)
    sit(room, exam, 4)
    _, shown = service(room).of_exam(AUTHOR, exam.id, PAGE)
    assert shown.page.total == 0


def test_figures_are_computed_anew_once_a_result_came(room: Room) -> None:
    exam = room.published(forms=1)
    sit(room, exam, 5)
    first = service(room).of_exam(AUTHOR, exam.id, PAGE)[1].summary
    room.clock.move(minutes=5)
    assert service(room).of_exam(AUTHOR, exam.id, PAGE)[1].summary == first
    sit(room, exam, 1)
    again = service(room).of_exam(AUTHOR, exam.id, PAGE)[1].summary
    assert first is not None
    assert again is not None
    assert (first.persons, again.persons) == (5, 6)


def test_many_results_are_left_to_a_task(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statistics, "MANY", 3)
    exam = room.published(forms=1)
    sit(room, exam, 5)
    _, shown = service(room).of_exam(AUTHOR, exam.id, PAGE)
    assert shown.stale
    assert shown.summary is None
    service(room).compute(Subject("exam", exam.id))
    _, shown = service(room).of_exam(AUTHOR, exam.id, PAGE)
    assert not shown.stale
    assert shown.page.total == 6


def test_a_bank_gathers_its_items_over_exams(room: Room) -> None:
    for exam in (room.published(forms=1), room.published(forms=1)):
        sit(room, exam, 5)
    bank, shown = service(room).of_bank(AUTHOR, room.bank_id, PAGE)
    assert bank.id == room.bank_id
    assert shown.summary is not None
    assert shown.summary.persons == 10
    assert sum(one.found.answers for one in shown.page.items) <= 60


def test_no_query_is_added_by_people_or_items(room: Room) -> None:
    exam = room.published(forms=1)
    sit(room, exam, 5)
    service(room).of_exam(AUTHOR, exam.id, PAGE)
    sit(room, exam, 1)
    with statements(room.work.database) as few:
        service(room).of_exam(AUTHOR, exam.id, PAGE)
    sit(room, exam, 5)
    with statements(room.work.database) as more:
        service(room).of_exam(AUTHOR, exam.id, PAGE)
    assert len(more) == len(few)


def test_who_may_not_read_results_finds_nothing(room: Room) -> None:
    exam = room.published(forms=1)
    elsewhere = Actor(new_id())
    with pytest.raises(NotFound):
        service(room).of_exam(elsewhere, exam.id, PAGE)
