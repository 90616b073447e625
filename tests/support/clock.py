"""A clock that stands still until a test moves it."""

import pytest

from lms_core.kit.clock import BEGINNING, FixedClock

__all__ = ["BEGINNING", "FixedClock", "clock"]


@pytest.fixture
def clock() -> FixedClock:
    """A clock that the test moves."""
    return FixedClock()
