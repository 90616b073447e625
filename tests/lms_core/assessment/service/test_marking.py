from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import func, select

from lms_core.assessment.domain.exams import SIT_EXAM, DraftExam
from lms_core.assessment.domain.marking import (
    CONFIRMED,
    MARK_ANSWERS,
    MARKED,
    WAITS,
    MarkAnswer,
    MarkedMeanwhile,
    SecondLookNeeded,
)
from lms_core.assessment.domain.specifications import Quota
from lms_core.assessment.service import MarkingService, payloads
from lms_core.assessment.service.saves import SaveResponse
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Invalid, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.tables import events
from lms_core.foundation.text import Titles
from lms_core.hooks.items import Criterion, ExtendedTextInteraction, ItemContent
from lms_core.hooks.words import Words
from tests.support.exams import AUTHOR, Room, add_bank, add_item

RUBRIC = (Criterion("clear", Words(en="Is clear"), 2.0), Criterion("whole", Words(en="Is whole"), 1.0))
ESSAY = ItemContent("essay", "extended-text", Words(en="Explain."), ExtendedTextInteraction(RUBRIC, Words(en="So.")))


class Marked:
    """An essay that was handed in, and two people who mark."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.service = MarkingService(room.work, room.clock, room.grader)
        self.first, self.second = (Actor(new_id(), grants({MARK_ANSWERS})) for _ in range(2))
        exam = self._exam()
        self.writer = room.trainee()
        sitting = room.start(self.writer, exam)
        self.exam_id, self.attempt_id = exam.id, sitting.attempt.id
        command = SaveResponse(self.attempt_id, 1, 1, {"text": "Because."})
        room.saves.save_as_person(self.writer.require_person(), command, room.clock.now())
        room.submissions.submit(self.writer, self.attempt_id)

    def _exam(self) -> Any:
        bank_id = add_bank(self.room.work)
        add_item(self.room.work, bank_id, ESSAY)
        quota = Quota("", 1, Titles("전체", "All"))
        asked = self.room.specification(bank_ids=(bank_id,), quotas=(quota,), languages=("en",))
        drafted = self.room.exams.draft(AUTHOR, DraftExam(Titles("논술", "Essay"), asked))
        return self.room.exams.publish(AUTHOR, drafted.id)

    def queue(self, state: str = WAITS) -> list[int]:
        request = PageRequest(filters=(("state", state),))
        return [one.slot for one in self.service.queue(self.first, self.exam_id, request)[1].items]

    def mark(self, actor: Actor, clear: float, whole: float, seen: int = 0) -> None:
        points = {"clear": clear, "whole": whole}
        self.service.mark(actor, MarkAnswer(self.attempt_id, 1, points, "noted", seen))

    def told(self, name: str) -> int:
        with self.room.work.read() as uow:
            return uow.session.scalar(select(func.count()).where(events.c.name == name)) or 0

    def result(self) -> Any:
        return self.room.results.report(self.writer, self.attempt_id, "en").result

    def solved(self) -> Any:
        return orjson.loads(payloads.solved(self.room.results.report(self.writer, self.attempt_id, "en")))[0]


@pytest.fixture
def marked(room: Room) -> Marked:
    return Marked(room)


def test_a_written_answer_waits_and_counts_for_nothing_yet(marked: Marked) -> None:
    assert marked.queue() == [1]
    assert (marked.result().points, marked.result().possible) == (0, 0)
    assert marked.solved()["waits"]
    assert not marked.solved()["correct"]


def test_a_mark_changes_the_result_and_a_second_look_of_somebody_else_changes_it_again(marked: Marked) -> None:
    marked.mark(marked.first, 2, 0.5)

    assert (marked.result().points, marked.result().possible, marked.result().revision) == (2.5, 3, 2)
    assert (marked.queue(), marked.queue(MARKED)) == ([], [1])
    assert [(one["id"], one["points"]) for one in marked.solved()["components"]] == [("clear", 2), ("whole", 0.5)]

    with pytest.raises(SecondLookNeeded):
        marked.mark(marked.first, 1, 1, seen=1)
    marked.mark(marked.second, 2, 1, seen=1)

    assert (marked.result().points, marked.result().revision) == (3, 3)
    assert marked.queue(CONFIRMED) == [1]
    shown = marked.service.shown(marked.first, marked.attempt_id, 1, "en")
    assert [(mark.number, mark.marked_by) for mark in shown.marks] == [
        (1, marked.first.person_id),
        (2, marked.second.person_id),
    ]
    assert shown.response == {"text": "Because."}


def test_of_two_who_mark_at_once_the_second_is_told(marked: Marked) -> None:
    marked.mark(marked.first, 2, 1)
    with pytest.raises(MarkedMeanwhile):
        marked.mark(marked.second, 0, 0)

    assert marked.result().points == 3


@pytest.mark.parametrize(("clear", "whole", "named"), [(2.5, 0, "clear"), (-1, 0, "clear"), (0, 1.5, "whole")])
def test_points_lie_within_what_a_criterion_is_worth(marked: Marked, clear: float, whole: float, named: str) -> None:
    with pytest.raises(Invalid) as refused:
        marked.mark(marked.first, clear, whole)

    assert set(refused.value.fields) == {named}


def test_whoever_may_not_mark_sees_neither_queue_nor_answer(marked: Marked) -> None:
    stranger = Actor(new_id(), grants({SIT_EXAM}))
    for act in (
        lambda: marked.service.queue(stranger, marked.exam_id, PageRequest()),
        lambda: marked.service.shown(stranger, marked.attempt_id, 1, "en"),
        lambda: marked.mark(stranger, 1, 1),
        lambda: marked.service.shown(marked.first, marked.attempt_id, 7, "en"),
        lambda: marked.service.shown(marked.first, UUID(int=1), 1, "en"),
    ):
        with pytest.raises(NotFound):
            act()


def test_an_attempt_is_graded_once_the_last_answer_that_waits_is_marked(marked: Marked) -> None:
    assert marked.told("assessment.attempt_graded") == 0
    marked.mark(marked.first, 2, 0)
    assert marked.told("assessment.attempt_graded") == 1
    marked.mark(marked.second, 1, 1, seen=1)
    assert marked.told("assessment.attempt_graded") == 1
    assert marked.told("assessment.attempt_regraded") == 2
