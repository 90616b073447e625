"""Progress over attempts: what may be concluded, and what cannot be compared."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from lms_core.assessment.domain.attempt_progress import MOST_STEPS, Step, progress_up_to
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import Titles, text
from lms_core.hooks.assessment import ScaledScore

EXAM = new_id()
SCORE = ScaledScore(50, 40, 60, 0, 100, 70, False, 20, "percent", text("Our practice estimate"))


def step(value: float = 50, half: float = 10, **given: Any) -> Step:
    scaled = replace(SCORE, value=value, low=value - half, high=value + half, **given)
    return Step(new_id(), EXAM, Titles("가", "A"), 1, datetime(2026, 11, 1, tzinfo=UTC), scaled)


@pytest.mark.parametrize(
    ("steps", "finding"),
    [
        ([step()], "first"),
        ([step(40), step(61)], "higher"),
        ([step(40), step(60)], "open"),
        ([step(61), step(40)], "lower"),
        ([step(40), step(90), step(45)], "open"),
    ],
)
def test_a_change_is_claimed_only_where_the_intervals_lie_apart(steps: Sequence[Step], finding: str) -> None:
    assert progress_up_to(steps).finding == finding


def test_attempts_on_another_scale_are_counted_and_left_out() -> None:
    estimate = {"scale": "estimate", "least": 1, "most": 1000}
    found = progress_up_to([step(400, **estimate), step(50), step(60)])
    assert [one.scaled.value for one in found.steps] == [50, 60]
    assert found.left_out == 1


def test_only_the_last_attempts_are_shown() -> None:
    assert len(progress_up_to([step()] * (MOST_STEPS + 3)).steps) == MOST_STEPS


def test_the_line_is_drawn_only_where_every_attempt_had_it() -> None:
    assert progress_up_to([step(), step()]).line == 70
    assert progress_up_to([step(), step(line=60)]).line is None
    assert progress_up_to([step(line=None)]).line is None


def test_a_figure_lies_along_its_scale() -> None:
    assert step(500, scale="estimate", least=0, most=1000).share(250) == 25


def test_exams_are_named_where_there_are_several() -> None:
    assert not progress_up_to([step(), step()]).several_exams
    assert progress_up_to([step(), replace(step(), exam_id=new_id())]).several_exams
