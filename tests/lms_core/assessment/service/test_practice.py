from uuid import UUID

import pytest
from sqlalchemy import select

from lms_core.assessment.domain.attempts import AttemptClosed, SlotLocked
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import SpecificationUnmet
from lms_core.assessment.domain.practice import Practice, RevealRefused
from lms_core.assessment.service import payloads
from lms_core.assessment.service.attempts import Sitting, StartAttempt
from lms_core.assessment.service.revealing import RevealService
from lms_core.assessment.tables.exams import form_slots
from lms_core.assessment.tables.items import items
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid, NotFound
from tests.support.exams import AUTHOR, HUSH, Room, lines


def practise(room: Room, actor: Actor, exam: Exam, *wanted: object) -> Sitting:
    return room.attempts.start(actor, StartAttempt(exam.id, "practice", "ko", Practice(*wanted)))  # type: ignore[arg-type]


def asked(room: Room, sitting: Sitting) -> dict[UUID, tuple[int, str]]:
    """The items of a sitting with their slot and domain, read past every service."""
    with room.work.read() as uow:
        rows = uow.session.execute(select(form_slots).where(form_slots.c.form_id == sitting.attempt.form_id))
        return {row.item_id: (row.slot, row.domain) for row in rows}


def revealing(room: Room) -> RevealService:
    return RevealService(room.work, room.clock, room.grader)


def test_practice_is_of_the_domains_and_the_length_that_one_chooses(room: Room) -> None:
    exam = room.published()
    several = asked(room, practise(room, room.trainee(), exam, ("b",), "all", 3))
    assert [domain for _, domain in several.values()] == ["b"] * 3
    every = asked(room, practise(room, room.trainee(), exam, (), "all", 9))
    assert sorted(domain for _, domain in every.values()) == ["a"] * 6 + ["b"] * 3
    assert len(asked(room, practise(room, room.trainee(), exam, ("b",), "all", 50))) == 4


def test_what_was_not_seen_is_asked_until_all_was(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    seen: set[UUID] = set()
    for _ in range(2):
        sitting = practise(room, actor, exam, (), "unseen", 6)
        assert not seen & set(asked(room, sitting))
        seen |= set(asked(room, sitting))
        room.submissions.submit(actor, sitting.attempt.id)
    with pytest.raises(SpecificationUnmet) as refused:
        practise(room, actor, exam, (), "unseen", 6)
    assert [one.code for one in refused.value.reasons] == ["practice-empty"]


def test_what_was_missed_is_asked_until_it_is_right(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    first = practise(room, actor, exam, (), "all", 6)
    for slot, right in room.key(first).items():
        if slot > 2:
            room.answer(first, slot, *right)
    room.submissions.submit(actor, first.attempt.id)
    wrong = {item for item, (slot, _) in asked(room, first).items() if slot <= 2}

    second = practise(room, actor, exam, (), "missed")
    assert set(asked(room, second)) == wrong
    for slot, right in room.key(second).items():
        room.answer(second, slot, *right)
    room.submissions.submit(actor, second.attempt.id)
    with pytest.raises(SpecificationUnmet):
        practise(room, actor, exam, (), "missed")


def test_items_kept_for_exams_never_appear_in_practice(room: Room) -> None:
    exam = room.published()
    with room.work.read() as uow:
        every = uow.session.scalars(
            select(items.c.id).where(items.c.bank_id == room.bank_id).order_by(items.c.id)
        ).all()
    kept = set(every[:5])
    assert room.exams.keep_for_exams(AUTHOR, sorted(kept), exam_only=True) == 5
    for wanted in [(), ((), "unseen", 12), (("a",), "all", 12)]:
        actor = room.trainee()
        assert not kept & set(asked(room, practise(room, actor, exam, *wanted)))
    simulated = [set(asked(room, room.start(room.trainee(), exam))) for _ in range(6)]
    assert any(kept & one for one in simulated)


@pytest.mark.parametrize("wrong", [(("nowhere",),), ((), "all", 0)])
def test_practice_that_cannot_be_is_refused(room: Room, wrong: tuple[object, ...]) -> None:
    with pytest.raises(Invalid):
        practise(room, room.trainee(), room.published(), *wrong)


def test_a_revealed_answer_is_final_and_nothing_else_is_told(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = practise(room, actor, exam)
    right = sorted(room.key(sitting)[1])
    room.answer(sitting, 1, *right, sequence=4)
    told = payloads.revealed(revealing(room).reveal(actor, sitting.attempt.id, 1, "ko"), 1)

    assert HUSH.encode() in told
    assert b'"slot":1' in told
    assert b'"slot":2' not in told
    with pytest.raises(SlotLocked):
        room.answer(sitting, 1, *right, sequence=9)
    again = room.attempts.sitting(actor, sitting.attempt.id, "ko")
    assert HUSH.encode() not in payloads.questions(again)
    shown = lines(payloads.questions(again)[1:-1].replace(b'},{"slot"', b'}\n{"slot"'))
    assert [one.get("revealed", False) for one in shown] == [True] + [False] * 5
    assert shown[0]["saved"]["response"] == {"choices": right}
    room.answer(sitting, 2, *room.key(sitting)[2])
    room.submissions.submit(actor, sitting.attempt.id)
    earned = room.results.report(actor, sitting.attempt.id, "ko").result.slots
    assert [one.points == one.possible for one in earned] == [True, True, False, False, False, False]


def test_a_question_revealed_before_it_was_answered_earns_nothing_and_takes_no_answer(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = practise(room, actor, exam)
    for _ in range(2):
        revealing(room).reveal(actor, sitting.attempt.id, 1, "ko")
    with pytest.raises(SlotLocked):
        room.answer(sitting, 1, *room.key(sitting)[1])
    room.submissions.submit(actor, sitting.attempt.id)
    assert room.results.report(actor, sitting.attempt.id, "ko").result.points == 0


def test_solutions_are_revealed_to_their_own_person_in_open_practice_alone(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    simulation = room.start(actor, exam)
    with pytest.raises(RevealRefused):
        revealing(room).reveal(actor, simulation.attempt.id, 1, "ko")
    room.submissions.submit(actor, simulation.attempt.id)
    sitting = practise(room, actor, exam)
    for stranger, slot in ((room.trainee(), 1), (actor, 7), (actor, 0)):
        with pytest.raises(NotFound):
            revealing(room).reveal(stranger, sitting.attempt.id, slot, "ko")
    room.clock.set(sitting.attempt.deadline.closes_at.replace(year=2030))
    with pytest.raises(AttemptClosed):
        revealing(room).reveal(actor, sitting.attempt.id, 1, "ko")
