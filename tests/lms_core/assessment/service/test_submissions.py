import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from lms_core.assessment.domain.attempts import AttemptClosed
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.responses import Responses
from lms_core.assessment.repository.results import Results
from lms_core.assessment.tables.attempts import results
from lms_core.foundation.actors import Actor
from lms_core.foundation.database import Database
from lms_core.foundation.tables import events
from lms_core.foundation.text import text
from lms_core.hooks import hookimpl
from lms_core.hooks.assessment import ScaledScore
from tests.support.counting import statements
from tests.support.exams import Room, Sitting, lines, open_room


def owner(sitting: Sitting) -> Actor:
    return Actor(sitting.attempt.person_id)


def happened(room: Room, sitting: Sitting) -> list[str]:
    with room.work.read() as uow:
        theirs = events.c.payload["attempt_id"].as_string() == str(sitting.attempt.id)
        return list(uow.session.scalars(select(events.c.name).where(theirs).order_by(events.c.id)))


def result_of(room: Room, sitting: Sitting):
    with room.work.read() as uow:
        return Results(uow).get(sitting.attempt.id)


def test_handing_in_gives_the_score_at_once(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published(pass_percent=70.0))
    key = room.key(sitting)
    for slot, right in key.items():
        room.answer(sitting, slot, *right)
    assert room.submissions.submit(owner(sitting), sitting.attempt.id) == "submitted"

    result = result_of(room, sitting)
    assert (result.points, result.scaled.value, result.scaled.passed) == (result.possible, 100.0, True)
    assert [section.domain for section in result.sections] == ["a", "b"]
    assert happened(room, sitting) == [
        "assessment.attempt_started",
        "assessment.attempt_submitted",
        "assessment.attempt_graded",
    ]


