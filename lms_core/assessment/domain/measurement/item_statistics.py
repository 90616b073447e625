"""Classical statistics of items that not everybody was given, in plain Python.

Forms are drawn, so the criterion is the share of points a person earned on what they were given; for the corrected
correlation, on everything but the item itself (Crocker and Algina 1986, chapter 14). Figures are for each person's
first simulation.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final, Literal, NamedTuple

from lms_core.assessment.domain.measurement import classical, intervals
from lms_core.assessment.domain.measurement.intervals import Interval
from lms_core.assessment.domain.measurement.sittings import Asked, Sitting

FEWEST: Final = 5
"""Below so many answers nothing is told: figures of two or three people are those people."""
SMALL: Final = 30
"""Below so many answers figures are shown with a warning."""
FLAT: Final = 0.1
IDLE: Final = 0.02
EASY: Final = 0.95
HARD: Final = 0.2
GROUPS: Final = 5

Remark = Literal["small", "negative", "flat", "key", "easy", "hard", "idle"]


@dataclass(frozen=True, slots=True)
class ChoiceCurve:
    """One choice: by whom it was picked. ``fifths`` run from the weakest fifth of the people to the strongest."""

    name: str
    correct: bool
    share: float
    fifths: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What the answers say of one item. Correlations are None where nothing varies.

    ``seconds`` is the median of the time that went by until the answer was saved; None where nothing was saved.
    """

    item: Asked
    answers: int
    facility: float
    discrimination_index: float | None
    item_total: float | None
    item_rest: float | None
    choices: tuple[ChoiceCurve, ...]
    remarks: tuple[Remark, ...]
    seconds: float | None = None

    @property
    def facility_interval(self) -> Interval | None:
        """Where the facility probably lies."""
        return intervals.of_share(self.facility, self.answers)

    @property
    def item_rest_interval(self) -> Interval | None:
        """Where the corrected correlation probably lies."""
        return intervals.of_correlation(self.item_rest, self.answers)

    @property
    def doubtful(self) -> bool:
        """Whether somebody should look at it; too few answers alone say nothing about the item."""
        return bool(set(self.remarks) - {"small"})


@dataclass(frozen=True, slots=True)
class Reliability:
    """How a form measures: ``alpha`` is KR-20 where items are right or wrong; ``error`` is in points."""

    persons: int
    items: int
    mean: float
    alpha: float | None
    error: float | None

    @property
    def alpha_interval(self) -> Interval | None:
        """Where the reliability probably lies."""
        return intervals.of_alpha(self.alpha, self.persons, self.items)


class Choices(NamedTuple):
    """The choices of an item by the author's names, and which of them are right."""

    names: tuple[str, ...]
    right: frozenset[str]


def item_statistics(sittings: Sequence[Sitting], choices: Mapping[Asked, Choices]) -> list[ItemStatistics]:
    """Every item that at least FEWEST people answered, by its name."""
    given: defaultdict[Asked, list[Sitting]] = defaultdict(list)
    for one in sorted(sittings, key=lambda sitting: sitting.total):
        for item in one.scores:
            given[item].append(one)
    return [_measured(item, there, choices.get(item)) for item, there in sorted(given.items()) if len(there) >= FEWEST]


def reliabilities(sittings: Sequence[Sitting]) -> list[Reliability]:
    """One for each form that at least FEWEST people were given as a whole, the most used first."""
    forms: defaultdict[object, list[Sitting]] = defaultdict(list)
    for one in sittings:
        forms[one.form_id].append(one)
    used = sorted(forms.values(), key=len, reverse=True)
    return [found for found in map(_reliability, used) if found]


def _reliability(sittings: Sequence[Sitting]) -> Reliability | None:
    items = sorted({item for one in sittings for item in one.scores})
    rows = [[one.scores[item] for item in items] for one in sittings if len(one.scores) == len(items)]
    if len(rows) < FEWEST:
        return None
    mean = sum(map(sum, rows)) / len(rows)
    return Reliability(len(rows), len(items), mean, classical.alpha(rows), classical.measurement_error(rows))


def _measured(item: Asked, ordered: Sequence[Sitting], choices: Choices | None) -> ItemStatistics:
    scores = [one.scores[item] for one in ordered]
    facility = sum(scores) / len(scores)
    rest = classical.correlation(scores, [_rest(one, item) for one in ordered])
    curves = tuple(_curve(name, choices, item, ordered) for name in choices.names) if choices else ()
    total = classical.correlation(scores, [one.total for one in ordered])
    index = _index(scores)
    remarks = _remarks(len(scores), facility, rest, curves)
    times = [one.seconds[item] for one in ordered if item in one.seconds]
    seconds = median(times) if times else None
    return ItemStatistics(item, len(scores), facility, index, total, rest, curves, remarks, seconds)


def _rest(one: Sitting, item: Asked) -> float:
    others = len(one.scores) - 1
    return (sum(one.scores.values()) - one.scores[item]) / others if others else 0.0


def _index(ordered: Sequence[float]) -> float | None:
    """Upper minus lower 27 % of those who were given the item, ``ordered`` by what they earned as a whole."""
    size = round(len(ordered) * classical.TAIL)
    return (sum(ordered[-size:]) - sum(ordered[:size])) / size if size else None


def _curve(name: str, choices: Choices, item: Asked, ordered: Sequence[Sitting]) -> ChoiceCurve:
    picks = [float(name in one.picked.get(item, ())) for one in ordered]
    bounds = [len(picks) * part // GROUPS for part in range(GROUPS + 1)]
    fifths = tuple(sum(picks[low:high]) / (high - low) for low, high in pairwise(bounds))
    return ChoiceCurve(name, name in choices.right, sum(picks) / len(picks), fifths)


def _remarks(answers: int, facility: float, rest: float | None, curves: Sequence[ChoiceCurve]) -> tuple[Remark, ...]:
    found: list[Remark] = []
    if answers < SMALL:
        return ("small",)
    if rest is not None and rest < 0:
        found.append("negative")
    elif rest is not None and rest < FLAT:
        found.append("flat")
    right = [one.fifths[-1] for one in curves if one.correct]
    wrong = [one for one in curves if not one.correct]
    if len(right) == 1 and any(one.fifths[-1] > right[0] for one in wrong):
        found.append("key")
    if facility > EASY:
        found.append("easy")
    elif facility < HARD:
        found.append("hard")
    if any(one.share < IDLE for one in wrong) and facility <= EASY:
        found.append("idle")
    return tuple(found)
