from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cert_prep.domain.catalogue import Catalogue, CertificationNotFound, standing
from tests.support.certifications import CHECKED, certification, specification


@given(st.integers(min_value=-30, max_value=400))
def test_an_outline_is_stale_once_90_days_have_passed_since_it_was_checked(days: int):
    today = CHECKED + timedelta(days=days)
    assert standing(specification(), today).stale == (days > 90)


@given(st.integers(min_value=-400, max_value=400))
def test_a_retirement_is_announced_for_90_days_and_then_in_force(days_left: int):
    end = date(2026, 6, 30)
    found = standing(specification(retired_on=end), end - timedelta(days=days_left))
    assert found.retired == (days_left <= 0)
    assert found.retires_in == (days_left if 0 < days_left <= 90 else None)


def test_an_outline_without_a_date_is_retired_where_it_says_so():
    assert standing(specification(status="retired"), CHECKED).retired


def test_of_two_credentials_with_one_code_the_first_one_stays():
    first, second = certification(), certification()
    catalogue, left_out = Catalogue.bind([("one", first), ("two", second)])
    assert catalogue.get("XY-900") is first
    assert catalogue.plugins["XY-900"] == "one"
    assert left_out == ("two: XY-900: one registers it already",)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (specification("AB-1"), "does not begin with xy-900."),
        (specification(weights=((0, 0),)), "no weight that can be"),
        (specification(weights=((60, 50),)), "no weight that can be"),
        (specification(successor="XY-900"), "its own successor"),
    ],
)
def test_a_contradiction_is_left_out_and_told(wrong, said: str):
    catalogue, left_out = Catalogue.bind([("one", certification(wrong))])
    assert not catalogue.certifications
    assert said in left_out[0]


def test_the_version_in_force_is_the_first_and_others_are_found_by_name():
    newer, older = specification(as_of="2026-02"), specification(as_of="2025-02")
    catalogue, _ = Catalogue.bind([("one", certification(newer, older))])
    assert catalogue.version("XY-900") is newer
    assert catalogue.version("XY-900", "2025-02") is older
    with pytest.raises(CertificationNotFound):
        catalogue.version("XY-900", "1999")
    with pytest.raises(CertificationNotFound):
        catalogue.get("XY-901")
