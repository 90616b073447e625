import pytest

from tests.support.outbox import Surroundings


@pytest.fixture
def around(work):
    return Surroundings(work)
