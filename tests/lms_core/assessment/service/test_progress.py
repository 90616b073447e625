"""Going on to the next part of an exam: what was left takes no answer any more, what lies ahead is not seen yet."""

from collections.abc import Sequence
from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from lms_core.assessment.domain.attempts import AttemptClosed, DeadlinePassed, SlotLocked, StageAhead
from lms_core.assessment.domain.specifications import ExamSection
from lms_core.assessment.service import Sitting, payloads
from lms_core.assessment.tables.exams import forms
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.tables import events
from lms_core.foundation.text import Titles
from tests.support.exams import Room, lines

LOCKED = (
    ExamSection(Titles("둘째 영역", "Domain B"), returns=False, domains=("b",)),
    ExamSection(Titles("나머지", "The rest")),
)


def shown(sitting: Sitting) -> list[int]:
    return [each["slot"] for each in orjson.loads(payloads.questions(sitting))]


def entered(room: Room, actor: Actor, sitting: Sitting, slot: int) -> Sitting:
    return room.attempts.progress(actor, sitting.attempt.id, slot, "ko")


def test_a_section_that_was_left_takes_no_answer_and_the_next_one_is_not_seen_before(room: Room) -> None:
    actor = room.trainee()
    sitting = room.start(actor, room.published(sections=LOCKED))
    assert [each.first for each in sitting.outline.sections] == [1, 3]
    assert shown(sitting) == [1, 2]
    room.answer(sitting, 2)
    with pytest.raises(SlotLocked):
        room.answer(sitting, 3)

    assert shown(entered(room, actor, sitting, 3)) == [3, 4, 5, 6]
    room.answer(sitting, 3)
    with pytest.raises(SlotLocked):
        room.answer(sitting, 2, sequence=2)
    with pytest.raises(SlotLocked):
        entered(room, actor, sitting, 2)


def test_going_on_again_changes_nothing_and_is_recorded_once(room: Room) -> None:
    actor = room.trainee()
    sitting = room.start(actor, room.published(sections=LOCKED))
    for _ in range(3):
        assert entered(room, actor, sitting, 3).attempt.first_slot == 3

    with room.work.read() as uow:
        told = uow.session.scalars(select(events.c.payload).where(events.c.name == "assessment.stage_entered")).all()
    mine = [each for each in told if each["attempt_id"] == str(sitting.attempt.id)]
    assert [(each["first_slot"], each["last_slot"]) for each in mine] == [(3, 6)]


def test_practice_goes_where_it_likes(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published(sections=LOCKED), mode="practice")
    assert shown(sitting) == [1, 2, 3, 4, 5, 6]


def test_nobody_goes_on_for_another_or_after_the_end(room: Room) -> None:
    actor, exam = room.trainee(), room.published(sections=LOCKED)
    sitting = room.start(actor, exam)
    with pytest.raises(NotFound):
        entered(room, room.trainee(), sitting, 3)
    room.submissions.submit(actor, sitting.attempt.id)
    with pytest.raises(AttemptClosed):
        entered(room, actor, sitting, 3)
    late = room.start(actor, exam)
    room.clock.move(hours=1)
    with pytest.raises(DeadlinePassed):
        entered(room, actor, late, 3)


def parted(room: Room, exam_id: UUID, locks: Sequence[bool]) -> None:
    """Let nobody go back over the ends of those slots that ``locks`` names by its place."""
    sections = [
        {"number": 1, "first": slot, "last": slot, "returns": not lock} for slot, lock in enumerate(locks, start=1)
    ]
    with room.work.write() as uow:
        uow.session.execute(update(forms).where(forms.c.exam_id == exam_id).values(sections=sections))
        uow.commit()


steps = st.lists(st.tuples(st.sampled_from(["go", "save"]), st.integers(1, 6)), max_size=12)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(locks=st.lists(st.booleans(), min_size=6, max_size=6), walk=steps)
def test_whatever_way_one_walks_a_save_is_taken_where_it_is_open_and_nowhere_else(
    room: Room, locks: list[bool], walk: list[tuple[str, int]]
) -> None:
    actor, exam = room.trainee(), room.published()
    parted(room, exam.id, locks)
    sitting = room.start(actor, exam)
    # What is open, told once more from the locks alone.
    ends = [slot for slot, lock in enumerate(locks[:-1], start=1) if lock] + [6]
    first, last = 1, ends[0]
    for sequence, (act, slot) in enumerate(walk, start=1):
        if act == "go" and slot > last and slot <= ends[ends.index(last) + 1]:
            first, last = last + 1, ends[ends.index(last) + 1]
            assert shown(entered(room, actor, sitting, slot)) == list(range(first, last + 1))
        elif act == "go" and first <= slot <= last:
            assert shown(entered(room, actor, sitting, slot)) == list(range(first, last + 1))
        elif act == "go":
            with pytest.raises(SlotLocked if slot < first else StageAhead):
                entered(room, actor, sitting, slot)
        elif first <= slot <= last:
            assert room.answer(sitting, slot, sequence=sequence).sequence == sequence
        else:
            with pytest.raises(SlotLocked):
                room.answer(sitting, slot, sequence=sequence)


def test_every_line_of_the_paper_is_there_for_the_report(room: Room) -> None:
    actor = room.trainee()
    sitting = room.start(actor, room.published(sections=LOCKED))
    assert len(lines(sitting.paper)) == 6
    room.submissions.submit(actor, sitting.attempt.id)
    assert len(orjson.loads(payloads.solved(room.results.report(actor, sitting.attempt.id, "ko")))) == 6
