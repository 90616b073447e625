"""What pages cost that many open at once: counted in statements, since that is what their time goes to."""

import pytest

from tests.support.counting import statements
from tests.support.exams import SittingSite, sitting_site
from tests.support.site import Site

POLLED = "foundation_epoch"


@pytest.fixture
def sat(site: Site) -> SittingSite:
    return sitting_site(site)


def test_the_pages_of_an_attempt_take_few_statements(sat: SittingSite) -> None:
    attempt = sat.begin()["id"]
    assert _cost(sat, f"/assessment/attempts/{attempt}") <= 2
    assert _cost(sat, f"/api/v1/assessment/attempts/{attempt}") <= 5
    sat.trainee.post(f"/api/v1/assessment/attempts/{attempt}/submission")
    assert _cost(sat, f"/assessment/attempts/{attempt}/report") <= 6


def test_home_takes_few_statements_for_somebody_who_has_nothing_yet(sat: SittingSite) -> None:
    assert _cost(sat, "/home") <= 8


def _cost(sat: SittingSite, path: str) -> int:
    """The statements of a page that was opened before. Whether plugins were switched is asked once a second."""
    sat.trainee.get(path)
    with statements(sat.site.house.database) as seen:
        assert sat.trainee.get(path).status_code == 200
    return len([one for one in seen if POLLED not in one])
