"""A calibration of a bank as a numbered run, and what it found, in plain values that need no numpy to be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import exp
from statistics import fmean
from typing import ClassVar, Final, Literal
from uuid import UUID

from lms_core.assessment.domain.measurement.sittings import Asked
from lms_core.foundation.errors import Conflict, Unavailable
from lms_core.foundation.events import Event
from lms_core.foundation.text import Text, text

CALIBRATE_BANK: Final = "assessment.calibrate_bank"
Model = Literal["rasch", "2pl"]
State = Literal["waiting", "reading", "estimating", "done", "failed"]
STATES: Final[tuple[State, ...]] = ("waiting", "reading", "estimating", "done")
EASY_BELOW: Final = -0.85
HARD_ABOVE: Final = 0.85
"""Measured bands, in logits: seven in ten of average people answer an easy item right, three in ten a hard one."""
FITTING: Final = (0.7, 1.3)
"""Mean squares between these fit (Wright and Linacre 1994, for tests that decide something)."""
UNLIKELY: Final = 0.01
ABILITIES: Final[tuple[float, ...]] = tuple(-4 + 0.25 * step for step in range(33))
"""Where information is told, and the middles of the classes in which people are counted."""


class CalibrationRuns(Conflict):
    """One run a bank at a time."""

    code = "calibration-runs"
    default = text("A calibration of this bank is running. Wait until it is done.")


class NothingToAccept(Conflict):
    """Only what a run found can be accepted."""

    code = "nothing-to-accept"
    default = text("This run has no figures to accept. Wait until it is done, or ask for another.")


class NoNumbers(Unavailable):
    """The libraries that compute are an extra."""

    code = "no-numbers"
    default = text("Calibration needs numpy and scipy. Install them with: pip install 'lms-core[measurement]'")


@dataclass(frozen=True, slots=True)
class Difference:
    """How much harder an item is for a group than for others as able. ``group``: a language, or a campus's id.

    ``delta`` below 0 says harder, on the delta scale of ETS; ``size`` A is negligible, B moderate, C large.
    """

    kind: Literal["language", "campus"]
    group: str
    reference: int
    focal: int
    delta: float
    error: float
    size: Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True)
class ItemFound:
    """One item of a run: parameters in logits with their errors and fit, or the ``reason`` why there are none."""

    item: Asked
    answers: int
    facility: float | None
    discrimination: float | None = None
    difficulty: float | None = None
    discrimination_error: float | None = None
    difficulty_error: float | None = None
    infit: float | None = None
    outfit: float | None = None
    fit_probability: float | None = None
    reason: Text | None = None
    groups: tuple[Difference, ...] = ()

    @property
    def misfits(self) -> bool:
        """Whether somebody should look at its fit: the S-X² test says so, or its mean squares are far from 1."""
        apart = any(one is not None and not FITTING[0] <= one <= FITTING[1] for one in (self.infit, self.outfit))
        return apart or (self.fit_probability is not None and self.fit_probability < UNLIKELY)

    def information(self, ability: float) -> float:
        """What an answer tells about ``ability``: a squared P (1 - P)."""
        if self.discrimination is None or self.difficulty is None:
            return 0.0
        right = 1 / (1 + exp(-self.discrimination * (ability - self.difficulty)))
        return self.discrimination**2 * right * (1 - right)


@dataclass(frozen=True, slots=True)
class AbilitiesFound:
    """The abilities of the people by EAP. ``counts`` stand at ABILITIES; ``reliability`` is that of the estimates."""

    mean: float
    deviation: float
    error: float
    reliability: float | None
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that a run found."""

    persons: int
    items: tuple[ItemFound, ...]
    log_likelihood: float | None
    iterations: int
    converged: bool
    abilities: AbilitiesFound | None
    compared: Mapping[str, int]

    @property
    def calibrated(self) -> int:
        """How many items have parameters."""
        return sum(one.difficulty is not None for one in self.items)


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it stands. Figures are None until it is done; ``reason`` says why it failed."""

    id: UUID
    bank_id: UUID
    number: int
    model: Model
    state: State
    persons: int | None
    items: int | None
    calibrated: int | None
    log_likelihood: float | None
    iterations: int | None
    converged: bool | None
    abilities: AbilitiesFound | None
    reason: Text | None
    requested_by: UUID | None
    requested_at: datetime
    finished_at: datetime | None
    accepted_by: UUID | None = None
    accepted_at: datetime | None = None

    @property
    def running(self) -> bool:
        """Whether it is on its way."""
        return self.state not in {"done", "failed"}

    @property
    def step(self) -> int:
        """How far it is, from 0 (waiting) to 3 (done)."""
        return STATES.index(self.state) if self.state in STATES else 0


def information(items: Iterable[ItemFound]) -> Sequence[float]:
    """What the calibrated items together tell at each of ABILITIES; the standard error is one over its root."""
    usable = [one for one in items if one.difficulty is not None]
    return [sum(one.information(ability) for one in usable) for ability in ABILITIES]


def require_acceptable(run: Run) -> None:
    """Raise NothingToAccept unless the run found something."""
    if run.state != "done" or not run.calibrated:
        raise NothingToAccept


def as_wholes(found: Iterable[ItemFound]) -> Mapping[UUID, tuple[float, float]]:
    """Discrimination and difficulty of each calibrated item; those of a case are the means of its questions."""
    known: dict[UUID, list[ItemFound]] = {}
    for one in found:
        if one.discrimination is not None and one.difficulty is not None:
            known.setdefault(one.item[0], []).append(one)
    return {
        item_id: (fmean(one.discrimination or 0.0 for one in some), fmean(one.difficulty or 0.0 for one in some))
        for item_id, some in known.items()
    }


@dataclass(frozen=True, slots=True)
class CalibrationAccepted(Event):
    """What a run found is in force: forms are drawn and readiness is estimated by it."""

    name: ClassVar[str] = "assessment.calibration_accepted"

    calibration_id: UUID


@dataclass(frozen=True, slots=True)
class CalibrationRequested(Event):
    """Somebody asked for a calibration of a bank."""

    name: ClassVar[str] = "assessment.calibration_requested"

    calibration_id: UUID
