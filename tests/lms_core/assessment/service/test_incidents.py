from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms_core.assessment.domain.deadlines import Accommodation, deadline_of
from lms_core.assessment.domain.incidents import Reach
from lms_core.assessment.domain.integrity import Shown
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.service.attempts import Sitting
from lms_core.assessment.service.deadlines import Accommodate, Extend
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Forbidden, Invalid, NotFound
from lms_core.foundation.paging import PageRequest
from tests.support.exams import AUTHOR, Room

MINUTE = timedelta(minutes=1)
ROOM = "10.2.30.0/24"


def gained(room: Room, sitting: Sitting) -> timedelta:
    """How much longer an attempt runs than when it began."""
    standing = room.attempts.standing(Actor(sitting.attempt.person_id), sitting.attempt.id)
    return standing.deadline.deadline_at - sitting.attempt.deadline.deadline_at


def test_an_incident_in_a_room_reaches_those_who_sit_there(room: Room) -> None:
    exam = room.published()
    inside = room.start(room.trainee(), exam, address="10.2.30.7")
    outside = room.start(room.trainee(), exam, address="10.2.31.7")
    unknown = room.start(room.trainee(), exam)

    incident = room.incidents.record(AUTHOR, exam.id, Extend(600, "Fire drill"), Reach(network=ROOM))
    assert (incident.number, incident.attempts) == (1, 1)
    assert [gained(room, one) for one in (inside, outside, unknown)] == [10 * MINUTE, 0 * MINUTE, 0 * MINUTE]


def test_who_goes_on_in_another_room_belongs_to_that_one(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = room.start(actor, exam, address="10.2.30.7")
    room.attempts.take_over(actor, sitting.attempt.id, Shown("10.9.9.9"))

    assert room.incidents.record(AUTHOR, exam.id, Extend(60, "Outage"), Reach(network=ROOM)).attempts == 0


def test_an_incident_reaches_one_person_alone(room: Room) -> None:
    exam = room.published()
    one, other = room.start(room.trainee(), exam), room.start(room.trainee(), exam)
    room.incidents.record(AUTHOR, exam.id, Extend(60, "A broken mouse"), Reach(one.attempt.person_id))

    assert (gained(room, one), gained(room, other)) == (MINUTE, 0 * MINUTE)


def test_incidents_are_numbered_and_listed_the_latest_first(room: Room) -> None:
    exam = room.published()
    room.start(room.trainee(), exam)
    for seconds in (60, 120):
        room.incidents.record(AUTHOR, exam.id, Extend(seconds, "Outage"))
    room.incidents.record(AUTHOR, room.published().id, Extend(60, "Elsewhere"))

    listed = room.incidents.of_exam(AUTHOR, exam.id, PageRequest())
    assert [(one.number, one.seconds, one.attempts) for one in listed.items] == [(2, 120, 1), (1, 60, 1)]


@pytest.mark.parametrize("wrong", [Reach(network="the room upstairs"), Reach(uuid4(), ROOM)])
def test_a_reach_that_is_none_is_refused(room: Room, wrong: Reach) -> None:
    with pytest.raises(Invalid):
        room.incidents.record(AUTHOR, room.published().id, Extend(60, "Outage"), wrong)


def test_incidents_need_the_permission(room: Room) -> None:
    exam = room.published()
    with pytest.raises(Forbidden):
        room.incidents.record(room.trainee(), exam.id, Extend(60, "Outage"))
    with pytest.raises(NotFound):
        room.incidents.of_exam(room.trainee(), exam.id, PageRequest())


def test_what_was_revoked_holds_for_no_later_attempt_and_takes_nothing_back(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    accommodate = Accommodate(actor.require_person(), exam.id, Accommodation(minutes=10))
    granted = room.deadlines.accommodate(AUTHOR, accommodate)
    first = room.start(actor, exam)
    room.accommodations.revoke(AUTHOR, granted)

    assert gained(room, first) == 0 * MINUTE
    assert room.accommodations.of_exam(AUTHOR, exam.id, PageRequest()).total == 0
    room.submissions.submit(actor, first.attempt.id)
    second = room.start(actor, exam).attempt
    assert second.deadline.deadline_at - second.started_at == 45 * MINUTE
    with pytest.raises(NotFound):
        room.accommodations.revoke(AUTHOR, granted)


def test_who_may_not_grant_reads_no_accommodation(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    granted = room.deadlines.accommodate(AUTHOR, Accommodate(actor.require_person(), exam.id, Accommodation(25)))
    for act in (
        lambda: room.accommodations.of_exam(actor, exam.id, PageRequest()),
        lambda: room.accommodations.revoke(actor, granted),
    ):
        with pytest.raises(NotFound):
            act()


edits = st.one_of(
    st.tuples(st.just("everybody"), st.integers(1, 900)),
    st.tuples(st.just("room"), st.integers(1, 900)),
    st.tuples(st.just("person"), st.integers(1, 900)),
    st.tuples(st.just("attempt"), st.integers(1, 900)),
    st.tuples(st.just("accommodation"), st.integers(0, 40)),
    st.tuples(st.just("take-over"), st.sampled_from((0, 1))),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(edits, max_size=8))
def test_no_edit_leaves_two_truths_or_shortens(room: Room, changes: list[tuple[str, int]]) -> None:
    exam = room.published(closes_at=room.clock.now() + 40 * MINUTE)
    actors = [room.trainee(), room.trainee()]
    sittings = [room.start(one, exam, address=f"10.2.{30 + place}.7") for place, one in enumerate(actors)]
    ends = [one.attempt.deadline for one in sittings]
    for change, amount in changes:
        edit(room, exam.id, actors[0], sittings[0], change, amount)
        now = [
            room.attempts.standing(one, each.attempt.id).deadline for one, each in zip(actors, sittings, strict=True)
        ]
        assert all(later.deadline_at >= before.deadline_at for before, later in zip(ends, now, strict=True))
        assert all(later.revision >= before.revision for before, later in zip(ends, now, strict=True))
        for sitting, deadline in zip(sittings, now, strict=True):
            with room.work.read() as uow:
                entries = Attempts(uow).ledger(sitting.attempt.id)
            assert [one.revision for one in entries] == list(range(1, len(entries) + 1))
            assert deadline_of(sitting.attempt.started_at, entries, exam.specification.closes_at) == deadline
        ends = now


def edit(room: Room, exam_id: UUID, actor: Actor, sitting: Sitting, change: str, amount: int) -> None:
    """One change that staff or the person make while the exam runs."""
    person_id = actor.require_person()
    reaches = {"everybody": Reach(), "room": Reach(network=ROOM), "person": Reach(person_id)}
    if change in reaches:
        room.incidents.record(AUTHOR, exam_id, Extend(amount, "Outage"), reaches[change])
    elif change == "attempt":
        room.deadlines.extend(AUTHOR, sitting.attempt.id, Extend(amount, "Outage"))
    elif change == "accommodation":
        room.deadlines.accommodate(AUTHOR, Accommodate(person_id, exam_id, Accommodation(minutes=amount)))
    else:
        room.attempts.take_over(actor, sitting.attempt.id, Shown(f"10.2.{30 + amount}.9"))
