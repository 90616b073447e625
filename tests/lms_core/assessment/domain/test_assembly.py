"""Every constraint holds in every form, and what cannot be drawn is named as trying everything would name it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.forms import SpecificationUnmet, assemble, meets
from lms_core.assessment.domain.forms.flow import SINK, SOURCE, Network
from lms_core.assessment.domain.specifications import Bound, ExamSpecification, Quota
from lms_core.foundation.text import Titles
from lms_core.hooks.assessment import CandidateItem, FormSelection

DOMAINS, DIFFICULTIES, TYPES = ("a", "b"), ("easy", "hard"), ("choice", "hotspot")
NO_TITLES = Titles("", "")


@dataclass(frozen=True)
class Asked:
    """A bank and what is drawn from it."""

    bank: tuple[CandidateItem, ...]
    specification: ExamSpecification


def item(number: int, *facts: object) -> CandidateItem:
    domain, difficulty, exposures, seen, kind = facts
    return CandidateItem(UUID(int=number), UUID(int=900 + number), domain, difficulty, exposures, seen, kind)  # type: ignore[arg-type]


@st.composite
def bounds(draw: st.DrawFn, names: Sequence[str], items: int) -> tuple[Bound, ...]:
    found, left = [], items
    for name in draw(st.lists(st.sampled_from(names), unique=True)):
        least = draw(st.integers(0, min(left, 2)))
        left -= least
        found.append(Bound(name, least, draw(st.none() | st.integers(least, 3))))
    return tuple(found)


@st.composite
def asked(draw: st.DrawFn, most_items: int = 8) -> Asked:
    facts = st.tuples(
        st.sampled_from((*DOMAINS, "elsewhere")),
        st.sampled_from((*DIFFICULTIES, "")),
        st.integers(0, 3),
        st.integers(0, 1),
        st.sampled_from((*TYPES, "order")),
    )
    bank = [item(number, *one) for number, one in enumerate(draw(st.lists(facts, max_size=most_items)))]
    counts = draw(st.lists(st.integers(0, 3), min_size=1, max_size=2).filter(any))
    quotas = [
        Quota(domain, count, NO_TITLES, difficulties=draw(bounds(DIFFICULTIES, count)))
        for domain, count in zip(DOMAINS, counts, strict=False)
    ]
    ids = st.lists(st.sampled_from([one.item_id for one in bank]), unique=True, max_size=2) if bank else st.just([])
    required = draw(ids)[: sum(counts)]
    specification = ExamSpecification(
        (),
        tuple(quotas),
        600,
        types=draw(bounds(TYPES, sum(counts))),
        required=tuple(required),
        excluded=tuple(one for one in draw(ids) if one not in required),
        most_exposures=draw(st.none() | st.integers(1, 3)),
        overlap_percent=draw(st.none() | st.sampled_from((0, 20, 50, 100))),
    )
    return Asked(tuple(bank), specification)


def possible(bank: Sequence[CandidateItem], specification: ExamSpecification) -> bool:
    """Whether some form meets the specification, by trying them all."""
    return any(lawful(chosen, specification) for chosen in combinations(bank, specification.total))


def lawful(chosen: Sequence[CandidateItem], asked: ExamSpecification) -> bool:
    """The rules once more, one by one and unlike the code that draws."""
    ids = {one.item_id for one in chosen}
    if not set(asked.required) <= ids or set(asked.excluded) & ids:
        return False
    if Counter(one.domain for one in chosen) != Counter(
        {each.domain: each.items for each in asked.quotas if each.items}
    ):
        return False
    groups = [
        (bound, [one for one in chosen if one.domain == each.domain and one.difficulty == bound.name])
        for each in asked.quotas
        for bound in each.difficulties
    ]
    groups += [(bound, [one for one in chosen if one.type == bound.name]) for bound in asked.types]
    if any(len(one) < bound.least or len(one) > (99 if bound.most is None else bound.most) for bound, one in groups):
        return False
    drawn = [one for one in chosen if one.item_id not in asked.required]
    if asked.most_exposures is not None and any(one.exposures >= asked.most_exposures for one in drawn):
        return False
    known = len([one for one in drawn if one.seen_by_person])
    return asked.overlap_percent is None or known * 100 <= asked.total * asked.overlap_percent


def refusals(one: Asked) -> list[tuple[str, int]]:
    """The codes of the refusal with the items missing."""
    with pytest.raises(SpecificationUnmet) as refused:
        assemble(one.bank, one.specification, 1)
    return [(each.code, each.reason.values.get("missing", 0)) for each in refused.value.reasons]


def with_more(one: Asked, count: int) -> bool:
    """Whether ``count`` items more, of whatever kinds, make a form possible."""
    if not count:
        return possible(one.bank, one.specification)
    kinds = [
        (domain, mix, 0, 0, kind) for domain in DOMAINS for mix in (*DIFFICULTIES, "") for kind in (*TYPES, "order")
    ]
    number = len(one.bank) + 100 + count
    return any(with_more(replace(one, bank=(*one.bank, item(number, *kind))), count - 1) for kind in kinds)


@given(asked(), st.integers(0, 2**62))
def test_a_form_is_drawn_exactly_where_one_is_possible_and_every_constraint_holds_in_it(one: Asked, seed: int) -> None:
    if not possible(one.bank, one.specification):
        assert refusals(one)
        return
    drawn = assemble(one.bank, one.specification, seed)
    known = {each.version_id: each for each in one.bank}

    assert lawful([known[each] for each in drawn.version_ids], one.specification)
    assert meets(drawn, one.bank, one.specification)
    assert drawn == assemble(one.bank[::-1], one.specification, seed)


@given(asked())
def test_what_a_plugin_chose_is_taken_exactly_where_it_is_lawful(one: Asked) -> None:
    for chosen in combinations(one.bank, one.specification.total):
        selection = FormSelection(tuple(each.version_id for each in chosen))
        assert meets(selection, one.bank, one.specification) == lawful(chosen, one.specification)


@given(asked(most_items=5))
def test_as_many_items_are_named_missing_as_are_needed_and_no_fewer_do(one: Asked) -> None:
    free = replace(
        one, specification=replace(one.specification, most_exposures=None, overlap_percent=None, required=())
    )
    if possible(free.bank, free.specification):
        return
    codes = refusals(free)
    missing = sum(count for _, count in codes)

    assert {code for code, _ in codes} <= {
        "domain-short",
        "difficulty-short",
        "type-short",
        "kind-short",
        "others-short",
    }
    assert missing > 2 or with_more(free, missing)
    assert not with_more(free, min(missing, 3) - 1)


@given(asked())
def test_a_cap_is_named_only_where_a_form_is_possible_without_it(one: Asked) -> None:
    if possible(one.bank, one.specification):
        return
    codes = {code for code, _ in refusals(one)}
    if codes == {"overlap-short"}:
        assert possible(one.bank, replace(one.specification, overlap_percent=None))
    elif codes == {"exposure-short"}:
        uncapped = replace(one.specification, most_exposures=None, overlap_percent=None)
        assert possible(one.bank, uncapped)
        assert not possible(one.bank, replace(one.specification, overlap_percent=None))
    else:
        assert not possible(one.bank, replace(one.specification, most_exposures=None, overlap_percent=None))


def test_the_refusal_says_which_kind_is_missing_and_how_many() -> None:
    bank = tuple(item(number, "a", "easy", 0, 0, "choice") for number in range(6))
    quota = Quota("a", 4, NO_TITLES, difficulties=(Bound("hard", 1),))
    specification = ExamSpecification((), (quota,), 600, types=(Bound("hotspot", 3),))
    with pytest.raises(SpecificationUnmet) as refused:
        assemble(bank, specification, 1)
    said = {(one.code, one.reason.values["missing"]) for one in refused.value.reasons}

    assert said == {("kind-short", 1), ("type-short", 2)}


def test_a_required_item_that_is_not_there_is_told() -> None:
    specification = ExamSpecification((), (Quota("a", 1, NO_TITLES),), 600, required=(UUID(int=5),))

    assert refusals(Asked((item(1, "a", "easy", 0, 0, "choice"),), specification)) == [("required-missing", 1)]


def test_no_more_of_a_bound_type_are_drawn_than_are_asked_for_where_others_are_there() -> None:
    bank = [item(number, "a", "easy", 0, 0, TYPES[number % 2]) for number in range(40)]
    specification = ExamSpecification((), (Quota("a", 10, NO_TITLES),), 600, types=(Bound("hotspot", 2),))
    for seed in range(10):
        drawn = assemble(bank, specification, seed).version_ids
        assert sum(one.type == "hotspot" for one in bank if one.version_id in drawn) == 2


def test_a_flow_goes_the_cheapest_way_and_turns_back_where_that_is_cheaper() -> None:
    network = Network()
    edges = [network.edge(*one) for one in ((SOURCE, "a", 2, 1), (SOURCE, "b", 1, 5), ("a", "b", 1, 1))]
    edges += [network.edge("a", SINK, 1, 9), network.edge("b", SINK, 2, 1)]
    network.send()

    assert [edge.flow for edge in edges] == [2, 1, 1, 1, 2]
