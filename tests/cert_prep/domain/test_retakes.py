from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cert_prep.domain.retakes import add_months, decide, earliest, outlook
from cert_prep.hooks import RetakeLimits
from tests.support.certifications import FIRST_YEAR, ROLLING, certification, rule

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def at(**after: float) -> datetime:
    return START + timedelta(**after)


def reasons(limits: RetakeLimits, earlier: list[datetime], now: datetime) -> list[str]:
    decision = decide(certification(retake=rule(limits)), earlier, now)
    assert decision is not None
    return [reason.code for reason in decision.reasons]


def test_the_second_attempt_waits_a_day_and_the_third_a_fortnight():
    assert reasons(FIRST_YEAR, [START], at(hours=23)) == ["retake-wait"]
    assert reasons(FIRST_YEAR, [START], at(hours=24)) == []
    assert reasons(FIRST_YEAR, [START, at(days=1)], at(days=14)) == ["retake-wait"]
    assert reasons(FIRST_YEAR, [START, at(days=1)], at(days=15)) == []


def test_five_attempts_fill_the_year_that_begins_with_the_first():
    five = [START, *(at(days=15 * times) for times in range(1, 5))]
    assert reasons(FIRST_YEAR, five, at(days=100)) == ["retake-limit"]
    assert earliest(FIRST_YEAR, five, at(days=100)) == datetime(2027, 3, 2, 9, tzinfo=UTC)
    assert reasons(FIRST_YEAR, five, datetime(2027, 3, 2, 9, tzinfo=UTC)) == []


def test_waits_of_14_60_and_365_days_follow_each_other():
    assert earliest(ROLLING, [START], START) == at(days=14)
    assert earliest(ROLLING, [START, at(days=14)], at(days=14)) == at(days=74)
    assert earliest(ROLLING, [START, at(days=14), at(days=74)], at(days=74)) == at(days=439)


def test_ten_attempts_in_a_rolling_year_are_the_most():
    limits = RetakeLimits((timedelta(days=14),), 10, 12, "now")
    ten = [at(days=14 * times) for times in range(10)]
    now = at(days=14 * 10)
    assert reasons(limits, ten, now) == ["retake-limit"]
    assert earliest(limits, ten, now) == add_months(START, 12)


def test_a_refusal_names_the_vendor_and_the_earliest_date():
    decision = decide(certification(retake=rule(FIRST_YEAR)), [START], at(hours=1))
    assert decision is not None
    assert decision.reasons[0].reason.values["earliest"] == at(hours=24)
    assert "Vendor" in str(decision.reasons[0].reason)
    assert decision.rule_version == "1"


@pytest.mark.parametrize("retake", [None, rule(FIRST_YEAR, since=date(2026, 4, 1))])
def test_without_a_rule_in_force_there_is_no_decision(retake):
    assert decide(certification(retake=retake), [START], at(minutes=1)) is None


def test_a_month_later_is_the_last_day_of_a_shorter_month():
    assert add_months(datetime(2026, 8, 31, tzinfo=UTC), 6) == datetime(2027, 2, 28, tzinfo=UTC)


moments = st.lists(st.integers(min_value=0, max_value=900), max_size=12, unique=True).map(
    lambda days: [at(days=day) for day in sorted(days)]
)


@given(st.sampled_from([FIRST_YEAR, ROLLING]), moments, st.integers(min_value=0, max_value=900))
def test_at_the_earliest_date_an_attempt_is_possible_and_a_second_before_it_is_not(limits, earlier, day):
    now = max([at(days=day), *earlier])
    next_at = earliest(limits, earlier, now)
    assert next_at >= now
    assert earliest(limits, earlier, next_at) == next_at
    if next_at > now:
        before = next_at - timedelta(seconds=1)
        assert earliest(limits, earlier, before) > before


def test_the_outlook_tells_the_next_date_what_is_left_and_until_when():
    credential = certification(retake=rule(FIRST_YEAR))
    fresh = outlook(credential, [], START)
    assert fresh is not None
    assert (fresh.next_at, fresh.left, fresh.window_ends) == (START, 5, None)
    stands = outlook(credential, [START, at(days=1)], at(days=2))
    assert stands is not None
    assert (stands.next_at, stands.left) == (at(days=15), 3)
    assert stands.window_ends == datetime(2027, 3, 2, 9, tzinfo=UTC)
    assert [reason.code for reason in stands.decision.reasons] == ["retake-wait"]
    assert outlook(certification(retake=None), [START], START) is None


@given(
    st.sampled_from([FIRST_YEAR, ROLLING]),
    st.lists(st.integers(0, 900), max_size=8).map(sorted),
    st.integers(0, 900),
    st.randoms(use_true_random=False),
)
def test_a_decision_replays_identically_for_any_past_date(limits, days, past, random):
    """What came later, and the order in which attempts are read, change nothing."""
    credential, moment = certification(retake=rule(limits)), at(days=past)
    earlier = [at(days=day) for day in days if day <= past]
    decided = decide(credential, earlier, moment)
    shuffled = random.sample(earlier, len(earlier))

    assert decide(credential, shuffled, moment) == decided
    assert decided is not None
    stands = outlook(credential, shuffled, moment)
    assert stands is not None
    assert stands.decision == decided
    assert decided.verdict == (stands.next_at <= moment)
    assert stands.left > 0 or not decided.verdict
    later = decide(credential, earlier, stands.next_at)
    assert later is not None
    assert later.verdict
