"""Sections and series: what is open together, and what stays left."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.attempts import (
    Attempt,
    AttemptClosed,
    DeadlinePassed,
    SlotLocked,
    StageAhead,
    stage_entered,
)
from lms_core.assessment.domain.deadlines import Deadline
from lms_core.assessment.domain.forms import Outline, PlacedGroup, PlacedSection, Stage, in_sections
from lms_core.assessment.domain.specifications import ExamSection
from lms_core.foundation.errors import NotFound
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.text import Titles
from lms_core.hooks.assessment import CandidateItem, FormSelection

TITLES = Titles("부분", "Section")
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
ENDS = Deadline(NOW, NOW + timedelta(seconds=30), 1)


def series(first: int, last: int, *, returns: bool = False) -> PlacedGroup:
    return PlacedGroup("g", "problem-series", UUID(int=1), first, last, returns)


def attempt(slots: int, opened: Stage, **given: object) -> Attempt:
    ids = (UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4))
    open_one = Attempt(
        *ids, "simulation", 1, "open", 1, NOW, ENDS, slots, opened.first, opened.last, None, None, EVERYWHERE
    )
    return replace(open_one, **given)  # type: ignore[arg-type]


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=5))
    sections, series_found, first = [], [], 1
    for number, size in enumerate(sizes, start=1):
        sections.append(PlacedSection(number, first, first + size - 1, draw(st.booleans())))
        if size > 1 and draw(st.booleans()):
            start = draw(st.integers(first, first + size - 2))
            end = draw(st.integers(start + 1, first + size - 1))
            series_found.append(series(start, end, returns=draw(st.booleans())))
        first += size
    return Outline(sum(sizes), tuple(sections), tuple(series_found))


@given(outlines())
def test_stages_cover_every_slot_once_and_part_where_nobody_goes_back(outline: Outline) -> None:
    stages = outline.stages
    covered = [slot for stage in stages for slot in range(stage.first, stage.last + 1)]
    assert covered == list(range(1, outline.slots + 1))

    left = {one.last for one in outline.sections if not one.returns and one.last < outline.slots}
    for one in outline.groups:
        if not one.returns:
            left |= {slot for slot in range(one.first - 1, one.last + 1) if 1 <= slot < outline.slots}
    assert {stage.last for stage in stages[:-1]} == left


def test_a_form_without_sections_or_series_is_one_stage() -> None:
    assert Outline(40).stages == (Stage(1, 40),)
    assert Outline(6, (), (series(2, 4, returns=True),)).stages == (Stage(1, 6),)


def test_each_question_of_a_series_is_left_for_good() -> None:
    outline = Outline(6, (), (series(3, 5),))
    assert outline.stages == (Stage(1, 2), Stage(3, 3), Stage(4, 4), Stage(5, 5), Stage(6, 6))
    assert outline.stage_of(4) == Stage(4, 4)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_items_stand_in_their_sections_and_keep_their_order_there(domains: list[str]) -> None:
    candidates = [CandidateItem(UUID(int=n), UUID(int=n), domain, "", 0, 0) for n, domain in enumerate(domains)]
    sections = (ExamSection(TITLES, domains=("b",)), ExamSection(TITLES))
    arranged = in_sections(FormSelection(tuple(one.version_id for one in candidates)), candidates, sections).version_ids

    first = [one.version_id for one in candidates if one.domain == "b"]
    assert list(arranged) == first + [one.version_id for one in candidates if one.domain != "b"]


STAGES = (Stage(1, 3), Stage(4, 6), Stage(7, 7))


@pytest.mark.parametrize(
    ("slot", "given_so_far", "error"),
    [
        (3, {}, SlotLocked),
        (7, {}, StageAhead),
        (0, {}, NotFound),
        (8, {}, NotFound),
        (7, {"state": "submitted", "submitted_by": "person"}, AttemptClosed),
        (7, {"state": "submitted", "submitted_by": "server"}, DeadlinePassed),
    ],
)
def test_nobody_goes_back_or_leaves_a_part_out(slot: int, given_so_far: dict[str, object], error: type) -> None:
    here = Stage(4, 6) if error is SlotLocked else Stage(1, 3)
    with pytest.raises(error):
        stage_entered(attempt(7, here, **given_so_far), STAGES, slot, NOW)


def test_going_on_opens_the_next_part_and_asking_again_changes_nothing() -> None:
    assert stage_entered(attempt(7, Stage(1, 3)), STAGES, 4, NOW) == Stage(4, 6)
    assert stage_entered(attempt(7, Stage(4, 6)), STAGES, 4, NOW) is None


def test_nobody_goes_on_after_the_end() -> None:
    late = ENDS.closes_at + timedelta(microseconds=1)
    assert stage_entered(attempt(7, Stage(1, 3)), STAGES, 4, ENDS.closes_at) == Stage(4, 6)
    with pytest.raises(DeadlinePassed):
        stage_entered(attempt(7, Stage(1, 3)), STAGES, 4, late)
