"""Grading: from what was answered to a result. Hooks are asked here, outside of any write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.results import Result, result_of
from lms_core.assessment.domain.scoring import (
    SlotKey,
    SlotScore,
    is_sound,
    percent_scale,
    raw_score,
    score_slot,
    sections,
)
from lms_core.assessment.repository.responses import Saved
from lms_core.assessment.service.rulings import keys_in_force
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.caller import Hooks
from lms_core.hooks.item_types import Component, ItemType, Json

Marked = tuple[Component, ...]
NO_MARKS: Final[Mapping[int, Marked]] = {}


@dataclass(frozen=True)
class Grader:
    """Scores attempts."""

    hooks: Hooks

    def grade(
        self,
        attempt: Attempt,
        exam: Exam,
        keys: Sequence[SlotKey],
        kept: Mapping[int, Saved],
        now: datetime,
        marks: Mapping[int, Marked] = NO_MARKS,
    ) -> Result:
        """The result of ``attempt``: a plugin's scale where one answers soundly, else the core's percent.

        ``marks`` are what people gave, by slot; an answer that still needs one waits and does not count yet.
        """
        types = self.types(exam)
        slots = tuple(_scored(types.get(key.type), key, _response(kept, key.slot), marks.get(key.slot)) for key in keys)
        return self._result(exam, attempt.id, slots, now)

    def keys(self, uow: UnitOfWork, exam: Exam, form_id: UUID) -> tuple[SlotKey, ...]:
        """The keys by which attempts with a form are scored now. Raises NotFound."""
        return keys_in_force(uow, self.types(exam), exam, (form_id,))[form_id]

    def again(self, exam: Exam, last: Result, slots: tuple[SlotScore, ...], now: datetime) -> Result:
        """The next revision of a result, for slots that were scored anew."""
        return replace(self._result(exam, last.attempt_id, slots, now), revision=last.revision + 1)

    def types(self, exam: Exam) -> Mapping[str, ItemType]:
        """The types of item that can be scored where the exam is."""
        return {one.name: one for one in self.hooks.item_types(exam.scopes) if isinstance(one, ItemType)}

    def _result(self, exam: Exam, attempt_id: UUID, slots: tuple[SlotScore, ...], now: datetime) -> Result:
        raw = raw_score(exam.id, exam.certification, slots)
        scaled = self.hooks.choose_score_scale(raw, exam.scopes)
        if scaled is None or not is_sound(scaled):
            scaled = percent_scale(raw, exam.specification.pass_percent)
        order = [quota.domain for quota in exam.specification.quotas]
        return result_of(attempt_id, raw, scaled, sections(raw, order), slots, now)


def _scored(kind: ItemType | None, key: SlotKey, response: Json | None, marked: Marked | None) -> SlotScore:
    if kind is None:
        # Its plugin was turned off since the form was drawn: neither right nor wrong until it is back.
        return SlotScore(key.slot, key.domain, 0.0, 1.0, key.scored, (), waits=True)
    return score_slot(kind, key, response, marked)


def _response(kept: Mapping[int, Saved], slot: int) -> Json | None:
    # A question whose solution was revealed before it was answered has an empty response.
    return (kept[slot].response or None) if slot in kept else None
