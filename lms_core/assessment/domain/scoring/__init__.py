"""Scoring: points by component, per question, per domain and as a whole, each with how much it can be trusted."""

from lms_core.assessment.domain.scoring.slots import SlotKey, SlotScore, rescore_slot, score_slot
from lms_core.assessment.domain.scoring.totals import (
    RULE,
    RULE_VERSION,
    SectionScore,
    is_sound,
    percent_scale,
    raw_score,
    sections,
    wilson,
)

__all__ = [
    "RULE",
    "RULE_VERSION",
    "SectionScore",
    "SlotKey",
    "SlotScore",
    "is_sound",
    "percent_scale",
    "raw_score",
    "rescore_slot",
    "score_slot",
    "sections",
    "wilson",
]
