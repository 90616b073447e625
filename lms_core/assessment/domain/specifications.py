"""What an exam asks for: how many items of each domain, how long, when, how often, in which languages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final
from uuid import UUID

from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Text, Titles, text

LANGUAGES: Final = ("ko", "en")
MODES: Final = ("practice", "simulation")
LONGEST: Final = 24 * 60 * 60
MOST_ITEMS: Final = 300
_PLAIN = ("seconds", "attempts_allowed", "pass_percent", "shuffle_choices", "forms")
_MOMENTS = ("opens_at", "closes_at")


@dataclass(frozen=True, slots=True)
class Quota:
    """How many items come from one domain, with the domain's titles and its published share in percent."""

    domain: str
    items: int
    titles: Titles
    least_percent: float | None = None
    most_percent: float | None = None


@dataclass(frozen=True, slots=True)
class ExamSpecification:
    """Everything that is frozen when an exam is published.

    ``seconds`` is the limit of one attempt; ``opens_at`` and ``closes_at`` bound the window in which attempts run;
    ``pass_percent`` is our own line, None where we draw none; ``forms`` are drawn ahead when it is published.
    """

    bank_ids: tuple[UUID, ...]
    quotas: tuple[Quota, ...]
    seconds: int
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    attempts_allowed: int | None = None
    languages: tuple[str, ...] = LANGUAGES
    pass_percent: float | None = None
    shuffle_choices: bool = True
    forms: int = 4

    @property
    def total(self) -> int:
        """How many items a form has."""
        return sum(quota.items for quota in self.quotas)

    @property
    def counts(self) -> dict[str, int]:
        """How many items each domain gives."""
        return {quota.domain: quota.items for quota in self.quotas}

    def quota(self, domain: str) -> Quota | None:
        """The quota of ``domain``, if it has one."""
        return next((quota for quota in self.quotas if quota.domain == domain), None)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON, as the exam's row keeps it."""
        plain = {name: getattr(self, name) for name in _PLAIN}
        moments = {name: moment.isoformat() if (moment := getattr(self, name)) else None for name in _MOMENTS}
        quotas = [
            {
                "domain": quota.domain,
                "items": quota.items,
                "titles": {"ko": quota.titles.ko, "en": quota.titles.en},
                "percent": [quota.least_percent, quota.most_percent],
            }
            for quota in self.quotas
        ]
        lists = {"bank_ids": [str(each) for each in self.bank_ids], "languages": list(self.languages)}
        return {**plain, **moments, **lists, "quotas": quotas}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "ExamSpecification":
        """What ``to_json`` wrote."""
        plain = {name: written[name] for name in _PLAIN}
        moments: dict[str, Any] = {
            name: datetime.fromisoformat(written[name]) if written[name] else None for name in _MOMENTS
        }
        quotas = tuple(
            Quota(each["domain"], each["items"], Titles(**each["titles"]), *each["percent"])
            for each in written["quotas"]
        )
        banks = tuple(UUID(each) for each in written["bank_ids"])
        return cls(banks, quotas, languages=tuple(written["languages"]), **plain, **moments)

    def require_sound(self) -> None:
        """Raise Invalid with everything that contradicts itself, field by field."""
        found: dict[str, tuple[Text, ...]] = {}
        for name, problem in self._problems():
            found[name] = (*found.get(name, ()), problem)
        if found:
            raise Invalid(fields=found)

    def _problems(self) -> Iterator[tuple[str, Text]]:
        yield from self._problems_of_quotas()
        if not 60 <= self.seconds <= LONGEST:
            yield "seconds", text("An exam lasts between 1 minute and 24 hours.")
        if self.opens_at and self.closes_at and self.opens_at >= self.closes_at:
            yield "closes_at", text("The exam would close before it opens. Choose a later time.")
        if self.attempts_allowed is not None and self.attempts_allowed < 1:
            yield "attempts_allowed", text("Allow at least one attempt, or leave this empty for any number.")
        if not self.languages or set(self.languages) - set(LANGUAGES):
            yield "languages", text("Choose Korean, English or both.")
        if self.pass_percent is not None and not 0 < self.pass_percent <= 100:
            yield "pass_percent", text("The pass line lies between 0 and 100 percent.")
        if not 1 <= self.forms <= 20:
            yield "forms", text("Draw between 1 and 20 forms ahead.")

    def _problems_of_quotas(self) -> Iterator[tuple[str, Text]]:
        names = [quota.domain for quota in self.quotas]
        if len(set(names)) != len(names):
            yield "quotas", text("A domain stands twice. Leave one of them.")
        if any(quota.items < 0 for quota in self.quotas):
            yield "quotas", text("A domain cannot give fewer than no items.")
        if not 1 <= self.total <= MOST_ITEMS:
            yield "quotas", text("An exam has between 1 and %(most)s items.", most=MOST_ITEMS)


def counts_by_weight(ranges: Sequence[tuple[float, float]], total: int) -> tuple[int, ...]:
    """Share ``total`` items among domains by the midpoints of their published ranges.

    Midpoints are scaled to the whole, and the largest remainders get what is left (earlier domains first among
    equals): the counts sum to ``total`` and each lies within one of its exact share.
    Raises ValueError when there is no weight to share by.
    """
    middles = [(Fraction(str(least)) + Fraction(str(most))) / 2 for least, most in ranges]
    whole = sum(middles)
    if whole <= 0 or any(middle < 0 for middle in middles) or total < 0:
        raise ValueError("weights are positive and a total is not negative")
    shares = [middle * total / whole for middle in middles]
    counts = [int(share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: counts[place] - shares[place])
    for place in by_remainder[: total - sum(counts)]:
        counts[place] += 1
    return tuple(counts)
