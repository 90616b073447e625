"""Progress over attempts: whose attempts, which of them, and what looking costs."""

from uuid import UUID

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.service import Report
from lms_core.foundation.actors import Actor
from tests.support.counting import statements
from tests.support.exams import Room


def sat(room: Room, actor: Actor, exam: Exam, mode: str = "simulation") -> UUID:
    attempt_id: UUID = room.start(actor, exam, mode).attempt.id
    room.clock.move(minutes=1)
    room.submissions.submit(actor, attempt_id)
    return attempt_id


def read(room: Room, actor: Actor, attempt_id: UUID) -> Report:
    return room.results.report(actor, attempt_id, "ko")


def steps(room: Room, actor: Actor, attempt_id: UUID) -> list[UUID]:
    return [one.attempt_id for one in room.results.progress(read(room, actor, attempt_id)).steps]


def test_ones_own_attempts_in_the_same_mode_come_in_order_up_to_the_one_that_is_read(room: Room) -> None:
    exam, other = room.published(), room.published()
    actor, stranger = room.trainee(), room.trainee()
    first = sat(room, actor, exam)
    sat(room, stranger, exam)
    sat(room, actor, exam, "practice")
    second, third = sat(room, actor, other), sat(room, actor, exam)
    assert steps(room, actor, third) == [first, second, third]
    assert steps(room, actor, second) == [first, second]
    assert steps(room, actor, first) == [first]


def test_looking_takes_one_statement_however_many_attempts_there_were(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    costs = []
    for _ in range(4):
        found = read(room, actor, sat(room, actor, exam))
        with statements(room.work.database) as seen:
            room.results.progress(found)
        costs.append(len(seen))
    assert costs == [1, 1, 1, 1]
