"""Grading: from what was answered to a result. Hooks are asked here, outside of any write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.responses import picked_choices
from lms_core.assessment.domain.results import Result, result_of
from lms_core.assessment.domain.scoring import SlotKey, is_sound, percent_scale, raw_score, score_slot, sections
from lms_core.assessment.repository.responses import Saved
from lms_core.hooks.caller import Hooks


@dataclass(frozen=True)
class Grader:
    """Scores attempts."""

    hooks: Hooks

    def grade(
        self, attempt: Attempt, exam: Exam, keys: Sequence[SlotKey], kept: Mapping[int, Saved], now: datetime
    ) -> Result:
        """The result of ``attempt``: a plugin's scale where one answers soundly, else the core's percent."""
        slots = tuple(score_slot(key, _picked(kept, key.slot)) for key in keys)
        raw = raw_score(exam.id, exam.certification, slots)
        scaled = self.hooks.choose_score_scale(raw, exam.scopes)
        if scaled is None or not is_sound(scaled):
            scaled = percent_scale(raw, exam.specification.pass_percent)
        order = [quota.domain for quota in exam.specification.quotas]
        return result_of(attempt.id, raw, scaled, sections(raw, order), slots, now)


def _picked(kept: Mapping[int, Saved], slot: int) -> frozenset[str]:
    return picked_choices(kept[slot].response) if slot in kept else frozenset()
