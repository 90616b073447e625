from datetime import timedelta
from uuid import uuid4

import pytest

from lms_core.assessment.domain.attempts import AttemptClosed
from lms_core.assessment.domain.proctoring import MOST_KEPT, ToldEvent, Watched
from lms_core.assessment.service.attempts import Sitting
from lms_core.assessment.service.deadlines import Extend
from lms_core.assessment.service.presence import PresenceService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import PageRequest
from tests.support.counting import statements
from tests.support.exams import AUTHOR, Room

SECOND = timedelta(seconds=1)


def watched(room: Room, sitting: Sitting, show: str = "now") -> Watched:
    listed = room.proctoring.watch(AUTHOR, sitting.attempt.exam_id, PageRequest(filters=(("show", show),)))
    return next(one for one in listed.page.items if one.attempt.id == sitting.attempt.id)


def actor_of(sitting: Sitting) -> Actor:
    return Actor(sitting.attempt.person_id)


def told(kind: str, ago: float = 0, seconds: int | None = None) -> ToldEvent:
    return ToldEvent(uuid4(), kind, ago, seconds)


def test_who_watches_sees_what_is_answered_saved_and_given(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    room.answer(sitting, 1, *room.key(sitting)[1])
    room.answer(sitting, 2)
    room.clock.move(seconds=1)
    room.answer(sitting, 3, *room.key(sitting)[3])
    room.incidents.record(AUTHOR, sitting.attempt.exam_id, Extend(600, "Fire drill"))

    one = watched(room, sitting)
    assert (one.answered, one.attempt.slots, one.given) == (2, 6, 600)
    assert one.saved_at == room.clock.now()


def test_a_device_that_is_silent_is_interrupted_until_it_is_heard_again(room: Room) -> None:
    sitting, presence = room.start(room.trainee(), room.published()), PresenceService(room.work, room.clock)
    exam_id = sitting.attempt.exam_id
    assert watched(room, sitting).state(room.clock.now()) == "connected"
    room.clock.move(seconds=60)
    assert watched(room, sitting, "interrupted").state(room.clock.now()) == "interrupted"
    assert room.proctoring.watch(AUTHOR, exam_id, PageRequest()).overview.interrupted == 1
    presence.sign(sitting.attempt.id)
    assert watched(room, sitting).state(room.clock.now()) == "connected"
    assert room.proctoring.watch(AUTHOR, exam_id, PageRequest()).overview.interrupted == 0


def test_a_receipt_is_a_sign_of_life_as_well(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    room.clock.move(seconds=60)
    room.answer(sitting, 1)
    assert watched(room, sitting).state(room.clock.now()) == "connected"


def test_time_that_is_up_and_what_was_handed_in_are_told(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    room.clock.set(sitting.attempt.deadline.deadline_at + SECOND)
    assert watched(room, sitting).is_late(room.clock.now())
    room.submissions.submit(actor_of(sitting), sitting.attempt.id)
    one = watched(room, sitting, "handed-in")
    assert one.state(room.clock.now()) == "handed-in"
    assert not one.is_late(room.clock.now())
    room.clock.move(hours=7)
    assert room.proctoring.watch(AUTHOR, sitting.attempt.exam_id, PageRequest()).page.items == []


def test_the_list_costs_the_same_however_many_sit_the_exam(room: Room) -> None:
    exam = room.published()

    def cost() -> int:
        with statements(room.work.database) as seen:
            room.proctoring.watch(AUTHOR, exam.id, PageRequest(size=100))
        return len(seen)

    room.answer(room.start(room.trainee(), exam), 1)
    few = cost()
    for _ in range(8):
        room.answer(room.start(room.trainee(), exam), 1)
    assert cost() == few


def test_signs_of_life_are_written_for_many_at_once_and_seldom(room: Room) -> None:
    exam, presence = room.published(), PresenceService(room.work, room.clock)
    ids = [room.start(room.trainee(), exam).attempt.id for _ in range(5)]
    with statements(room.work.database) as seen:
        for attempt_id in ids:
            presence.sign(attempt_id)
        room.clock.move(seconds=4)
        for attempt_id in ids:
            presence.sign(attempt_id)
    assert len(seen) == 2


def test_what_a_device_tells_is_kept_with_its_time_and_once(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    actor, attempt_id = actor_of(sitting), sitting.attempt.id
    room.clock.move(seconds=100)
    events = [told("focus-lost", 30), told("focus-regained", 10, 20)]
    assert room.event_log.tell(actor, attempt_id, events) == 2
    assert room.event_log.tell(actor, attempt_id, events) == 0
    kept = room.proctoring.own_events(actor, sitting.attempt)
    now = room.clock.now()
    assert [(one.kind, one.at, one.seconds) for one in kept] == [
        ("focus-lost", now - 30 * SECOND, None),
        ("focus-regained", now - 10 * SECOND, 20),
    ]
    assert watched(room, sitting).away == 1


def test_nothing_happened_before_the_attempt_began_or_lasted_longer_than_it(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    room.clock.move(seconds=10)
    room.event_log.tell(actor_of(sitting), sitting.attempt.id, [told("reconnected", 5000, 9999)])
    (kept,) = room.proctoring.own_events(actor_of(sitting), sitting.attempt)
    assert (kept.at, kept.seconds) == (sitting.attempt.started_at, 10)


def test_the_log_of_an_attempt_is_bounded(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    actor, attempt_id = actor_of(sitting), sitting.attempt.id
    for _ in range(MOST_KEPT // 50):
        room.event_log.tell(actor, attempt_id, [told("focus-lost") for _ in range(50)])
    assert room.event_log.tell(actor, attempt_id, [told("focus-lost")]) == 0
    assert len(room.proctoring.own_events(actor, sitting.attempt)) == MOST_KEPT


def test_only_the_person_tells_and_only_while_the_attempt_runs(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    with pytest.raises(NotFound):
        room.event_log.tell(room.trainee(), sitting.attempt.id, [told("opened")])
    room.submissions.submit(actor_of(sitting), sitting.attempt.id)
    with pytest.raises(AttemptClosed):
        room.event_log.tell(actor_of(sitting), sitting.attempt.id, [told("opened")])


def test_taking_over_is_noted(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    room.attempts.take_over(actor_of(sitting), sitting.attempt.id)
    _, _, events = room.proctoring.attempt(AUTHOR, sitting.attempt.exam_id, sitting.attempt.id)
    assert [one.kind for one in events] == ["taken-over"]


def test_a_session_that_was_ended_can_be_taken_over_by_its_person_alone(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    exam_id, attempt_id = sitting.attempt.exam_id, sitting.attempt.id
    room.proctoring.end_session(AUTHOR, exam_id, attempt_id)
    with pytest.raises(Exception, match="another device"):
        room.answer(sitting, 1)
    assert room.attempts.take_over(actor_of(sitting), attempt_id)[1] == 3
    assert [one.kind for one in room.proctoring.own_events(actor_of(sitting), sitting.attempt)] == [
        "session-ended",
        "taken-over",
    ]


def test_watching_is_for_those_who_may_and_of_their_own_exam(room: Room) -> None:
    sitting, other = room.start(room.trainee(), room.published()), room.published()
    exam_id, attempt_id = sitting.attempt.exam_id, sitting.attempt.id
    with pytest.raises(NotFound):
        room.proctoring.watch(room.trainee(), exam_id, PageRequest())
    with pytest.raises(NotFound):
        room.proctoring.attempt(room.trainee(), exam_id, attempt_id)
    with pytest.raises(NotFound):
        room.proctoring.attempt(AUTHOR, other.id, attempt_id)
    with pytest.raises(NotFound):
        room.proctoring.end_session(AUTHOR, other.id, attempt_id)
    assert room.proctoring.own_events(room.trainee(), sitting.attempt) == ()
