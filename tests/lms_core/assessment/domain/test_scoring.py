from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.forms import Placed
from lms_core.assessment.domain.scoring import (
    SlotKey,
    SlotScore,
    is_sound,
    key_of,
    percent_scale,
    raw_score,
    score_slot,
    sections,
    wilson,
)
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent, Scoring
from lms_core.hooks.words import Words

IDS = ("p", "q", "r", "s", "t")
EXAM = UUID(int=1)


def key(scoring: Scoring, correct: str, *, single: bool = False, weights: dict[str, float] | None = None) -> SlotKey:
    return SlotKey(1, "a", scoring, frozenset(correct), weights or {}, single)


def slot(number: int, domain: str, points: float, possible: float = 1.0, *, scored: bool = True) -> SlotScore:
    return SlotScore(number, domain, points, possible, scored)


@pytest.mark.parametrize(
    ("asked", "picked", "points"),
    [
        (key("all-or-nothing", "p", single=True), "p", 1),
        (key("all-or-nothing", "p", single=True), "q", 0),
        (key("all-or-nothing", "p", single=True), "", 0),
        (key("all-or-nothing", "pq"), "pq", 1),
        (key("all-or-nothing", "pq"), "p", 0),
        (key("all-or-nothing", "pq"), "pqr", 0),
        (key("partial", "pq"), "pq", 2),
        (key("partial", "pq"), "p", 1),
        (key("partial", "pq"), "pr", 0),
        (key("partial", "pq"), "prs", 0),
        (key("partial", "pq"), "pqrst", 0),
        (key("partial", "p", single=True), "p", 1),
        (key("map", "pq", weights={"p": 0.5, "q": 0.5, "r": -0.25}), "pr", 0.25),
        (key("map", "pq", weights={"p": 0.5, "q": 0.5, "r": -0.25}), "r", 0),
    ],
)
def test_an_answer_earns_what_its_rule_says(asked: SlotKey, picked: str, points: float) -> None:
    assert score_slot(asked, frozenset(picked)).points == points


keys = st.builds(
    SlotKey,
    st.just(1),
    st.sampled_from("ab"),
    st.sampled_from(["all-or-nothing", "partial", "map"]),
    st.frozensets(st.sampled_from(IDS), min_size=1),
    st.dictionaries(st.sampled_from(IDS), st.floats(-1, 1)),
    st.booleans(),
)


@given(keys, st.frozensets(st.sampled_from(IDS)))
def test_points_are_never_negative_and_never_more_than_possible(asked: SlotKey, picked: frozenset[str]) -> None:
    scored = score_slot(asked, picked)

    assert 0 <= scored.points <= scored.possible
    assert score_slot(asked, frozenset()).points == 0


@given(keys)
def test_the_key_itself_earns_everything_unless_weights_say_otherwise(asked: SlotKey) -> None:
    if asked.scoring != "map":
        assert score_slot(asked, asked.correct).points == asked.possible


def test_a_key_speaks_in_the_ids_of_its_form() -> None:
    choices = (Choice("a", Words(en="A"), correct=True, weight=1.0), Choice("b", Words(en="B")))
    asked = ItemContent("item", "multiple-response", Words(en="?"), ChoiceInteraction(choices), scoring="partial")
    placed = Placed(3, UUID(int=1), UUID(int=2), "d", (("zz", "b"), ("yy", "a")))

    assert key_of(placed, asked) == SlotKey(3, "d", "partial", frozenset({"yy"}), {"yy": 1.0}, single=False)


def test_a_score_is_summed_by_domain_and_leaves_pilot_items_out() -> None:
    raw = raw_score(
        EXAM, "AI-901", [slot(1, "a", 1), slot(2, "b", 1, 2), slot(3, "a", 0), slot(4, "a", 1, scored=False)]
    )

    assert (raw.points, raw.possible, raw.items) == (2, 4, 3)
    assert raw.domains == {"a": (1, 2, 2), "b": (1, 2, 1)}
    assert [(one.domain, one.percent, one.items) for one in sections(raw, ["b", "a"])] == [("b", 50, 1), ("a", 50, 2)]


@given(st.integers(0, 300), st.data())
def test_the_interval_holds_the_share_and_lies_between_nothing_and_all(items: int, data: st.DataObject) -> None:
    points = data.draw(st.floats(0, items))
    low, high = wilson(points, items, items)

    assert 0 <= low <= high <= 1
    if items:
        assert low <= points / items <= high


def test_the_interval_is_the_one_of_the_textbook_and_narrows_with_more_questions() -> None:
    low, high = wilson(8, 10, 10)

    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    few, many = wilson(8, 10, 10), wilson(32, 40, 40)
    assert many[1] - many[0] < few[1] - few[0]


@given(st.integers(1, 80), st.data(), st.none() | st.floats(1, 100))
def test_percent_is_sound_and_says_whose_estimate_it_is(items: int, data: st.DataObject, line: float | None) -> None:
    points = data.draw(st.integers(0, items))
    scaled = percent_scale(raw_score(EXAM, "", [slot(n, "a", float(n < points)) for n in range(items)]), line)

    assert is_sound(scaled)
    assert "our practice estimate" in str(scaled.label).lower()
    assert str(items) in str(scaled.label)
    assert (scaled.passed is None) == (line is None)


def test_an_exam_in_which_nothing_counts_has_the_widest_interval() -> None:
    scaled = percent_scale(raw_score(EXAM, "", []), None)

    assert (scaled.value, scaled.low, scaled.high) == (0, 0, 100)
