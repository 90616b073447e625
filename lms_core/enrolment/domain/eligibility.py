"""Who may apply, and from when: a dated rule over plain facts, so that any past verdict can be replayed."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lms_core.foundation.errors import Refusal
from lms_core.foundation.policy import Decision, Policy, RuleVersion
from lms_core.foundation.text import Text, text

APPLICATION = "application"
ACCEPTANCE = "acceptance"
# Where staff may make an exception, with a reason that is kept.
OVERRIDABLE = frozenset({"courses"})
ANNOUNCEMENT = (
    "Seoul Metropolitan Government, Seoul Youth Employment Academy 2.0, announced 2025-11-11; "
    "https://news.seoul.go.kr/economy/archives/569635 (checked 2026-11-22)"
)


@dataclass(frozen=True, slots=True)
class Reenrolment:
    """How often a person may take a course: at most so many in a lifetime, so many months after the last one's end."""

    most_courses: int | None = None
    months_after: int | None = None


@dataclass(frozen=True, slots=True)
class PastCourse:
    """A course somebody has or had a place in: its days, and the day they left it, if they did."""

    cohort_id: UUID
    starts_on: date
    ends_on: date
    left_on: date | None = None

    @property
    def last_day(self) -> date:
        """The last day the person took part, by the calendar of the course."""
        return self.ends_on if self.left_on is None else min(self.ends_on, self.left_on)

    @property
    def taken(self) -> bool:
        """Whether it counts as taken: whoever leaves before the first day has taken nothing."""
        return self.left_on is None or self.left_on >= self.starts_on


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition as a person reads it: what is asked, whether it is met, and if not, why."""

    code: str
    title: Text
    met: bool
    reasons: tuple[Text, ...] = ()


CRITERIA: Mapping[str, Text] = {
    "window": text("Applications are open"),
    "applied": text("You have not applied to this cohort yet"),
    "elsewhere": text("You have no place in another course on these days"),
    "courses": text("You may take another course"),
}


def gather(
    occasion: str,
    today: date,
    now: datetime,
    cohort: Mapping[str, Any],
    past: tuple[PastCourse, ...],
    *,
    applied: bool,
) -> dict[str, Any]:
    """The facts that the rule judges, as JSON values. ``cohort``: id, state, opens, closes, starts_on, ends_on."""
    clash = clashes(past, cohort["id"], cohort["starts_on"], cohort["ends_on"])
    taken = [one for one in past if one.taken and one.starts_on <= today and one.cohort_id != cohort["id"]]
    over = [one.last_day for one in taken if one.last_day < today]
    return {
        "occasion": occasion,
        "today": today.isoformat(),
        "now": now.isoformat(),
        "state": cohort["state"],
        "opens": cohort["opens"].isoformat(),
        "closes": cohort["closes"].isoformat(),
        "starts_on": cohort["starts_on"].isoformat(),
        "ends_on": cohort["ends_on"].isoformat(),
        "applied": applied,
        "elsewhere_until": max(one.ends_on for one in clash).isoformat() if clash else None,
        "courses_taken": len(taken),
        "last_course_ended_on": max(over).isoformat() if over else None,
    }


def judge(rule: Reenrolment, facts: Mapping[str, Any]) -> tuple[Refusal, ...]:
    """Every reason against, each under the code of its criterion. The window binds applicants, not staff."""
    return (*_window(facts), *_once(facts), *_elsewhere(facts), *_courses(rule, facts))


def criteria(decision: Decision) -> tuple[Criterion, ...]:
    """All conditions with what was found, in the order in which people read them."""
    reasons: dict[str, tuple[Text, ...]] = {}
    for refusal in decision.reasons:
        reasons[refusal.code] = (*reasons.get(refusal.code, ()), refusal.reason)
    return tuple(Criterion(code, title, code not in reasons, reasons.get(code, ())) for code, title in CRITERIA.items())


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def clashes(past: Iterable[PastCourse], cohort_id: UUID, starts_on: date, ends_on: date) -> tuple[PastCourse, ...]:
    """Places in other cohorts that are held on the same days."""
    held = (one for one in past if one.left_on is None and one.cohort_id != cohort_id)
    return tuple(one for one in held if one.starts_on <= ends_on and starts_on <= one.ends_on)


def elsewhere(past: Iterable[PastCourse], cohort_id: UUID, starts_on: date, ends_on: date) -> tuple[Refusal, ...]:
    """The reason against a place on days on which one is held elsewhere: never to be broken, by nobody's exception."""
    held = clashes(past, cohort_id, starts_on, ends_on)
    return (_held_until(max(one.ends_on for one in held)),) if held else ()


def _window(facts: Mapping[str, Any]) -> Iterator[Refusal]:
    if facts["state"] == "cancelled":
        yield Refusal("window", text("This cohort was cancelled."))
    elif facts["occasion"] != APPLICATION:
        return
    elif facts["state"] != "open":
        yield Refusal("window", text("This cohort takes no applications."))
    elif facts["now"] < facts["opens"]:
        yield Refusal("window", text("You can apply from %(moment)s.", moment=datetime.fromisoformat(facts["opens"])))
    elif facts["now"] >= facts["closes"]:
        said = text("Applications ended on %(moment)s.", moment=datetime.fromisoformat(facts["closes"]))
        yield Refusal("window", said)


def _once(facts: Mapping[str, Any]) -> Iterator[Refusal]:
    if facts["occasion"] == APPLICATION and facts["applied"]:
        yield Refusal("applied", text("You have applied already. See your applications."))


def _elsewhere(facts: Mapping[str, Any]) -> Iterator[Refusal]:
    if facts["elsewhere_until"]:
        yield _held_until(date.fromisoformat(facts["elsewhere_until"]))


def _held_until(day: date) -> Refusal:
    return Refusal("elsewhere", text("There is already a place in another course until %(day)s.", day=day))


def _courses(rule: Reenrolment, facts: Mapping[str, Any]) -> Iterator[Refusal]:
    if rule.most_courses is not None and facts["courses_taken"] >= rule.most_courses:
        yield Refusal("courses", text("A person can take %(most)s courses in all.", most=rule.most_courses))
    if rule.months_after is not None and facts["last_course_ended_on"]:
        last = date.fromisoformat(facts["last_course_ended_on"])
        again = months_after(last, rule.months_after)
        if date.fromisoformat(facts["today"]) < again:
            said = text("The last course ended on %(last)s. You can apply again from %(day)s.", last=last, day=again)
            yield Refusal("courses", said)


ELIGIBILITY: Policy[Reenrolment] = Policy(
    "enrolment.eligibility",
    (
        # From before the first cohort of the programme on.
        RuleVersion("1", date(2020, 1, 1), Reenrolment(most_courses=2), f"abolished by {ANNOUNCEMENT}"),
        RuleVersion("2", date(2026, 1, 1), Reenrolment(months_after=12), ANNOUNCEMENT),
    ),
    judge,
)
