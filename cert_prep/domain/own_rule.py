"""The academy's own rule about sitting again: versions that it dates and gives reasons for, beside the vendors'."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from cert_prep.domain.retakes import Outlook, earliest, outlook_by
from cert_prep.hooks import RetakeLimits
from lms_core.foundation.errors import Refusal
from lms_core.foundation.policy import Policy, RuleVersion
from lms_core.foundation.text import Text, Titles, text

NAME: Final = "academy-retake"
_LINE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)\s*\|\s*(?P<waits>\d{1,3}(?:\s*,\s*\d{1,3})*)\s*\|\s*(?P<most>[1-9]\d?)\s*"
    r"\|\s*(?P<months>[1-9]\d?)\s*\|\s*(?P<ko>[^|]+?)\s*\|\s*(?P<en>[^|]+?)"
)


@dataclass(frozen=True, slots=True)
class OwnLimits:
    """What the academy asks for from ``day`` on, and why."""

    limits: RetakeLimits
    why: Titles
    day: date


OwnVersions = Sequence[RuleVersion[OwnLimits]]


class UnreadableRule(ValueError):
    """A line that is no version of the rule."""

    def __init__(self, line: int) -> None:
        """Keep which line, from 1."""
        super().__init__(f"line {line}")
        self.reason: Text = text(
            "Line %(line)s is no rule. Write: 2026-03-01 | 3, 7 | 5 | 12 | reason in Korean | reason in English. "
            "Each day may stand there once.",
            line=line,
        )


def versions_of(written: str) -> OwnVersions:
    """The versions in force from their days on, a line each. Raises UnreadableRule."""
    return tuple(_versions(written))


def _versions(written: str) -> Iterator[RuleVersion[OwnLimits]]:
    known: set[date] = set()
    for number, line in enumerate(written.splitlines(), start=1):
        if not line.strip():
            continue
        version = _version(line.strip(), number)
        if version.effective_from in known:
            raise UnreadableRule(number)
        known.add(version.effective_from)
        yield version


def _version(line: str, number: int) -> RuleVersion[OwnLimits]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise UnreadableRule(number)
    try:
        day = date.fromisoformat(found["day"])
    except ValueError as no_day:
        raise UnreadableRule(number) from no_day
    waits = tuple(timedelta(days=int(days)) for days in found["waits"].split(","))
    limits = RetakeLimits(waits, int(found["most"]), int(found["months"]), "now")
    return RuleVersion(found["day"], day, OwnLimits(limits, Titles(found["ko"], found["en"]), day))


def own_outlook(versions: OwnVersions, earlier: Sequence[datetime], now: datetime) -> Outlook | None:
    """Where somebody with these ``earlier`` simulations stands with the academy's rule; None before its first day."""
    own = Policy(NAME, versions, _judge)
    try:
        version = own.version_at(now)
    except LookupError:
        return None
    decision = own.decide({"now": now, "earlier": tuple(sorted(earlier))}, now)
    return outlook_by(version.parameters.limits, decision)


def _judge(own: OwnLimits, facts: Mapping[str, Any]) -> tuple[Refusal, ...]:
    next_at = earliest(own.limits, facts["earlier"], facts["now"])
    if next_at <= facts["now"]:
        return ()
    reason = text(
        "The academy's own rule of %(day)s: %(why)s The next simulation is possible from %(earliest)s. "
        "Practice is open at any time.",
        day=own.day,
        why=own.why,
        earliest=next_at,
    )
    return (Refusal("retake-own-rule", reason),)
