"""How fast the answers of one attempt may come."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lms_core.assessment.domain.specifications import MOST_ITEMS
from lms_core.assessment.service import pace
from lms_core.assessment.service.pace import BURST, EVERY, SavePace
from lms_core.foundation.errors import TooMany
from lms_core.foundation.settings import Settings
from tests.support.clock import BEGINNING

ATTEMPT = uuid4()


@pytest.fixture
def saves() -> SavePace:
    return SavePace(Settings(rate_limits=True))


def _taken(saves: SavePace, count: int, now=BEGINNING) -> int:
    for taken in range(count):
        try:
            saves.take(ATTEMPT, now)
        except TooMany:
            return taken
    return count


def test_every_answer_of_the_longest_exam_may_come_at_once(saves: SavePace) -> None:
    assert _taken(saves, MOST_ITEMS) == MOST_ITEMS


def test_a_flood_is_told_to_wait_and_costs_no_other_attempt_anything(saves: SavePace) -> None:
    assert _taken(saves, 10 * BURST) == BURST
    saves.take(uuid4(), BEGINNING)


def test_waiting_makes_room_again(saves: SavePace) -> None:
    _taken(saves, BURST)
    assert _taken(saves, BURST, BEGINNING + 20 * EVERY) == 20
    assert _taken(saves, 2 * BURST, BEGINNING + timedelta(hours=1)) == BURST


@given(gaps=some.lists(some.floats(0, 2), min_size=1, max_size=60))
def test_over_any_time_no_more_comes_through_than_the_burst_and_the_rate(gaps: list[float]) -> None:
    saves, now, taken = SavePace(Settings(rate_limits=True)), BEGINNING, 0
    for gap in gaps:
        now += timedelta(seconds=gap)
        taken += _taken(saves, 40, now)
    assert taken <= BURST + (now - BEGINNING) / EVERY + 1


def test_a_site_without_limits_has_none(saves: SavePace) -> None:
    assert _taken(SavePace(Settings(rate_limits=False)), 2 * BURST) == 2 * BURST


def test_attempts_that_rest_are_forgotten_and_those_that_flood_are_not(saves: SavePace, monkeypatch) -> None:
    monkeypatch.setattr(pace, "REMEMBERED", 3)
    saves.take(uuid4(), BEGINNING - timedelta(hours=1))
    saves.take(uuid4(), BEGINNING - timedelta(hours=1))
    _taken(saves, BURST)
    saves.take(uuid4(), BEGINNING)
    assert len(saves._drained_at) == 2
    assert _taken(saves, 1) == 0
