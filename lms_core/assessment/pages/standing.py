"""Where a person stands with an exam: whether it can be begun, why not, and what the attempts so far earned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt, Before, reasons_against
from lms_core.assessment.domain.results import Result
from lms_core.assessment.service import AttemptService, ExamListed, ResultService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Refusal
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.web import provide

LATELY = 100
State = Literal["running", "open", "later", "over"]


@dataclass(frozen=True, slots=True)
class Tried:
    """An attempt with what it earned, once it has."""

    attempt: Attempt
    result: Result | None

    @property
    def percent(self) -> float:
        """The share of the points, from 0 to 100: what attempts are compared by."""
        if self.result is None or not self.result.possible:
            return 0.0
        return 100 * self.result.points / self.result.possible


@dataclass(frozen=True, slots=True)
class Standing:
    """An exam for one person. ``left`` is None where any number of attempts is allowed; ``tried`` is newest first."""

    listed: ExamListed
    state: State
    reasons: tuple[Refusal, ...]
    tried: tuple[Tried, ...]

    @property
    def left(self) -> int | None:
        """How many attempts remain."""
        allowed = self.listed.exam.specification.attempts_allowed
        return None if allowed is None else max(0, allowed - self.listed.sat.count)

    @property
    def last(self) -> Tried | None:
        """The newest attempt that was graded."""
        return next((one for one in self.tried if one.result), None)


def standings(actor: Actor, listed: Sequence[ExamListed], now: datetime) -> list[Standing]:
    """Each exam with the person's own attempts: two queries more, however many exams there are."""
    tried = attempts_of(actor, "")
    return [_standing(one, tried.get(one.exam.id, ()), now) for one in listed]


def standing(actor: Actor, listed: ExamListed, now: datetime) -> Standing:
    """One exam with the person's own attempts."""
    exam_id = listed.exam.id
    return _standing(listed, attempts_of(actor, str(exam_id)).get(exam_id, ()), now)


def attempts_of(actor: Actor, exam_id: str) -> Mapping[UUID, tuple[Tried, ...]]:
    """The person's latest attempts by exam, the newest first; only those at ``exam_id`` if it is given."""
    wanted = PageRequest(size=LATELY, filters=(("exam", exam_id),))
    attempts = provide(AttemptService).mine(actor, wanted).items
    results = provide(ResultService).of(actor, attempts)
    found: dict[UUID, tuple[Tried, ...]] = {}
    for one in attempts:
        found[one.exam_id] = (*found.get(one.exam_id, ()), Tried(one, results.get(one.id)))
    return found


def _standing(listed: ExamListed, tried: tuple[Tried, ...], now: datetime) -> Standing:
    exam, sat = listed.exam, listed.sat
    reasons = reasons_against(exam.state, exam.specification, Before(sat.count, sat.open_id), now)
    return Standing(listed, _state(listed, reasons, now), reasons, tried)


def _state(listed: ExamListed, reasons: tuple[Refusal, ...], now: datetime) -> State:
    opens_at = listed.exam.specification.opens_at
    if listed.sat.open_id is not None:
        return "running"
    if reasons:
        return "over"
    return "later" if opens_at is not None and now < opens_at else "open"
