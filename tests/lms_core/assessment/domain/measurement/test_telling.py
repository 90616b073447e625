"""What a person may expect is a share of right answers, by the shares of the domains, closer with every answer."""

import pytest

from lms_core.assessment.domain.measurement.posterior import Answer, Item
from lms_core.assessment.domain.measurement.telling import expected_share

POOL = [Item(f"{domain}{at}", 1.2, place, domain) for domain, place in (("a", -2.0), ("b", 2.0)) for at in range(30)]


def test_nothing_answered_expects_what_the_average_person_gets() -> None:
    found = expected_share(POOL, [], {"a": 0.5, "b": 0.5})
    assert found.percent == pytest.approx(50, abs=0.01)
    assert (found.answers, found.is_close) == (0, False)


def test_each_domain_counts_by_its_share() -> None:
    easy, hard = (expected_share(POOL, [], shares).percent for shares in ({"a": 1.0, "b": 0.0}, {"a": 0.0, "b": 1.0}))
    mixed = expected_share(POOL, [], {"a": 0.75, "b": 0.25}).percent
    assert mixed == pytest.approx(0.75 * easy + 0.25 * hard)


def test_a_domain_that_was_not_measured_is_left_out() -> None:
    alone = expected_share(POOL[:30], [], {"a": 0.2, "b": 0.8})
    assert alone.percent == pytest.approx(expected_share(POOL[:30], [], {"a": 1.0}).percent)


def test_every_answer_narrows_the_interval_until_it_is_close() -> None:
    several = [Answer(Item(f"i{at}", 2.0, 0.0, "a"), right=at % 2 == 0) for at in range(40)]
    widths = []
    for count in (0, 4, 16, 40):
        found = expected_share(POOL, several[:count], {"a": 0.5, "b": 0.5})
        assert found.low < found.percent < found.high
        widths.append(found.high - found.low)
    assert widths == sorted(widths, reverse=True)
    assert found.is_close
