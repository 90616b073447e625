"""Classical statistics of items that not everybody was given."""

from datetime import UTC, datetime, timedelta

import pytest

from lms_core.assessment.domain.measurement.item_statistics import Choices, item_statistics, reliabilities
from lms_core.assessment.domain.measurement.sittings import (
    Asked,
    Sitting,
    first_answers,
    first_simulations,
    seconds_between,
)
from lms_core.foundation.identity import new_id

FIRST, SECOND, THIRD = items = [(new_id(), 0) for _ in range(3)]
FORM = new_id()


def sitting(*scores: float, picked: str = "a", mode: str = "simulation") -> Sitting:
    given: dict[Asked, float] = dict(zip(items, scores, strict=False))
    return Sitting(new_id(), FORM, mode, given, {FIRST: (picked,)})


def people(count: int = 40) -> list[Sitting]:
    """Half know everything; the other half only the first item, which is keyed wrong."""
    half = count // 2
    return [sitting(0, 1, 1, picked="b") for _ in range(half)] + [sitting(1, 0, 0) for _ in range(half)]


def test_an_item_with_a_wrong_key_is_called_negative_and_its_key_in_doubt() -> None:
    found = {one.item: one for one in item_statistics(people(), {FIRST: Choices(("a", "b"), frozenset("a"))})}
    assert found[FIRST].item_rest == pytest.approx(-1)
    assert {"negative", "key"} <= set(found[FIRST].remarks)
    assert found[FIRST].doubtful
    assert found[SECOND].item_rest is None


def test_curves_run_from_the_weakest_fifth_to_the_strongest() -> None:
    (first, *_) = [
        one for one in item_statistics(people(), {FIRST: Choices(("a", "b"), frozenset("a"))}) if one.item == FIRST
    ]
    key, other = first.choices
    assert (key.fifths[0], key.fifths[-1]) == (1.0, 0.0)
    assert (other.fifths[0], other.fifths[-1]) == (0.0, 1.0)
    assert key.share + other.share == pytest.approx(1)


def test_few_answers_are_marked_and_fewer_left_out() -> None:
    assert item_statistics(people(4), {}) == []
    small = item_statistics(people(10), {})
    assert {one.remarks for one in small} == {("small",)}
    assert not any(one.doubtful for one in small)


def test_a_form_that_few_were_given_whole_has_no_reliability() -> None:
    assert reliabilities(people(4)) == []
    (form,) = reliabilities(people(10))
    assert (form.persons, form.items) == (10, 3)
    assert form.mean == pytest.approx(1.5)


def test_only_first_answers_count_and_practice_is_no_simulation() -> None:
    once = sitting(1, 0, mode="practice")
    again = Sitting(once.person_id, FORM, "simulation", {FIRST: 0.0, THIRD: 1.0}, {})
    assert first_simulations([once, again]) == [again]
    assert first_answers([once, again])[once.person_id] == {FIRST: 1, SECOND: 0, THIRD: 1}


def test_the_time_of_an_answer_runs_from_the_one_saved_before_it() -> None:
    began = datetime(2026, 11, 2, 9, tzinfo=UTC)
    saved = [(SECOND, began + timedelta(seconds=90)), (FIRST, began + timedelta(seconds=30))]
    elsewhere = (None, began + timedelta(seconds=70))
    assert seconds_between(began, saved) == {FIRST: 30, SECOND: 60}
    assert seconds_between(began, [*saved, elsewhere]) == {FIRST: 30, SECOND: 20}


def test_an_item_tells_the_median_of_the_times_it_took() -> None:
    timed = [
        Sitting(new_id(), FORM, "simulation", {FIRST: 1.0}, {}, seconds={FIRST: seconds}) for seconds in (5, 20, 40)
    ]
    (first,) = item_statistics([*timed, sitting(0.0), sitting(1.0)], {})[:1]
    assert first.seconds == 20
