"""Sitting an exam in the past: by the services that everybody uses, on a clock that is set back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from secrets import token_urlsafe
from typing import Any, Final
from uuid import UUID

import orjson

from lms_core.assessment.domain.attempts import Save
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import Stage
from lms_core.assessment.domain.practice import PRACTICE
from lms_core.assessment.domain.responses import AnswerSchema
from lms_core.assessment.repository.forms import AnswerSchemas, Forms
from lms_core.assessment.repository.save_batches import SaveBatches
from lms_core.assessment.service import AttemptService, SubmissionService
from lms_core.assessment.service.attempts import Sitting, StartAttempt
from lms_core.cli.demo.history.answering import Curve, answer
from lms_core.cli.demo.history.people import Learner
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.web.house import House

SKIPPED: Final = 0.02
FLAGGED: Final = 0.08
HURRY: Final = 0.9
"""The part of the time in which even the slowest are done."""


@dataclass
class PastClock:
    """A clock that shows what it is set to."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it is set to."""
        return self.moment


@dataclass(frozen=True, slots=True)
class _Form:
    """What is asked, line by line, and the shape of each answer."""

    questions: tuple[Mapping[str, Any], ...]
    curves: tuple[Curve, ...]
    expected: Mapping[int, Mapping[str, Any]]
    schema: AnswerSchema


@dataclass
class Past:
    """Lets people sit exams at any moment of the past. Forms are read once."""

    here: House
    clock: PastClock
    lot: Random
    _forms: dict[UUID, _Form] = field(default_factory=dict)

    def sit(self, learner: Learner, exam: Exam, mode: str, at: datetime) -> UUID:
        """One attempt from its beginning to its score; its id. Raises what beginning one raises."""
        self.clock.moment = at
        actor = Actor(learner.person_id, almighty=True)
        attempts = self.here.provide(AttemptService)
        sitting = attempts.start(actor, StartAttempt(exam.id, mode, learner.language))
        form = self._form(sitting)
        seconds = self._seconds(form, learner, exam)
        for stage in self._stages(sitting):
            if stage.first > 1:
                attempts.progress(actor, sitting.attempt.id, stage.first, learner.language)
            self._answer(sitting, form, learner, stage, seconds)
        self.clock.moment += timedelta(seconds=20)
        self.here.provide(SubmissionService).submit(actor, sitting.attempt.id)
        return sitting.attempt.id

    def _stages(self, sitting: Sitting) -> tuple[Stage, ...]:
        return (Stage(1, sitting.attempt.slots),) if sitting.attempt.mode == PRACTICE else sitting.outline.stages

    def _form(self, sitting: Sitting) -> _Form:
        form_id = sitting.attempt.form_id
        if form_id not in self._forms:
            with self.here.work.read() as uow:
                lines = Forms(uow).solution(form_id, "ko").split(b"\n\n")[0].split(b"\n")
            expected = AnswerSchemas(self.here.database).expected(form_id)
            questions = tuple(orjson.loads(line) for line in lines)
            curves = tuple(Curve.of(one) for one in questions)
            self._forms[form_id] = _Form(questions, curves, expected, AnswerSchema.compiled(expected))
        return self._forms[form_id]

    def _seconds(self, form: _Form, learner: Learner, exam: Exam) -> list[float]:
        """How long each question takes; everything a little faster where time would run out."""
        wanted = [one.seconds * learner.pace * self.lot.lognormvariate(0.0, 0.4) for one in form.curves]
        faster = min(1.0, HURRY * exam.specification.seconds / sum(wanted))
        return [one * faster for one in wanted]

    def _answer(self, sitting: Sitting, form: _Form, learner: Learner, stage: Stage, seconds: list[float]) -> None:
        saves = list(self._saves(sitting, form, learner, stage, seconds))
        for start in range(0, len(saves), 200):
            batch = [(one, token_urlsafe(12)) for one in saves[start : start + 200]]
            SaveBatches(self.here.database).keep(batch)

    def _saves(
        self, sitting: Sitting, form: _Form, learner: Learner, stage: Stage, seconds: list[float]
    ) -> Iterator[Save]:
        attempt = sitting.attempt
        for slot in range(stage.first, stage.last + 1):
            question, curve = form.questions[slot - 1], form.curves[slot - 1]
            self.clock.moment += timedelta(seconds=seconds[slot - 1])
            right = self.lot.random() < curve.chance(learner.ability, learner.language)
            given = answer(question, form.expected[slot], self.lot, right=right)
            flagged = self.lot.random() < FLAGGED
            if self.lot.random() < SKIPPED:
                continue
            try:
                kept = form.schema.check(slot, given)
            except Invalid:
                # A type of somebody else's, whose answers these people cannot guess.
                continue
            yield Save(attempt.id, attempt.person_id, 1, slot, 1, kept, flagged, self.clock.moment)
