"""Simulated answers: each has the shape that the form expects, and earns what it was drawn to earn."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from lms_core.assessment.domain.responses import AnswerSchema
from lms_core.cli.demo.history.answering import Curve, answer

CHOICES = [{"id": name, "text": f"Choice {name}"} for name in "abcd"]
ASKED: Mapping[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "one choice": (
        {"choices": CHOICES, "key": {"choices": ["b"]}},
        {"shape": "choices", "choices": ["a", "b", "c", "d"], "most": 1},
    ),
    "several choices": (
        {"choices": CHOICES, "key": {"choices": ["a", "c"]}},
        {"shape": "choices", "choices": ["a", "b", "c", "d"], "most": 4},
    ),
    "areas": (
        {"areas": CHOICES, "key": {"choices": ["d"]}},
        {"shape": "choices", "choices": ["a", "b", "c", "d"], "most": 1},
    ),
    "order": (
        {"key": {"order": ["a", "b", "c"]}},
        {"shape": "order", "choices": ["a", "b", "c", "d"], "most": 4},
    ),
    "statements": (
        {"key": {"pairs": [{"source": "s1", "target": "yes"}, {"source": "s2", "target": "no"}]}},
        {"shape": "pairs", "sources": ["s1", "s2"], "targets": ["yes", "no"], "per_source": 1, "per_target": 0},
    ),
    "gaps": (
        {"key": {"pairs": [{"source": "t1", "target": "g1"}, {"source": "t2", "target": "g2"}]}},
        {"shape": "pairs", "sources": ["t1", "t2", "t3"], "targets": ["g1", "g2"], "per_source": 1, "per_target": 1},
    ),
    "lists": (
        {"key": {"selections": {"l1": "a", "l2": "c"}}},
        {"shape": "selections", "lists": {"l1": ["a", "b"], "l2": ["c", "d"]}},
    ),
    "entries": ({"key": {"entries": {"f1": "2,000"}}}, {"shape": "entries", "fields": ["f1"]}),
}


@pytest.mark.parametrize("kind", ASKED)
def test_a_right_answer_is_the_key(kind: str) -> None:
    question, expected = ASKED[kind]
    given = answer(question, expected, Random(1), right=True)
    assert given == question["key"] == AnswerSchema.compiled({1: expected}).check(1, given)


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize("seed", range(8))
def test_a_wrong_answer_can_be_sent_and_is_not_the_key(kind: str, seed: int) -> None:
    question, expected = ASKED[kind]
    given = answer(question, expected, Random(seed), right=False)
    AnswerSchema.compiled({1: expected}).check(1, given)
    assert given != question["key"]


def test_of_several_texts_that_are_right_in_a_gap_one_is_placed() -> None:
    pairs = [{"source": "t1", "target": "g1"}, {"source": "t2", "target": "g1"}]
    expected = {"shape": "pairs", "sources": ["t1", "t2"], "targets": ["g1"], "per_source": 1, "per_target": 1}
    assert answer({"key": {"pairs": pairs}}, expected, Random(1), right=True) == {"pairs": pairs[:1]}


def test_a_question_has_the_same_curve_wherever_it_is_planted() -> None:
    assert Curve.of({"prompt": "What is a token?"}) == Curve.of({"prompt": "What is a token?", "slot": 7})


def test_the_able_answer_right_more_often_and_those_it_is_harder_for_less() -> None:
    curve = Curve(discrimination=1.0, difficulty=0.0, seconds=40.0, gap=1.0)
    assert curve.chance(-2.0, "ko") < curve.chance(0.0, "en") < curve.chance(0.0, "ko") == 0.5 < curve.chance(1.0, "ko")
