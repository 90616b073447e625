import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.responses import AnswerSchema, SlotSchema, picked_choices
from lms_core.foundation.errors import Invalid, NotFound

SCHEMA = AnswerSchema({1: SlotSchema(frozenset("abc"), 1), 2: SlotSchema(frozenset("de"), 2)})


@pytest.mark.parametrize(
    ("slot", "response"),
    [(1, {"choices": []}), (1, {"choices": ["a"]}), (2, {"choices": ["e", "d"]})],
)
def test_a_good_answer_is_kept_as_it_came(slot: int, response: dict[str, object]) -> None:
    assert SCHEMA.check(slot, response) == response


@pytest.mark.parametrize(
    ("slot", "response"),
    [
        (1, {}),
        (1, {"choices": None}),
        (1, {"choices": "a"}),
        (1, {"choices": [1]}),
        (1, {"choices": ["a"], "more": 1}),
        (1, {"choices": ["a", "b"]}),
        (1, {"choices": ["d"]}),
        (2, {"choices": ["d", "d"]}),
        (2, {"choices": ["d", "e", "d"]}),
    ],
)
def test_what_is_no_answer_to_the_question_is_refused(slot: int, response: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        SCHEMA.check(slot, response)

    assert set(refused.value.fields) == {"response"}


@pytest.mark.parametrize("slot", [0, 3, -1])
def test_a_slot_that_is_none_is_not_found(slot: int) -> None:
    with pytest.raises(NotFound):
        SCHEMA.check(slot, {"choices": []})


picks = st.lists(st.sampled_from("abcdex"), max_size=4)
odd = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.none() | st.integers(), max_size=2)


@given(st.integers(0, 4), st.dictionaries(st.sampled_from(["choices", "x"]), picks | odd))
def test_whatever_comes_in_it_is_taken_or_refused_by_name(slot: int, response: dict[str, object]) -> None:
    try:
        taken = SCHEMA.check(slot, response)
    except (Invalid, NotFound):
        return
    assert picked_choices(taken) <= SCHEMA.slots[slot].choices


def test_no_answer_picks_nothing() -> None:
    assert picked_choices(None) == frozenset()
    assert picked_choices({"choices": ["a"]}) == {"a"}
