"""Counting, on values alone."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.text import Titles
from lms_core.hooks.progress import CompletionFacts
from lms_core.progress.domain import (
    CourseProgress,
    Learner,
    Step,
    Syllabus,
    core_verdict,
    percent,
    plain_cell,
    summed_up,
)

BEGAN = datetime(2026, 3, 2, tzinfo=UTC)


def syllabus(count):
    steps = tuple(Step(UUID(int=number), Titles(str(number), str(number)), "view") for number in range(count))
    return Syllabus(UUID(int=100), UUID(int=101), Titles("과정", "Course"), steps)


def progress(count, *done):
    """The activities ``done`` one minute after the other."""
    moments = {UUID(int=number): BEGAN + timedelta(minutes=place) for place, number in enumerate(done)}
    return CourseProgress(syllabus(count), moments)


def test_nobody_has_finished_by_rounding():
    assert percent(199, 200) == 99
    assert percent(200, 200) == 100
    assert percent(0, 0) == 0


@given(st.integers(0, 50), st.integers(1, 50))
def test_a_hundred_percent_means_everything(done, total):
    assert (percent(min(done, total), total) == 100) == (done >= total)


def test_one_goes_on_after_what_was_done_last_then_with_what_was_left_out():
    assert progress(4).next.id == UUID(int=0)
    assert progress(4, 0, 2).next.id == UUID(int=3)
    assert progress(4, 0, 2, 3).next.id == UUID(int=1)
    assert progress(4, 3, 0).next.id == UUID(int=1)
    assert progress(4, 0, 1, 2, 3).next is None


def test_what_is_no_longer_in_the_course_does_not_count():
    assert (progress(2, 0, 7).counted, progress(2, 0, 7).percent) == (1, 50)


def test_the_core_asks_for_everything_and_an_empty_course_is_never_complete():
    ids = (UUID(int=1), UUID(int=2))
    assert core_verdict(CompletionFacts(*ids, 3, 3)).complete
    assert not core_verdict(CompletionFacts(*ids, 2, 3)).complete
    assert not core_verdict(CompletionFacts(*ids, 0, 0)).complete


def test_a_cohort_in_three_figures():
    lines = [Learner(UUID(int=n), "", done, 4, None, BEGAN if done == 4 else None) for n, done in enumerate((4, 2, 0))]
    assert (summed_up(lines).learners, summed_up(lines).average, summed_up(lines).completed) == (3, 50, 1)
    assert summed_up([]).average == 0


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_made_plain_text(cell):
    assert plain_cell(cell) == f"'{cell}"


def test_other_cells_stay_as_they_are():
    assert [plain_cell(one) for one in ("한유나", 3, None, "a=b")] == ["한유나", "3", "", "a=b"]
