"""Marking answers: the queue of an exam, one answer with its rubric, and the result that follows from a mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import orjson

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.marking import (
    MARK_ANSWERS,
    AnswerMarked,
    Mark,
    MarkAnswer,
    MarkedMeanwhile,
    Marking,
    components_of,
    require_within,
    state_after,
)
from lms_core.assessment.domain.results import Result
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.repository.markings import Markings
from lms_core.assessment.repository.responses import Responses
from lms_core.assessment.repository.results import Results
from lms_core.assessment.service.grading import Grader
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.records import record_access
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.assessment import AttemptGraded, AttemptRegraded


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """An answer to mark. ``solved`` is its question with rubric and model answer; who wrote it is not told."""

    marking: Marking
    exam: Exam
    solved: Mapping[str, Any]
    response: Mapping[str, Any]
    marks: Sequence[Mark]

    @property
    def rubric(self) -> Mapping[str, float]:
        """What each criterion is worth."""
        return {line["id"]: float(line["points"]) for line in self.solved["rubric"]}


@dataclass(frozen=True)
class MarkingService:
    """What those who mark do."""

    work: Work
    clock: Clock
    grader: Grader

    def queue(self, actor: Actor, exam_id: UUID, request: PageRequest) -> tuple[Exam, Page[Marking]]:
        """An exam's answers for people to mark. Filter: state (waits, marked, confirmed). Raises NotFound."""
        with self.work.read() as uow:
            exam = Exams(uow).get(exam_id)
            actor.require_seen(MARK_ANSWERS, exam.scopes)
            return exam, Markings(uow).of_exam(exam_id, request)

    def shown(self, actor: Actor, attempt_id: UUID, slot: int, language: str) -> AnswerShown:
        """One answer with its rubric and its marks. Reading it is recorded. Raises NotFound."""
        with self.work.read() as uow:
            attempt, shown = self._shown(uow, actor, attempt_id, slot, language)
        with self.work.write() as uow:
            record_access(uow, actor, attempt.person_id, "answer")
            uow.commit()
        return shown

    def mark(self, actor: Actor, command: MarkAnswer) -> None:
        """Give a mark, or look at one a second time; the result of the attempt follows.

        Raises NotFound, Invalid (by criterion), SecondLookNeeded, MarkedMeanwhile.
        """
        with self.work.read() as uow:
            attempt, shown = self._shown(uow, actor, command.attempt_id, command.slot, actor.language)
            before = shown.marks[-1] if shown.marks else None
            if (before.number if before else 0) != command.seen:
                raise MarkedMeanwhile
            require_within(shown.rubric, command.points)
            state = state_after(before, actor.person_id)
            mark = Mark(command.seen + 1, command.points, command.note, actor.person_id, self.clock.now())
            last, result = self._regraded(uow, attempt, shown.exam, {command.slot: mark})
        with self.work.write() as uow:
            Markings(uow).add(shown.marking, mark, state)
            Results(uow).add(result)
            told = AnswerMarked(attempt.id, command.slot, mark.number)
            uow.record(told, by=actor, scopes=attempt.scopes)
            changed = result.scaled != last.scaled
            regraded = AttemptRegraded(attempt.id, attempt.exam_id, attempt.person_id, changed)
            uow.record(regraded, by=actor, scopes=attempt.scopes)
            if last.waits and not result.waits:
                graded = AttemptGraded(attempt.id, attempt.exam_id, attempt.person_id)
                uow.record(graded, by=actor, scopes=attempt.scopes)
            uow.commit()

    def _shown(
        self, uow: UnitOfWork, actor: Actor, attempt_id: UUID, slot: int, language: str
    ) -> tuple[Attempt, AnswerShown]:
        attempt, exam = Attempts(uow).sat(attempt_id)
        actor.require_seen(MARK_ANSWERS, attempt.scopes)
        marking = Markings(uow).get(attempt_id, slot)
        line = Forms(uow).solution(attempt.form_id, language).partition(b"\n\n")[0].split(b"\n")[slot - 1]
        kept = Responses(uow).of(attempt_id).get(slot)
        marks = Markings(uow).marks(attempt_id).get(slot, ())
        return attempt, AnswerShown(marking, exam, orjson.loads(line), kept.response if kept else {}, marks)

    def _regraded(
        self, uow: UnitOfWork, attempt: Attempt, exam: Exam, fresh: Mapping[int, Mark]
    ) -> tuple[Result, Result]:
        """The result that counted until now, and the next one."""
        last = Results(uow).get(attempt.id)
        if last is None:
            raise NotFound
        keys = self.grader.keys(uow, exam, attempt.form_id)
        newest = {slot: given[-1] for slot, given in Markings(uow).marks(attempt.id).items()} | dict(fresh)
        rubrics = {key.slot: key.key["rubric"] for key in keys if key.slot in newest}
        marks = {slot: components_of(rubrics[slot], mark) for slot, mark in newest.items()}
        found = self.grader.grade(attempt, exam, keys, Responses(uow).of(attempt.id), self.clock.now(), marks)
        return last, replace(found, revision=last.revision + 1)
