"""Dated rules, and decisions that can be explained and replayed for any past moment."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from lms_core.foundation.errors import Refusal

Parameters = TypeVar("Parameters")
SEOUL = ZoneInfo("Asia/Seoul")


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with everything needed to explain it: the reasons, the rule's version, the facts, the time."""

    verdict: bool
    reasons: tuple[Refusal, ...]
    rule: str
    rule_version: str
    facts: Mapping[str, Any]
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class RuleVersion(Generic[Parameters]):
    """The parameters a rule has from ``effective_from`` on, until a later version takes over."""

    version: str
    effective_from: date
    parameters: Parameters
    source: str = ""


@dataclass(frozen=True, slots=True)
class Policy(Generic[Parameters]):
    """A named rule with all its dated versions. ``judge`` is pure: parameters and facts in, refusals out."""

    rule: str
    versions: Sequence[RuleVersion[Parameters]]
    judge: Callable[[Parameters, Mapping[str, Any]], tuple[Refusal, ...]]
    # Whose calendar the versions' dates are of: a rule of January begins at midnight here, not in Greenwich.
    zone: tzinfo = SEOUL

    def version_at(self, moment: datetime) -> RuleVersion[Parameters]:
        """The version in force at ``moment``, which is aware. Raises LookupError before the first one."""
        day = moment.astimezone(self.zone).date()
        in_force = [one for one in self.versions if one.effective_from <= day]
        if not in_force:
            raise LookupError(f"no version of {self.rule} is in force on {day}")
        return max(in_force, key=lambda one: one.effective_from)

    def decide(self, facts: Mapping[str, Any], moment: datetime) -> Decision:
        """Judge ``facts`` by the version in force at ``moment``."""
        version = self.version_at(moment)
        reasons = self.judge(version.parameters, facts)
        return Decision(not reasons, reasons, self.rule, version.version, facts, moment)
