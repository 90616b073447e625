"""Why no form can be drawn, in words: the constraint that binds and the items that are missing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lms_core.assessment.domain.specifications import ExamSpecification
from lms_core.foundation.errors import Refusal, Refused
from lms_core.foundation.text import Text, text


class SpecificationUnmet(Refused):
    """No form can meet the specification; ``reasons`` names each constraint that binds and the items missing."""

    code = "specification-unmet"
    default = text("The banks do not hold what this exam asks for.")


@dataclass(frozen=True, slots=True)
class Kind:
    """What quotas tell apart. An empty ``difficulty`` or ``type`` is every one that nothing is asked of."""

    domain: str
    difficulty: str
    type: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """The fewest items that a form lacks: ``missing`` by kind; else ``worn`` ones too few that were not shown too
    often; else ``seen`` ones too few that are new to the person.
    """

    missing: Mapping[Kind, int]
    worn: int
    seen: int

    @property
    def exists(self) -> bool:
        """Whether anything is missing."""
        return bool(self.missing or self.worn or self.seen)


def reasons_of(shortfall: Shortfall, specification: ExamSpecification, there: Mapping[str, int]) -> tuple[Refusal, ...]:
    """Each constraint that binds. ``there`` counts the items that each domain has."""
    if shortfall.missing:
        return tuple(_missing(shortfall.missing, specification, there))
    if shortfall.worn:
        reason = text(
            "%(missing)s items are missing that were shown fewer than %(most)s times.",
            missing=shortfall.worn,
            most=specification.most_exposures,
        )
        return (Refusal("exposure-short", reason),)
    reason = text(
        "%(missing)s items are missing that are new to this person: at most %(percent)s %% of a form may be known.",
        missing=shortfall.seen,
        percent=specification.overlap_percent,
    )
    return (Refusal("overlap-short", reason),)


def _missing(
    missing: Mapping[Kind, int], specification: ExamSpecification, there: Mapping[str, int]
) -> Iterator[Refusal]:
    """A domain that is too small is told as a whole; what is missing of a kind beyond that is told by its kind."""
    left = Counter(missing)
    for quota in specification.quotas:
        if there[quota.domain] < quota.items:
            yield _domain_short(quota.domain, quota.items, there[quota.domain])
            _take(left, quota.domain, quota.items - there[quota.domain])
    for kind, count in left.items():
        if count:
            yield Refusal(_code(kind), _said(kind, count))


def _take(left: Counter[Kind], domain: str, count: int) -> None:
    """Leave out ``count`` items of a domain that are told already, the broadest first."""
    for kind in sorted(left, key=lambda one: (bool(one.difficulty), bool(one.type))):
        if kind.domain == domain:
            taken = min(left[kind], count)
            left[kind] -= taken
            count -= taken


def _domain_short(domain: str, wanted: int, there: int) -> Refusal:
    reason = text(
        "The domain “%(domain)s” needs %(wanted)s items and has %(there)s: %(missing)s are missing.",
        domain=domain,
        wanted=wanted,
        there=there,
        missing=wanted - there,
    )
    return Refusal("domain-short", reason)


def _code(kind: Kind) -> str:
    if kind.difficulty and kind.type:
        return "kind-short"
    if kind.difficulty:
        return "difficulty-short"
    return "type-short" if kind.type else "others-short"


def _said(kind: Kind, missing: int) -> Text:
    values = {"domain": kind.domain, "missing": missing, "difficulty": kind.difficulty, "type": kind.type}
    if kind.difficulty and kind.type:
        return text(
            "%(missing)s items of the difficulty “%(difficulty)s” and the type “%(type)s” are missing in “%(domain)s”.",
            **values,
        )
    if kind.difficulty:
        return text("%(missing)s items of the difficulty “%(difficulty)s” are missing in “%(domain)s”.", **values)
    if kind.type:
        return text("%(missing)s items of the type “%(type)s” are missing in “%(domain)s”.", **values)
    return text(
        "%(missing)s items are missing in “%(domain)s” whose difficulty and type are not at their most.", **values
    )
