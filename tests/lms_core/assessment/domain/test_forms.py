from collections import Counter
from itertools import count
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.forms import SpecificationUnmet, assemble, meets, order_choices, place
from lms_core.hooks.assessment import CandidateItem, FormSelection
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words

DOMAINS = ("a", "b", "c")


def candidate(number: int, domain: str = "a", exposures: int = 0, seen: int = 0) -> CandidateItem:
    return CandidateItem(UUID(int=number), UUID(int=10_000 + number), domain, "medium", exposures, seen)


def content(*choices: Choice, shuffle: bool = True) -> ItemContent:
    return ItemContent("item", "choice", Words(en="Question"), ChoiceInteraction(choices, shuffle))


banks = st.lists(
    st.tuples(st.sampled_from(DOMAINS), st.integers(0, 5), st.integers(0, 3)), min_size=0, max_size=60
).map(lambda drawn: [candidate(number, *facts) for number, facts in enumerate(drawn)])
quotas = st.dictionaries(st.sampled_from(DOMAINS), st.integers(0, 12), min_size=1)


@given(banks, quotas, st.integers(0, 2**63 - 1))
def test_a_form_meets_its_quotas_or_says_what_binds(
    bank: list[CandidateItem], wanted: dict[str, int], seed: int
) -> None:
    there = Counter(one.domain for one in bank)
    short = {domain: count - there[domain] for domain, count in wanted.items() if there[domain] < count}
    if short:
        with pytest.raises(SpecificationUnmet) as refused:
            assemble(bank, wanted, seed)
        named = {one.reason.values["domain"]: one.reason.values["missing"] for one in refused.value.reasons}
        assert named == short
        return
    drawn = assemble(bank, wanted, seed)
    assert meets(drawn, bank, wanted)
    assert drawn == assemble(list(reversed(bank)), wanted, seed)


@given(banks, st.integers(0, 2**63 - 1))
def test_items_the_person_has_seen_least_come_first_then_those_shown_least(
    bank: list[CandidateItem], seed: int
) -> None:
    there = Counter(one.domain for one in bank)
    wanted = {domain: number // 2 for domain, number in there.items()}
    drawn = set(assemble(bank, wanted, seed).version_ids)

    for domain in wanted:
        taken = [one for one in bank if one.domain == domain and one.version_id in drawn]
        left = [one for one in bank if one.domain == domain and one.version_id not in drawn]
        if taken and left:
            assert max((one.seen_by_person, one.exposures) for one in taken) <= min(
                (one.seen_by_person, one.exposures) for one in left
            )


def test_different_seeds_draw_different_forms() -> None:
    bank = [candidate(number) for number in range(100)]

    assert len({assemble(bank, {"a": 10}, seed).version_ids for seed in range(20)}) == 20


@pytest.mark.parametrize(
    "wrong",
    [
        (UUID(int=1),),
        (UUID(int=1), UUID(int=2), UUID(int=3)),
        (UUID(int=1), UUID(int=1)),
        (UUID(int=1), UUID(int=99)),
        (UUID(int=1), UUID(int=5)),
    ],
)
def test_a_selection_of_a_plugin_is_checked(wrong: tuple[UUID, ...]) -> None:
    bank = [candidate(number) for number in range(4)] + [candidate(5, "b")]

    assert not meets(FormSelection(wrong), bank, {"a": 2})
    assert meets(FormSelection((UUID(int=1), UUID(int=2))), bank, {"a": 2, "b": 0})


@given(st.lists(st.booleans(), min_size=2, max_size=8), st.integers(0, 999))
def test_pinned_choices_stay_last_in_the_order_written(pinned: list[bool], seed: int) -> None:
    choices = [Choice(str(number), Words(en=str(number)), pinned=pin) for number, pin in enumerate(pinned)]
    shown = order_choices(content(*choices), Random(seed), shuffle=True)
    last = [choice.identifier for choice in choices if choice.pinned]

    assert sorted(shown) == sorted(choice.identifier for choice in choices)
    assert list(shown[len(shown) - len(last) :]) == last


def test_choices_keep_their_order_where_the_exam_or_the_item_says_so() -> None:
    choices = [Choice(str(number), Words(en=str(number))) for number in range(6)]
    written = tuple(choice.identifier for choice in choices)

    assert order_choices(content(*choices), Random(1), shuffle=False) == written
    assert order_choices(content(*choices, shuffle=False), Random(1), shuffle=True) == written
    assert order_choices(content(*choices), Random(1), shuffle=True) != written


def test_every_slot_gets_choice_ids_of_its_own() -> None:
    bank = [candidate(number) for number in range(3)]
    asked = content(Choice("a", Words(en="A"), correct=True), Choice("b", Words(en="B")))
    fresh = count()
    placed = place(
        assemble(bank, {"a": 3}, 7),
        bank,
        {one.version_id: asked for one in bank},
        7,
        lambda: f"id{next(fresh)}",
        shuffle=True,
    )

    assert [one.slot for one in placed] == [1, 2, 3]
    assert len({choice_id for one in placed for choice_id, _ in one.choices}) == 6
    assert all({identifier for _, identifier in one.choices} == {"a", "b"} for one in placed)
