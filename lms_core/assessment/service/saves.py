"""Saving answers: the hot path. One statement for a save that is taken, one more to say why another is not."""

from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from lms_core.assessment.domain.attempts import DeadlinePassed, Receipt, Save, explain
from lms_core.assessment.domain.responses import AnswerSchema
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.forms import AnswerSchemas
from lms_core.assessment.repository.responses import Saves
from lms_core.assessment.service.grouping import GroupedSaves
from lms_core.assessment.service.pace import SavePace
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.assessment.service.tokens import Speaker
from lms_core.foundation.clock import Clock
from lms_core.foundation.database import Database
from lms_core.foundation.errors import NotFound, Unavailable
from lms_core.foundation.uow import Work

TRIES = 3
CACHED_FORMS = 2_000


@dataclass(frozen=True, slots=True)
class SaveResponse:
    """One answer: ``sequence`` counts the answers of a device up; ``flagged`` None leaves the flag as it is."""

    attempt_id: UUID
    slot: int
    sequence: int
    response: dict[str, Any]
    flagged: bool | None = None


@dataclass(frozen=True)
class SaveService:
    """Takes answers. No hook is asked, no event recorded: a receipt is given after one durable statement.

    First together with what else arrives; what was not taken there and has no reason against it, alone.
    """

    work: Work
    clock: Clock
    database: Database
    submissions: SubmissionService
    grouped: GroupedSaves
    pace: SavePace
    _schemas: dict[UUID, AnswerSchema] = field(default_factory=dict, init=False, repr=False, compare=False)

    def save(self, speaker: Speaker, command: SaveResponse, arrived_at: datetime) -> Receipt:
        """Keep an answer that arrived at ``arrived_at``; of two, the one with the higher sequence stays.

        An older sequence gets the receipt of the newer one. Raises NotFound, Invalid, DeadlinePassed, AttemptClosed,
        SessionSuperseded, SlotLocked, TooMany, Unavailable.
        """
        if speaker.attempt_id != command.attempt_id:
            raise NotFound
        return self._kept(speaker, command, arrived_at, speaker.generation)

    def save_as_person(self, person_id: UUID, command: SaveResponse, arrived_at: datetime) -> Receipt:
        """The same by the person's own token: one read more, and whichever device it is."""
        with self.work.read() as uow:
            attempt = Attempts(uow).get(command.attempt_id)
        if attempt.person_id != person_id:
            raise NotFound
        speaker = Speaker(attempt.id, person_id, attempt.form_id, attempt.generation)
        return self._kept(speaker, command, arrived_at, None)

    def _kept(self, speaker: Speaker, told: SaveResponse, arrived_at: datetime, generation: int | None) -> Receipt:
        self.pace.take(speaker.attempt_id, arrived_at)
        response = self._schema(speaker.form_id).check(told.slot, told.response)
        save = Save(
            attempt_id=speaker.attempt_id,
            person_id=speaker.person_id,
            generation=generation,
            slot=told.slot,
            sequence=told.sequence,
            response=response,
            flagged=told.flagged,
            arrived_at=arrived_at,
        )
        saves, receipt = Saves(self.database), self.grouped.keep(save, token_urlsafe(12))
        for _ in range(TRIES):
            receipt = receipt or self._explained(save, saves) or saves.keep(save, token_urlsafe(12))
            if receipt is not None:
                return receipt
        raise Unavailable

    def _explained(self, save: Save, saves: Saves) -> Receipt | None:
        try:
            return explain(save, saves.standing(save))
        except DeadlinePassed:
            self.submissions.close_if_due(save.attempt_id)
            raise

    def _schema(self, form_id: UUID) -> AnswerSchema:
        schema = self._schemas.get(form_id)
        if schema is None:
            schema = AnswerSchemas(self.database).get(form_id)
            if len(self._schemas) >= CACHED_FORMS:
                self._schemas.clear()
            self._schemas[form_id] = schema
        return schema
