from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms_core.assessment.domain.attempts import AttemptClosed
from lms_core.assessment.domain.deadlines import Accommodation, deadline_of
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.service.deadlines import Accommodate, Extend
from lms_core.assessment.tables.attempts import accommodations
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Forbidden, Invalid, NotFound
from tests.support.exams import AUTHOR, Room, Sitting

MINUTE = timedelta(minutes=1)


def owner(sitting: Sitting) -> Actor:
    return Actor(sitting.attempt.person_id)


def ends(room: Room, sitting: Sitting):
    return room.attempts.standing(owner(sitting), sitting.attempt.id).deadline


def test_an_incident_gives_more_time_at_once_and_every_save_tells_it(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    before = sitting.attempt.deadline
    room.deadlines.extend(AUTHOR, sitting.attempt.id, Extend(600, "Fire drill"))

    after = ends(room, sitting)
    assert (after.deadline_at, after.revision) == (before.deadline_at + 10 * MINUTE, before.revision + 1)
    assert room.answer(sitting, 1).deadline_at == after.deadline_at
    room.clock.set(before.closes_at + MINUTE)
    assert room.answer(sitting, 1, sequence=2).sequence == 2
    assert room.submissions.close_due() == 0


def test_an_incident_for_everybody_reaches_every_attempt_that_runs(room: Room) -> None:
    exam = room.published()
    running, done = room.start(room.trainee(), exam), room.start(room.trainee(), exam)
    room.submissions.submit(owner(done), done.attempt.id)

    assert room.incidents.record(AUTHOR, exam.id, Extend(300, "Power cut")).attempts == 1
    assert ends(room, running).deadline_at == running.attempt.deadline.deadline_at + 5 * MINUTE
    assert ends(room, done) == done.attempt.deadline


def test_extensions_at_the_same_moment_all_count(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: room.deadlines.extend(AUTHOR, sitting.attempt.id, Extend(60, "Outage")), range(4)))

    assert ends(room, sitting).deadline_at == sitting.attempt.deadline.deadline_at + 4 * MINUTE
    assert [entry.revision for entry in room.deadlines.ledger(AUTHOR, sitting.attempt.id)] == [1, 2, 3, 4, 5]


def test_the_copy_in_the_attempt_is_what_the_ledger_says(room: Room) -> None:
    exam = room.published(closes_at=room.clock.now() + 20 * MINUTE)
    actor = room.trainee()
    accommodate = Accommodate(actor.require_person(), exam.id, Accommodation(percent=25))
    room.deadlines.accommodate(AUTHOR, accommodate)
    sitting = room.start(actor, exam)
    room.deadlines.extend(AUTHOR, sitting.attempt.id, Extend(90, "Outage"))
    with room.work.read() as uow:
        entries = Attempts(uow).ledger(sitting.attempt.id)

    assert [(one.kind, one.seconds) for one in entries] == [("limit", 2700), ("accommodation", 300), ("incident", 90)]
    said = deadline_of(sitting.attempt.started_at, entries, exam.specification.closes_at)
    assert ends(room, sitting) == said
    assert said.deadline_at == sitting.attempt.started_at + timedelta(minutes=25, seconds=90)


def test_an_accommodation_reaches_an_attempt_that_runs_and_the_next_one(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    first = room.start(actor, exam)
    room.deadlines.accommodate(AUTHOR, Accommodate(actor.require_person(), None, Accommodation(minutes=10)))
    assert ends(room, first).deadline_at == first.attempt.deadline.deadline_at + 10 * MINUTE

    room.deadlines.accommodate(AUTHOR, Accommodate(actor.require_person(), exam.id, Accommodation(minutes=15)))
    assert ends(room, first).deadline_at == first.attempt.deadline.deadline_at + 15 * MINUTE
    room.submissions.submit(actor, first.attempt.id)
    second = room.start(actor, exam)
    assert second.attempt.deadline.deadline_at == room.clock.now() + 60 * MINUTE


def test_of_an_accommodation_nothing_is_kept_but_how_much_and_that_the_person_agreed(room: Room) -> None:
    actor = room.trainee()
    room.deadlines.accommodate(AUTHOR, Accommodate(actor.require_person(), None, Accommodation(percent=50)))
    with room.work.read() as uow:
        row = uow.session.execute(select(accommodations)).one()

    assert (row.person_id, row.percent, row.consented_at) == (actor.person_id, 50, room.clock.now())
    assert set(row._mapping) == {
        "id", "person_id", "exam_id", "percent", "minutes", "consented_at", "granted_by", "granted_at", "revoked_at"
    }  # fmt: skip


def test_time_is_granted_by_those_who_may(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = room.start(actor, exam)
    with pytest.raises(Forbidden):
        room.deadlines.extend(actor, sitting.attempt.id, Extend(60, "I would like"))
    with pytest.raises(Forbidden):
        room.incidents.record(actor, exam.id, Extend(60, "We would like"))
    with pytest.raises(Forbidden):
        room.deadlines.accommodate(actor, Accommodate(actor.require_person(), exam.id, Accommodation(minutes=10)))
    with pytest.raises(NotFound):
        room.deadlines.ledger(room.trainee(), sitting.attempt.id)
    assert len(room.deadlines.ledger(actor, sitting.attempt.id)) == 1


@pytest.mark.parametrize("seconds", [0, -60, 25 * 60 * 60])
def test_time_is_never_taken_away(room: Room, seconds: int) -> None:
    exam = room.published()
    sitting = room.start(room.trainee(), exam)
    with pytest.raises(Invalid):
        room.deadlines.extend(AUTHOR, sitting.attempt.id, Extend(seconds, "Wrong"))
    with pytest.raises(Invalid):
        room.incidents.record(AUTHOR, exam.id, Extend(seconds, "Wrong"))
    assert ends(room, sitting) == sitting.attempt.deadline


def test_an_attempt_that_was_handed_in_stays_so(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    room.submissions.submit(owner(sitting), sitting.attempt.id)
    with pytest.raises(AttemptClosed):
        room.deadlines.extend(AUTHOR, sitting.attempt.id, Extend(60, "Too late"))
