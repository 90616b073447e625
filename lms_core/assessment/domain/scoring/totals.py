"""What slots earn together: by domain and as a whole, with intervals, and the core's own scale."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.scoring.slots import SlotScore
from lms_core.foundation.text import text
from lms_core.hooks.assessment import RawScore, ScaledScore

RULE: Final = "assessment.scoring"
RULE_VERSION: Final = "2026-11"
Z95: Final = 1.959963984540054


@dataclass(frozen=True, slots=True)
class SectionScore:
    """What one domain earned: the share in percent with its interval of 95 % over ``items`` questions."""

    domain: str
    points: float
    possible: float
    items: int
    percent: float
    low: float
    high: float


def raw_score(exam_id: UUID, certification: str, slots: Iterable[SlotScore]) -> RawScore:
    """Everything that counts, summed as a whole and by domain. What waits for a person's mark does not count yet."""
    counted = [slot for slot in slots if slot.scored and not slot.waits]
    domains: dict[str, tuple[float, float, int]] = {}
    for slot in counted:
        points, possible, items = domains.get(slot.domain, (0.0, 0.0, 0))
        domains[slot.domain] = (points + slot.points, possible + slot.possible, items + 1)
    points, possible = sum(slot.points for slot in counted), sum(slot.possible for slot in counted)
    return RawScore(exam_id, certification, float(points), float(possible), len(counted), domains)


def sections(raw: RawScore, order: Sequence[str]) -> tuple[SectionScore, ...]:
    """The score of each domain, in ``order`` first."""
    names = [*(name for name in order if name in raw.domains), *(name for name in raw.domains if name not in order)]
    return tuple(_section(name, *raw.domains[name]) for name in names)


def _section(domain: str, points: float, possible: float, items: int) -> SectionScore:
    low, high = wilson(points, possible, items)
    share = points / possible if possible else 0.0
    return SectionScore(domain, points, possible, items, _percent(share), _percent(low), _percent(high))


def wilson(points: float, possible: float, items: int) -> tuple[float, float]:
    """The Wilson interval of 95 % for the share reached, from ``items`` questions (0 to 1; all of it for none)."""
    if not items or not possible:
        return 0.0, 1.0
    share, square = points / possible, Z95 * Z95
    middle = (share + square / (2 * items)) / (1 + square / items)
    half = Z95 * sqrt(share * (1 - share) / items + square / (4 * items * items)) / (1 + square / items)
    # Rounding may push an end past the share itself, which it always contains.
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def percent_scale(raw: RawScore, line: float | None) -> ScaledScore:
    """The core's own scale: percent of the points, with our own line where one is drawn."""
    share = raw.points / raw.possible if raw.possible else 0.0
    low, high = wilson(raw.points, raw.possible, raw.items)
    passed = None if line is None else share * 100 >= line
    label = text("Our practice estimate in percent of the points, over %(items)s questions.", items=raw.items)
    return ScaledScore(
        _percent(share), _percent(low), _percent(high), 0.0, 100.0, line, passed, raw.items, "percent", label
    )


def is_sound(scaled: ScaledScore) -> bool:
    """Whether a scaled score lies in its own range and interval, so that it may be shown."""
    return scaled.least <= scaled.low <= scaled.value <= scaled.high <= scaled.most


def _percent(share: float) -> float:
    return round(share * 100, 1)
