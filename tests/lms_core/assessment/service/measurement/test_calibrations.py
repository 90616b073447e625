"""Calibrations: numbered runs, computed by a task that may run twice, with a word for every item left out."""

import pytest
from sqlalchemy import select, update

from lms_core.assessment.domain.measurement.runs import CalibrationRuns, NoNumbers, NothingToAccept
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.service.measurement import CalibrationService, EvidenceService, calibrations
from lms_core.assessment.tables.items import items
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.people.service import DirectoryService
from tests.support.exams import Room, room
from tests.support.measuring import sit

__all__ = ["room"]
PAGE = PageRequest()
CALIBRATOR = Actor(new_id(), almighty=True)


def service(room: Room) -> CalibrationService:
    return CalibrationService(room.work, room.clock, DirectoryService(room.work))


def test_items_get_difficulties_with_errors_and_those_left_out_a_reason(room: Room) -> None:
    exam = room.published(forms=1)
    sit(room, exam, 40)
    run_id = service(room).request(CALIBRATOR, room.bank_id, "rasch")
    service(room).compute(run_id)
    shown = service(room).get(CALIBRATOR, run_id, PAGE)
    assert (shown.run.state, shown.run.number, shown.run.persons, shown.run.items) == ("done", 1, 40, 6)
    assert shown.run.converged
    for one in shown.every:
        assert (one.difficulty is None) == (one.reason is not None)
    measured = [one for one in shown.every if one.difficulty is not None]
    assert measured
    assert all(one.difficulty_error and one.difficulty_error > 0 for one in measured)
    assert shown.run.abilities is not None
    assert sum(shown.run.abilities.counts) == 40


def test_too_few_answers_are_said_item_by_item(room: Room) -> None:
    sit(room, room.published(forms=1), 5)
    run_id = service(room).request(CALIBRATOR, room.bank_id, "2pl")
    service(room).compute(run_id)
    shown = service(room).get(CALIBRATOR, run_id, PAGE)
    assert shown.run.calibrated == 0
    assert {str(one.reason) for one in shown.every} == {"Only 5 answers; 30 are needed."}


def test_computing_twice_changes_nothing(room: Room) -> None:
    sit(room, room.published(forms=1), 32)
    run_id = service(room).request(CALIBRATOR, room.bank_id, "rasch")
    service(room).compute(run_id)
    first = service(room).get(CALIBRATOR, run_id, PAGE)
    service(room).compute(run_id)
    again = service(room).get(CALIBRATOR, run_id, PAGE)
    assert (again.run, again.every) == (first.run, first.every)


def test_one_run_a_bank_at_a_time_and_each_has_its_number(room: Room) -> None:
    first = service(room).request(CALIBRATOR, room.bank_id, "rasch")
    with pytest.raises(CalibrationRuns):
        service(room).request(CALIBRATOR, room.bank_id, "rasch")
    service(room).compute(first)
    second = service(room).request(CALIBRATOR, room.bank_id, "rasch")
    assert service(room).get(CALIBRATOR, second, PAGE).run.number == 2


def test_without_the_libraries_nothing_is_asked_for(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibrations, "find_spec", lambda _: None)
    with pytest.raises(NoNumbers, match="numpy and scipy"):
        service(room).request(CALIBRATOR, room.bank_id, "rasch")


def test_an_accepted_run_says_who_and_when_and_what_its_items_are_known_by(room: Room) -> None:
    sit(room, room.published(forms=1), 40)
    run_id = service(room).request(CALIBRATOR, room.bank_id, "rasch")
    service(room).compute(run_id)
    service(room).accept(CALIBRATOR, run_id)
    shown = service(room).get(CALIBRATOR, run_id, PAGE)
    assert (shown.run.accepted_by, shown.run.accepted_at) == (CALIBRATOR.person_id, room.clock.now())
    with room.work.read() as uow:
        rows = uow.session.execute(select(items).where(items.c.calibration_id == run_id)).all()
    assert {row.id: row.difficulty_value for row in rows} == {
        one.item[0]: one.difficulty for one in shown.every if one.difficulty is not None
    }


def test_forms_are_drawn_by_what_was_measured_and_accepted(room: Room) -> None:
    exam = room.published(forms=1)
    with room.work.write() as uow:
        measured = [-2.0, 0.0, 2.0]
        ids = uow.session.scalars(select(items.c.id).order_by(items.c.identifier)).all()
        for item_id, value in zip(ids, measured, strict=False):
            uow.session.execute(update(items).where(items.c.id == item_id).values(difficulty_value=value))
        uow.commit()
    with room.work.read() as uow:
        found = {one.item_id: one.difficulty for one in Candidates(uow).of(exam, None, ["choice"])}
    assert [found[item_id] for item_id in ids[:3]] == ["easy", "medium", "hard"]


def test_a_run_without_figures_is_not_accepted(room: Room) -> None:
    run_id = service(room).request(CALIBRATOR, room.bank_id, "rasch")
    with pytest.raises(NothingToAccept):
        service(room).accept(CALIBRATOR, run_id)
    service(room).compute(run_id)
    with pytest.raises(NothingToAccept):
        service(room).accept(CALIBRATOR, run_id)


def test_who_may_not_calibrate_accepts_nothing(room: Room) -> None:
    run_id = service(room).request(CALIBRATOR, room.bank_id, "rasch")
    with pytest.raises(NotFound):
        service(room).accept(room.trainee(), run_id)


def test_who_may_not_see_a_bank_finds_no_run_of_it(room: Room) -> None:
    run_id = service(room).request(CALIBRATOR, room.bank_id, "rasch")
    with pytest.raises(NotFound):
        service(room).get(room.trainee(), run_id, PAGE)


def test_evidence_is_ones_own_first_answers_to_calibrated_items(room: Room) -> None:
    exam = room.published(forms=1)
    sat = sit(room, exam, 40)
    assert EvidenceService(room.work).of(sat[0][0], exam) is None
    run_id = service(room).request(CALIBRATOR, room.bank_id, "rasch")
    service(room).compute(run_id)
    assert EvidenceService(room.work).of(sat[-1][0], exam) is None
    service(room).accept(CALIBRATOR, run_id)
    evidence = EvidenceService(room.work).of(sat[-1][0], exam)
    assert evidence is not None
    assert set(evidence.answers) == set(evidence.items)
    assert {one.domain for one in evidence.items.values()} == {"a", "b"}
    assert EvidenceService(room.work).of(room.trainee(), exam).answers == {}  # type: ignore[union-attr]
