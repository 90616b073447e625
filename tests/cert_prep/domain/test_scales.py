from hypothesis import given
from hypothesis import strategies as st

from cert_prep.domain.scales import OWN_LINE, SCALED_CUT, Ruler, ruler
from tests.support.certifications import certification, specification

SCALED = specification(scale="scaled-1000", pass_line=700)
shares = st.floats(min_value=0, max_value=1)


def made(**more) -> Ruler:
    chosen = specification(**more)
    return ruler(certification(chosen), chosen)


def test_the_scaled_score_runs_from_1_to_1000_through_our_own_cut():
    found = made(scale="scaled-1000", pass_line=700)
    assert (found.at(0), found.at(SCALED_CUT), found.at(1)) == (1, 700, 1000)


def test_seventy_percent_of_the_points_is_not_700():
    assert made(scale="scaled-1000", pass_line=700).at(0.7) < 700


def test_where_no_line_is_published_ours_stands_at_70_percent_and_says_so():
    found = made(scale="pass-fail")
    assert (found.line, found.cut) == (70, OWN_LINE)
    assert "our own line" in str(found.label)


def test_a_line_that_the_vendor_names_is_used():
    found = made(scale="percent", pass_line=80)
    assert (found.line, found.at(0.8), found.at(0.79)) == (80, 80, 79)


@given(shares, shares, st.sampled_from(["scaled-1000", "pass-fail", "percent"]))
def test_more_points_never_give_less_and_the_line_is_reached_at_the_cut_alone(one, other, scale):
    found = made(scale=scale, pass_line=80)
    low, high = sorted((one, other))
    assert found.least <= found.at(low) <= found.at(high) <= found.most
    assert (found.at(one) >= found.line) == (one >= found.cut)
