from collections import Counter
from collections.abc import Mapping
from itertools import count
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.forms import Placed, SpecificationUnmet, assemble, groups_of, meets, place
from lms_core.assessment.domain.interactions import CORE_TYPES
from lms_core.assessment.domain.interactions.choices import CHOICE
from lms_core.assessment.domain.interactions.ordering import ORDERING
from lms_core.assessment.domain.specifications import ExamSpecification, Quota
from lms_core.foundation.text import Titles, text
from lms_core.hooks.assessment import CandidateItem, FormSelection
from lms_core.hooks.item_types import GroupType
from lms_core.hooks.items import (
    Choice,
    ChoiceInteraction,
    GroupInteraction,
    ItemContent,
    ItemTypeName,
    OrderInteraction,
)
from lms_core.hooks.words import Words

DOMAINS = ("a", "b", "c")
CASES = (
    GroupType("case-study", text("Case study")),
    GroupType("problem-solution", text("Problem and solution series"), returns=False),
)
TYPES = {one.name: one for one in (*CORE_TYPES, *CASES)}


def candidate(number: int, domain: str = "a", exposures: int = 0, seen: int = 0) -> CandidateItem:
    return CandidateItem(UUID(int=number), UUID(int=10_000 + number), domain, "medium", exposures, seen)


def asking(wanted: Mapping[str, int]) -> ExamSpecification:
    """So many items of each domain, and nothing else."""
    return ExamSpecification((), tuple(Quota(name, items, Titles("", "")) for name, items in wanted.items()), 600)


def content(*choices: Choice, shuffle: bool = True) -> ItemContent:
    return ItemContent("item", "choice", Words(en="Question"), ChoiceInteraction(choices, shuffle))


def case(kind: ItemTypeName, *questions: ItemContent) -> ItemContent:
    return ItemContent("case", kind, Words(en="Case"), GroupInteraction((), questions))


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
            assemble(bank, asking(wanted), seed)
        named = {one.reason.values["domain"]: one.reason.values["missing"] for one in refused.value.reasons}
        assert named == short
        return
    drawn = assemble(bank, asking(wanted), seed)
    assert meets(drawn, bank, asking(wanted))
    assert drawn == assemble(list(reversed(bank)), asking(wanted), seed)


@given(banks, st.integers(0, 2**63 - 1))
def test_items_the_person_has_seen_least_come_first_then_those_shown_least(
    bank: list[CandidateItem], seed: int
) -> None:
    there = Counter(one.domain for one in bank)
    wanted = {domain: number // 2 for domain, number in there.items()}
    drawn = set(assemble(bank, asking(wanted), seed).version_ids)

    for domain in wanted:
        taken = [one for one in bank if one.domain == domain and one.version_id in drawn]
        left = [one for one in bank if one.domain == domain and one.version_id not in drawn]
        if taken and left:
            assert max((one.seen_by_person, one.exposures) for one in taken) <= min(
                (one.seen_by_person, one.exposures) for one in left
            )


def test_different_seeds_draw_different_forms() -> None:
    bank = [candidate(number) for number in range(100)]

    assert len({assemble(bank, asking({"a": 10}), seed).version_ids for seed in range(20)}) == 20


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

    assert not meets(FormSelection(wrong), bank, asking({"a": 2}))
    assert meets(FormSelection((UUID(int=1), UUID(int=2))), bank, asking({"a": 2, "b": 0}))


@given(st.lists(st.booleans(), min_size=2, max_size=8), st.integers(0, 999))
def test_pinned_choices_stay_last_in_the_order_written(pinned: list[bool], seed: int) -> None:
    choices = [Choice(str(number), Words(en=str(number)), pinned=pin) for number, pin in enumerate(pinned)]
    shown = CHOICE.arrange(content(*choices), Random(seed))
    last = [choice.identifier for choice in choices if choice.pinned]

    assert sorted(shown) == sorted(choice.identifier for choice in choices)
    assert list(shown[len(shown) - len(last) :]) == last


def test_choices_keep_their_order_where_the_exam_or_the_item_says_so() -> None:
    choices = [Choice(str(number), Words(en=str(number))) for number in range(6)]
    written = [choice.identifier for choice in choices]

    assert CHOICE.arrange(content(*choices), None) == written
    assert CHOICE.arrange(content(*choices, shuffle=False), Random(1)) == written
    assert CHOICE.arrange(content(*choices), Random(1)) != written


def placed_on_a_form(*asked: ItemContent) -> tuple[Placed, ...]:
    """A form of these items in their order."""
    bank = [candidate(number) for number in range(len(asked))]
    fresh = count()
    selection = FormSelection(tuple(one.version_id for one in bank))
    contents = {one.version_id: content for one, content in zip(bank, asked, strict=True)}
    return place(selection, bank, contents, TYPES, 7, lambda: f"id{next(fresh)}", shuffle=True)


def test_every_slot_gets_choice_ids_of_its_own() -> None:
    asked = content(Choice("a", Words(en="A"), correct=True), Choice("b", Words(en="B")))
    placed = placed_on_a_form(asked, asked, asked)

    assert [one.slot for one in placed] == [1, 2, 3]
    assert len({choice_id for one in placed for choice_id, _ in one.choices}) == 6
    assert all({identifier for _, identifier in one.choices} == {"a", "b"} for one in placed)


def test_the_questions_of_a_case_stand_one_after_another_in_slots_of_their_own() -> None:
    alone = content(Choice("a", Words(en="A"), correct=True), Choice("b", Words(en="B")))
    asked = (alone, case("case-study", alone, alone), case("problem-solution", alone, alone, alone))
    placed = placed_on_a_form(*asked)
    groups = groups_of(placed, {one.version_id: asked[one.version_id.int] for one in placed}, TYPES)

    assert [(one.slot, one.part, bool(one.group)) for one in placed] == [
        (1, 0, False),
        (2, 1, True),
        (3, 2, True),
        (4, 1, True),
        (5, 2, True),
        (6, 3, True),
    ]
    assert [(one.type, one.first, one.last, one.returns) for one in groups] == [
        ("case-study", 2, 3, True),
        ("problem-solution", 4, 6, False),
    ]


def test_the_right_order_is_never_the_order_shown_even_where_nothing_is_shuffled() -> None:
    steps = tuple(Choice(name, Words(en=name)) for name in "abcd")
    asked = ItemContent("steps", "ordering", Words(en="Order"), OrderInteraction(steps, ("a", "b", "c")))

    for seed in range(200):
        assert [name for name in ORDERING.arrange(asked, Random(seed)) if name != "d"] != ["a", "b", "c"]
    assert [name for name in ORDERING.arrange(asked, None) if name != "d"] != ["a", "b", "c"]