def test_handing_in_takes_few_statements_and_again_changes_nothing(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    room.answer(sitting, 1)
    with statements(room.work.database) as seen:
        room.submissions.submit(owner(sitting), sitting.attempt.id)
    assert len(seen) <= 8, seen

    before = result_of(room, sitting)
    room.clock.move(minutes=1)
    assert room.submissions.submit(owner(sitting), sitting.attempt.id) == "submitted"
    assert result_of(room, sitting) == before
    assert len(happened(room, sitting)) == 3


def test_an_attempt_nobody_answered_earns_nothing(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    room.submissions.submit(owner(sitting), sitting.attempt.id)
    result = result_of(room, sitting)

    assert (result.points, result.scaled.value, result.scaled.items) == (0, 0, 6)


def test_the_server_hands_in_when_time_is_up_with_what_was_saved(room: Room) -> None:
    exam = room.published()
    early, late = room.start(room.trainee(), exam), None
    for slot, right in room.key(early).items():
        room.answer(early, slot, *right)
    room.clock.move(minutes=10)
    late = room.start(room.trainee(), exam)
    assert room.submissions.close_due() == 0

    room.clock.set(early.attempt.deadline.closes_at)
    assert room.submissions.close_due() == 0
    room.clock.move(microseconds=1)
    assert room.submissions.close_due() == 1
    assert room.submissions.close_due() == 0
    assert result_of(room, early).scaled.value == 100
    assert result_of(room, late) is None
    standing = room.attempts.standing(owner(early), early.attempt.id)
    assert (standing.submitted_by, standing.submitted_at) == ("server", early.attempt.deadline.closes_at)


def test_every_receipted_answer_is_in_the_result_however_saves_race_with_handing_in(room: Room) -> None:
    exam = room.published()
    for _ in range(3):
        sitting = room.start(room.trainee(), exam)
        key, receipts = room.key(sitting), []
        go = threading.Barrier(7)

        def save(slot: int, sitting=sitting, key=key, receipts=receipts, go=go) -> None:
            go.wait()
            for sequence in range(1, 40):
                try:
                    room.answer(sitting, slot, *key[slot], sequence=sequence)
                except AttemptClosed:
                    return
                receipts.append((slot, sequence))

        def hand_in(sitting=sitting, go=go) -> None:
            go.wait()
            threading.Event().wait(0.05)
            room.submissions.submit(owner(sitting), sitting.attempt.id)

        with ThreadPoolExecutor(7) as pool:
            for done in [*(pool.submit(save, slot) for slot in key), pool.submit(hand_in)]:
                done.result()

        result = result_of(room, sitting)
        with room.work.read() as uow:
            kept = Responses(uow).of(sitting.attempt.id)
        highest = {slot: max(number for one, number in receipts if one == slot) for slot, _ in receipts}
        assert {slot: kept[slot].sequence for slot in highest} == highest
        assert {score.slot for score in result.slots if score.points} == set(kept)


def test_handing_in_waits_for_a_save_that_is_about_to_be_committed(room: Room, monkeypatch) -> None:
    sitting = room.start(room.trainee(), room.published())
    key, written, go = room.key(sitting), threading.Event(), threading.Event()

    @contextmanager
    def hesitant(database):
        with database.writing() as session:
            yield session.connection()
            written.set()
            go.wait(5)
            session.commit()

    monkeypatch.setattr(Database, "statement", hesitant)
    with ThreadPoolExecutor(2) as pool:
        saving = pool.submit(room.answer, sitting, 1, *key[1])
        assert written.wait(5)
        handing_in = pool.submit(room.submissions.submit, owner(sitting), sitting.attempt.id)
        with pytest.raises(TimeoutError):
            handing_in.result(0.3)
        go.set()
        assert saving.result(5).sequence == 1
        handing_in.result(5)

    assert [score.slot for score in result_of(room, sitting).slots if score.points] == [1]


def test_a_save_that_comes_between_reading_and_closing_is_graded(room: Room, monkeypatch) -> None:
    sitting = room.start(room.trainee(), room.published())
    key = room.key(sitting)
    provisional = type(room.submissions)._provisional

    def read_then_somebody_saves(self, *arguments):
        seen = provisional(self, *arguments)
        if result_of(room, sitting) is None and not kept(room, sitting):
            room.answer(sitting, 1, *key[1])
        return seen

    monkeypatch.setattr(type(room.submissions), "_provisional", read_then_somebody_saves)
    room.submissions.submit(owner(sitting), sitting.attempt.id)

    assert [score.slot for score in result_of(room, sitting).slots if score.points] == [1]
    assert happened(room, sitting)[1:] == ["assessment.attempt_submitted", "assessment.attempt_graded"]


def kept(room: Room, sitting: Sitting) -> int:
    with room.work.read() as uow:
        return len(Responses(uow).of(sitting.attempt.id))


def test_an_attempt_that_was_handed_in_without_a_score_gets_it_in_the_next_round(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    with room.work.write() as uow:
        Attempts(uow).submit(sitting.attempt.id, "person", room.clock.now())
        Attempts(uow).ungrade(sitting.attempt.id)
        uow.commit()
    assert result_of(room, sitting) is None
    assert room.submissions.close_due() == 1
    assert result_of(room, sitting) is not None


class Estimate:
    @staticmethod
    @hookimpl
    def lms_choose_score_scale(score):
        value = 1 + 999 * score.points / score.possible
        label = text("An estimate of ours")
        return ScaledScore(value, 1, 1000, 1, 1000, 700, value >= 700, score.items, "thousand", label)


class Nonsense:
    @staticmethod
    @hookimpl
    def lms_choose_score_scale(score):
        return ScaledScore(5000, 1, 1000, 1, 1000, 700, True, score.items, "thousand", text("Wrong"))


@pytest.mark.parametrize(("plugin", "scale"), [(Estimate, "thousand"), (Nonsense, "percent"), (None, "percent")])
def test_a_plugin_chooses_the_scale_and_the_core_looks_it_over(work, clock, plugin, scale) -> None:
    room = open_room(work, clock, **({"scales": plugin} if plugin else {}))
    sitting = room.start(room.trainee(), room.published())
    room.submissions.submit(owner(sitting), sitting.attempt.id)

    assert result_of(room, sitting).scaled.scale == scale


def test_two_that_close_the_same_attempt_make_one_result(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    room.clock.move(hours=1)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(room.submissions.close_if_due, [sitting.attempt.id] * 4))

    assert happened(room, sitting).count("assessment.attempt_graded") == 1
    with room.work.read() as uow:
        mine = results.c.attempt_id == sitting.attempt.id
        assert uow.session.scalar(select(func.count()).select_from(results).where(mine)) == 1


def test_lines_of_a_paper_are_whole(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    assert len(lines(sitting.paper)) == sitting.attempt.slots
