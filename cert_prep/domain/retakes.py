"""Sitting again: a vendor's dated rule, decided on the moments of earlier attempts, with the earliest next date."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cert_prep.hooks import Certification, RetakeLimits, RetakeRule
from lms_core.foundation.errors import Refusal
from lms_core.foundation.policy import Decision, Policy
from lms_core.foundation.text import text

# Practice is free: only a simulation is sat under the vendor's rules.
RULED_MODE = "simulation"


def decide(certification: Certification, earlier: Sequence[datetime], now: datetime) -> Decision | None:
    """Whether a simulation may begin ``now``; None where we know of no rule that is in force."""
    rule = certification.retake
    if rule is None or not any(version.effective_from <= now.date() for version in rule.versions):
        return None
    facts = {"vendor": certification.vendor, "now": now, "earlier": tuple(sorted(earlier))}
    return policy(rule).decide(facts, now)


def told(decision: Decision) -> dict[str, Any]:
    """A decision as plain JSON, as it is kept: rule and version, facts, verdict, and when it was made."""
    facts = {"earlier": [one.isoformat() for one in decision.facts["earlier"]]}
    ruled = {"rule": decision.rule, "rule_version": decision.rule_version, "verdict": decision.verdict}
    return {**ruled, "facts": facts, "decided_at": decision.decided_at.isoformat()}


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where somebody stands with a rule.

    ``next_at``: from when another simulation may begin. ``left``: how many more the window holds that runs until
    ``window_ends`` (None: none runs). ``decision`` says why, by which version of which rule.
    """

    next_at: datetime
    left: int
    window_ends: datetime | None
    decision: Decision


def outlook(certification: Certification, earlier: Sequence[datetime], now: datetime) -> Outlook | None:
    """What the rule of a credential means for somebody with these ``earlier`` attempts; None without a rule."""
    decision = decide(certification, earlier, now)
    if decision is None or certification.retake is None:
        return None
    return outlook_by(policy(certification.retake).version_at(now).parameters, decision)


def outlook_by(limits: RetakeLimits, decision: Decision) -> Outlook:
    """What a decision by these limits means for what comes next."""
    earlier, now = decision.facts["earlier"], decision.decided_at
    counted = _counted(limits, earlier, now)
    ends = add_months(counted[0], limits.window_months) if counted else None
    return Outlook(earliest(limits, earlier, now), limits.attempts - len(counted), ends, decision)


def strictest(outlooks: Sequence[Outlook]) -> Outlook | None:
    """The one that lets the next simulation begin last, and of those the one with the fewest left."""
    return max(outlooks, key=lambda one: (one.next_at, -one.left), default=None)


def policy(rule: RetakeRule) -> Policy[RetakeLimits]:
    """The rule as a policy whose every version can be replayed."""
    return Policy(rule.name, rule.versions, _judge)


def _judge(limits: RetakeLimits, facts: Mapping[str, Any]) -> tuple[Refusal, ...]:
    now, earlier = facts["now"], facts["earlier"]
    next_at = earliest(limits, earlier, now)
    if next_at <= now:
        return ()
    if len(_counted(limits, earlier, now)) >= limits.attempts:
        reason = text(
            "%(vendor)s allows %(most)s attempts in %(months)s months, and a simulation keeps to that. "
            "The next one is possible from %(earliest)s. Practice is open at any time.",
            vendor=facts["vendor"],
            most=limits.attempts,
            months=limits.window_months,
            earliest=next_at,
        )
        return (Refusal("retake-limit", reason),)
    reason = text(
        "%(vendor)s asks for a wait between attempts, and a simulation keeps to that. "
        "The next one is possible from %(earliest)s. Practice is open at any time.",
        vendor=facts["vendor"],
        earliest=next_at,
    )
    return (Refusal("retake-wait", reason),)


def earliest(limits: RetakeLimits, earlier: Sequence[datetime], now: datetime) -> datetime:
    """The first moment from ``now`` on at which another attempt may begin; ``earlier`` is in order."""
    # Nothing changes but where a wait ends or an attempt falls out of its window.
    ends = [add_months(one, limits.window_months) for one in earlier]
    ends += [earlier[-1] + wait for wait in limits.waits] if earlier else []
    turns = sorted({now, *(end for end in ends if end > now)})
    return next(turn for turn in turns if _allowed(limits, earlier, turn))


def _allowed(limits: RetakeLimits, earlier: Sequence[datetime], moment: datetime) -> bool:
    counted = _counted(limits, earlier, moment)
    if not counted:
        return True
    wait = limits.waits[min(len(counted), len(limits.waits)) - 1]
    return len(counted) < limits.attempts and counted[-1] + wait <= moment


def _counted(limits: RetakeLimits, earlier: Sequence[datetime], now: datetime) -> Sequence[datetime]:
    """The attempts whose window is still open."""
    if limits.window_from == "now":
        return [one for one in earlier if add_months(one, limits.window_months) > now]
    window: list[datetime] = []
    for one in earlier:
        if window and one >= add_months(window[0], limits.window_months):
            window = []
        window.append(one)
    return window if window and add_months(window[0], limits.window_months) > now else []


def add_months(moment: datetime, months: int) -> datetime:
    """The same day ``months`` later, or the last one of a shorter month."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
