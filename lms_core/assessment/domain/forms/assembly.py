"""Which item versions stand in a form: drawn so that the specification is met, or refused with what binds.

A draw is a flow: from the form to its domains, from a domain to its difficulties, from there to the types, as many as
each asks for. The candidates are only counted for it, so that its cost hangs on the kinds of item, not on how many
there are. Where the bank falls short the flow goes by items that do not exist, at a price: those are what is missing.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from lms_core.assessment.domain.forms.flow import SINK, SOURCE, Edge, Network
from lms_core.assessment.domain.forms.refusals import Kind, Shortfall, SpecificationUnmet, reasons_of
from lms_core.assessment.domain.specifications import Bound, ExamSpecification
from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import text
from lms_core.hooks.assessment import CandidateItem, FormSelection

OTHER: Final = ""
"""Every difficulty, or type, that nothing is asked of."""

# Each outweighs any number of the one below it in a form: what must be met, an item that is missing, one that was
# shown too often, one that the person has seen, one more of a bound type than is asked for.
_MUST: Final = -(10**15)
_MISSING: Final = 10**12
_WORN: Final = 10**8
_SEEN: Final = 10**4
_SURPLUS: Final = 1


@dataclass(frozen=True, slots=True)
class _Cell:
    """Candidates that are alike to a draw."""

    kind: Kind
    cost: int
    items: tuple[CandidateItem, ...]


def assemble(candidates: Sequence[CandidateItem], specification: ExamSpecification, seed: int) -> FormSelection:
    """Draw a form: those the person has seen least, then those shown least, then by lot.

    The same arguments give the same form. Raises SpecificationUnmet.
    """
    lot = Random(seed)  # noqa: S311 a draw has to be replayable; nothing secret hangs on it
    usable = _usable(candidates, specification)
    required = _required(usable, specification)
    free = [one for one in usable if one.item_id not in specification.required]
    lot.shuffle(free)
    drawn = [one.version_id for one in (*required, *_drawn(free, required, specification))]
    lot.shuffle(drawn)
    return FormSelection(tuple(drawn))


def _usable(candidates: Sequence[CandidateItem], specification: ExamSpecification) -> list[CandidateItem]:
    """Those that may stand in it at all, in an order that does not hang on how they were read."""
    domains, excluded = specification.counts, set(specification.excluded)
    found = (one for one in candidates if one.domain in domains and one.item_id not in excluded)
    return sorted(found, key=lambda one: one.version_id)


def _required(usable: Sequence[CandidateItem], specification: ExamSpecification) -> list[CandidateItem]:
    wanted = set(specification.required)
    found = [one for one in usable if one.item_id in wanted]
    if missing := len(wanted) - len(found):
        reason = text("%(missing)s required items are not approved in the banks, or lie in no domain.", missing=missing)
        raise SpecificationUnmet(reasons=(Refusal("required-missing", reason),))
    if crowded := list(_crowded(found, specification)):
        raise SpecificationUnmet(reasons=tuple(crowded))
    return found


def _crowded(required: Sequence[CandidateItem], specification: ExamSpecification) -> Iterable[Refusal]:
    """Where the required items alone leave no room for what else is asked."""
    for quota in specification.quotas:
        mine = [one for one in required if one.domain == quota.domain]
        if not _leaves_room(quota.items, quota.difficulties, [one.difficulty for one in mine]):
            reason = text("The required items of “%(domain)s” leave no room for its quotas.", domain=quota.domain)
            yield Refusal("required-crowd", reason)
    if not _leaves_room(specification.total, specification.types, [one.type for one in required]):
        yield Refusal("required-crowd", text("The required items leave no room for the quotas of types."))


def _leaves_room(items: int, bounds: Sequence[Bound], taken: Sequence[str]) -> bool:
    there = Counter(taken)
    asked = sum(max(0, bound.least - there[bound.name]) for bound in bounds)
    over = any(bound.most is not None and there[bound.name] > bound.most for bound in bounds)
    return not over and len(taken) + asked <= items


def _drawn(
    free: Sequence[CandidateItem], required: Sequence[CandidateItem], specification: ExamSpecification
) -> list[CandidateItem]:
    plan = _Plan(free, required, specification)
    plan.network.send()
    shortfall = plan.shortfall()
    if shortfall.exists:
        raise SpecificationUnmet(reasons=reasons_of(shortfall, specification, plan.there))
    return plan.chosen()


class _Plan:
    """The network of one draw: what is still asked for beyond the required items, over the free ones."""

    def __init__(
        self, free: Sequence[CandidateItem], required: Sequence[CandidateItem], specification: ExamSpecification
    ) -> None:
        self.network = Network()
        self._specification = specification
        self._types = {bound.name for bound in specification.types}
        self._difficulties = {
            quota.domain: {bound.name for bound in quota.difficulties} for quota in specification.quotas
        }
        cells = self._cells(free)
        self.there = Counter(one.domain for one in (*free, *required))
        self._demand(required)
        self._taken = [(cell, self._between(cell.kind, len(cell.items), cell.cost)) for cell in cells]
        self._missing = [(kind, self._between(kind, specification.total, _priced(kind))) for kind in self._kinds()]

    def shortfall(self) -> Shortfall:
        """What the cheapest flow could not do without."""
        missing = {kind: edge.flow for kind, edge in self._missing if edge.flow}
        worn = sum(edge.flow for cell, edge in self._taken if cell.cost >= _WORN)
        seen = sum(edge.flow for cell, edge in self._taken if cell.cost % _WORN)
        most = self._specification.most_seen
        return Shortfall(missing, worn, 0 if most is None else max(0, seen - most))

    def chosen(self) -> list[CandidateItem]:
        """The items of the flow: of each cell those seen and shown least."""
        return [one for cell, edge in self._taken for one in cell.items[: edge.flow]]

    def _cells(self, free: Sequence[CandidateItem]) -> list[_Cell]:
        found: dict[tuple[Kind, int], list[CandidateItem]] = {}
        for one in free:
            found.setdefault((self._kind(one), self._cost(one)), []).append(one)
        return [_Cell(kind, cost, tuple(sorted(items, key=_familiar))) for (kind, cost), items in found.items()]

    def _kind(self, one: CandidateItem) -> Kind:
        difficulty = one.difficulty if one.difficulty in self._difficulties[one.domain] else OTHER
        return Kind(one.domain, difficulty, one.type if one.type in self._types else OTHER)

    def _cost(self, one: CandidateItem) -> int:
        most = self._specification.most_exposures
        worn = most is not None and one.exposures >= most
        return (_WORN if worn else 0) + (_SEEN if one.seen_by_person else 0)

    def _kinds(self) -> list[Kind]:
        return [
            Kind(domain, difficulty, kind)
            for domain, names in self._difficulties.items()
            for difficulty in (OTHER, *sorted(names))
            for kind in (OTHER, *sorted(self._types))
        ]

    def _between(self, kind: Kind, capacity: int, cost: int) -> Edge:
        return self.network.edge((kind.domain, kind.difficulty), ("type", kind.type), capacity, cost)

    def _demand(self, required: Sequence[CandidateItem]) -> None:
        domains = Counter(one.domain for one in required)
        mixes = Counter((one.domain, one.difficulty) for one in required)
        types = Counter(one.type for one in required)
        for quota in self._specification.quotas:
            left = quota.items - domains[quota.domain]
            self.network.edge(SOURCE, quota.domain, left)
            self.network.edge(quota.domain, (quota.domain, OTHER), left)
            for bound in quota.difficulties:
                had = mixes[quota.domain, bound.name]
                self._bounded(quota.domain, (quota.domain, bound.name), bound, had, surplus=0)
        self.network.edge(("type", OTHER), SINK, self._specification.total)
        for bound in self._specification.types:
            self._bounded(("type", bound.name), SINK, bound, types[bound.name], surplus=_SURPLUS)

    def _bounded(self, start: object, end: object, bound: Bound, had: int, *, surplus: int) -> None:
        least = max(0, bound.least - had)
        most = self._specification.total if bound.most is None else bound.most - had
        self.network.edge(start, end, least, _MUST)
        self.network.edge(start, end, most - least, surplus)


def meets(selection: FormSelection, candidates: Sequence[CandidateItem], specification: ExamSpecification) -> bool:
    """Whether ``selection`` draws candidates only, each item once, and breaks no constraint of the specification."""
    known = {candidate.version_id: candidate for candidate in candidates}
    if any(version_id not in known for version_id in selection.version_ids):
        return False
    drawn = [known[version_id] for version_id in selection.version_ids]
    ids = {one.item_id for one in drawn}
    if len(ids) != len(drawn) or not ids.issuperset(specification.required) or ids & set(specification.excluded):
        return False
    return _counts_met(drawn, specification) and keeps_caps(drawn, specification)


def keeps_caps(drawn: Sequence[CandidateItem], specification: ExamSpecification) -> bool:
    """Whether no item was shown too often, and not too many are known. Required items count for neither."""
    free = [one for one in drawn if one.item_id not in specification.required]
    most, seen = specification.most_exposures, sum(one.seen_by_person > 0 for one in free)
    rested = most is None or all(one.exposures < most for one in free)
    return rested and (specification.most_seen is None or seen <= specification.most_seen)


def _counts_met(drawn: Sequence[CandidateItem], specification: ExamSpecification) -> bool:
    domains = Counter(one.domain for one in drawn)
    wanted = {domain: count for domain, count in specification.counts.items() if count}
    mixes = Counter((one.domain, one.difficulty) for one in drawn)
    types = Counter(one.type for one in drawn)
    mixed = all(
        _within(bound, mixes[quota.domain, bound.name])
        for quota in specification.quotas
        for bound in quota.difficulties
    )
    return domains == wanted and mixed and all(_within(bound, types[bound.name]) for bound in specification.types)


def _within(bound: Bound, count: int) -> bool:
    return bound.least <= count and (bound.most is None or count <= bound.most)


def _familiar(one: CandidateItem) -> tuple[int, int]:
    return (one.seen_by_person, one.exposures)


def _priced(kind: Kind) -> int:
    # Where it makes no difference, what is missing is named as broadly as it can be.
    return _MISSING + (kind.difficulty != OTHER) + (kind.type != OTHER)
