from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.interactions.choices import MULTIPLE_RESPONSE
from lms_core.assessment.domain.interactions.extended_text import EXTENDED_TEXT
from lms_core.assessment.domain.scoring import (
    SlotKey,
    SlotScore,
    is_sound,
    percent_scale,
    raw_score,
    score_slot,
    sections,
    wilson,
)
from lms_core.hooks.item_types import Component
from lms_core.hooks.items import Scoring

EXAM = UUID(int=1)


def key(scoring: Scoring, correct: str, *, weights: dict[str, float] | None = None) -> SlotKey:
    return SlotKey(1, "a", "multiple-response", scoring, {"choices": sorted(correct), "weights": weights or {}})


def slot(number: int, domain: str, points: float, possible: float = 1.0, *, scored: bool = True) -> SlotScore:
    return SlotScore(number, domain, points, possible, scored)


def earned(asked: SlotKey, picked: str | None) -> SlotScore:
    return score_slot(MULTIPLE_RESPONSE, asked, None if picked is None else {"choices": list(picked)})


@pytest.mark.parametrize(
    ("asked", "picked", "points", "possible"),
    [
        (key("all-or-nothing", "p"), "p", 1, 1),
        (key("all-or-nothing", "p"), "q", 0, 1),
        (key("all-or-nothing", "p"), "", 0, 1),
        (key("all-or-nothing", "p"), None, 0, 1),
        (key("all-or-nothing", "pq"), "pq", 1, 1),
        (key("all-or-nothing", "pq"), "p", 0, 1),
        (key("all-or-nothing", "pq"), "pqr", 0, 1),
        (key("partial", "pq"), "pq", 2, 2),
        (key("partial", "pq"), "p", 1, 2),
        (key("partial", "pq"), "pr", 0, 2),
        (key("partial", "pq"), "prs", 0, 2),
        (key("partial", "pq"), "pqrst", 0, 2),
        (key("partial", "p"), "p", 1, 1),
        (key("map", "pq", weights={"p": 0.5, "q": 0.5, "r": -0.25}), "pr", 0.25, 1),
        (key("map", "pq", weights={"p": 0.5, "q": 0.5, "r": -0.25}), "r", 0, 1),
        (key("map", "pq", weights={"p": 2.0}), "p", 1, 1),
    ],
)
def test_an_answer_earns_what_its_rule_says(asked: SlotKey, picked: str | None, points: float, possible: float) -> None:
    scored = earned(asked, picked)

    assert (scored.points, scored.possible, scored.waits) == (points, possible, False)


ESSAY = SlotKey(1, "a", "extended-text", "all-or-nothing", {"rubric": {"clear": 2.0, "whole": 1.0}})


def test_an_essay_waits_for_a_person_and_counts_what_the_person_gave() -> None:
    waiting = score_slot(EXTENDED_TEXT, ESSAY, {"text": "답안"})
    given = (Component("clear", 1.5, 2.0), Component("whole", 1.0, 1.0))
    marked = score_slot(EXTENDED_TEXT, ESSAY, {"text": "답안"}, given)

    assert (waiting.points, waiting.possible, waiting.waits) == (0, 3, True)
    assert (marked.points, marked.possible, marked.waits) == (2.5, 3, False)
    assert raw_score(EXAM, "", [waiting, slot(2, "a", 1)]).possible == 1


def test_an_essay_that_was_never_written_waits_for_nobody() -> None:
    assert score_slot(EXTENDED_TEXT, ESSAY, None).waits is False


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
