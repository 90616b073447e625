from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.responses import AnswerSchema
from lms_core.foundation.errors import Invalid, NotFound

SCHEMA = AnswerSchema.compiled(
    {
        1: {"shape": "choices", "choices": ["a", "b", "c"], "most": 1},
        2: {"shape": "choices", "choices": ["d", "e"], "most": 2},
        3: {"shape": "order", "choices": ["a", "b", "c"], "most": 3},
        4: {"shape": "pairs", "sources": ["s", "t"], "targets": ["x", "y"], "per_source": 1, "per_target": 0},
        5: {"shape": "pairs", "sources": ["s", "t"], "targets": ["x", "y"], "per_source": 0, "per_target": 1},
        6: {"shape": "selections", "lists": {"p": ["a", "b"], "q": ["c"]}},
        7: {"shape": "entries", "fields": ["m", "n"]},
        8: {"shape": "text"},
    }
)


def pairs(*written: str) -> dict[str, Any]:
    return {"pairs": [{"source": source, "target": target} for source, target in written]}


GOOD: list[tuple[int, dict[str, Any]]] = [
    (1, {"choices": []}),
    (1, {"choices": ["a"]}),
    (2, {"choices": ["e", "d"]}),
    (3, {"order": []}),
    (3, {"order": ["c", "a"]}),
    (4, pairs("sx", "tx")),
    (4, pairs()),
    (5, pairs("sx", "sy")),
    (6, {"selections": {}}),
    (6, {"selections": {"p": "b", "q": "c"}}),
    (7, {"entries": {"m": "데이터 베이스"}}),
    (8, {"text": ""}),
    (8, {"text": "여러 줄의\n답안"}),
]


@pytest.mark.parametrize(("slot", "response"), GOOD)
def test_a_good_answer_is_kept_as_it_came(slot: int, response: dict[str, Any]) -> None:
    assert SCHEMA.check(slot, response) == response


@pytest.mark.parametrize(
    ("slot", "response", "named"),
    [
        (1, {}, "response"),
        (1, {"choices": None}, "response"),
        (1, {"choices": "a"}, "response"),
        (1, {"choices": ["a"], "more": 1}, "response"),
        (1, {"choices": [1]}, "response.choices"),
        (1, {"choices": ["a", "b"]}, "response.choices"),
        (1, {"choices": ["d"]}, "response.choices"),
        (2, {"choices": ["d", "d"]}, "response.choices"),
        (2, {"choices": ["d", "e", "d"]}, "response.choices"),
        (3, {"choices": ["a"]}, "response"),
        (3, {"order": ["a", "a"]}, "response.order"),
        (3, {"order": ["z"]}, "response.order"),
        (3, {"order": [["a"]]}, "response.order"),
        (4, {"pairs": [["s", "x"]]}, "response.pairs"),
        (4, {"pairs": [{"source": "s", "target": "x", "more": 1}]}, "response.pairs"),
        (4, {"pairs": [{"source": "s", "target": {}}]}, "response.pairs"),
        (4, pairs("sx", "sy"), "response.pairs"),
        (4, pairs("xs"), "response.pairs"),
        (5, pairs("sx", "tx"), "response.pairs"),
        (5, pairs("sx", "sx"), "response.pairs"),
        (6, {"selections": ["p"]}, "response"),
        (6, {"selections": {"z": "a"}}, "response.selections"),
        (6, {"selections": {"p": "c"}}, "response.selections.p"),
        (6, {"selections": {"p": ["a"]}}, "response.selections"),
        (7, {"entries": {"z": "x"}}, "response.entries"),
        (7, {"entries": {"m": 5}}, "response.entries"),
        (7, {"entries": {"m": "x" * 301}}, "response.entries.m"),
        (7, {"entries": {"n": "\x00"}}, "response.entries.n"),
        (8, {"text": "\ud800"}, "response.text"),
        (8, {"text": "가" * 10_001}, "response.text"),
        (8, {"text": 1}, "response"),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused_by_name(slot: int, response: dict[str, Any], named: str) -> None:
    with pytest.raises(Invalid) as refused:
        SCHEMA.check(slot, response)

    assert set(refused.value.fields) == {named}


@pytest.mark.parametrize("slot", [0, 9, -1])
def test_a_slot_that_is_none_is_not_found(slot: int) -> None:
    with pytest.raises(NotFound):
        SCHEMA.check(slot, {"choices": []})


words = st.sampled_from(["a", "b", "c", "d", "s", "t", "x", "y", "p", "q", "m", "n", "", "\x00"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words | st.just("source"), inner, max_size=2),
    max_leaves=6,
)
pair = st.fixed_dictionaries({"source": words, "target": words})
responses = st.dictionaries(
    st.sampled_from(["choices", "order", "pairs", "selections", "entries", "text", "more"]),
    values | st.lists(words, max_size=4) | st.lists(pair, max_size=3) | st.dictionaries(words, words, max_size=3),
    max_size=2,
)


@given(st.integers(0, 9), responses)
def test_whatever_comes_in_is_taken_as_it_is_or_refused_by_name(slot: int, response: Mapping[str, Any]) -> None:
    try:
        taken = SCHEMA.check(slot, response)
    except (Invalid, NotFound):
        return
    assert taken == response
    assert SCHEMA.check(slot, taken) == taken
