"""The dated rule, on facts alone."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.enrolment.domain.eligibility import (
    ACCEPTANCE,
    APPLICATION,
    ELIGIBILITY,
    PastCourse,
    criteria,
    gather,
    months_after,
)

SEOUL = ZoneInfo("Asia/Seoul")
HERE, ELSEWHERE = UUID(int=1), UUID(int=2)


def facts(now, past=(), occasion=APPLICATION, applied=False, **cohort):
    told = {
        "id": HERE,
        "state": "open",
        "opens": now - timedelta(days=1),
        "closes": now + timedelta(days=1),
        "starts_on": date(2026, 9, 1),
        "ends_on": date(2026, 12, 31),
    }
    return gather(occasion, now.astimezone(SEOUL).date(), now, told | cohort, tuple(past), applied=applied)


def at(year, month, day, hour=12):
    return datetime(year, month, day, hour, tzinfo=SEOUL)


def past(starts_on, ends_on, left_on=None, cohort_id=ELSEWHERE):
    return PastCourse(cohort_id, starts_on, ends_on, left_on)


def codes(decision):
    return [one.code for one in decision.reasons]


TWO = [past(date(2023, 3, 1), date(2023, 6, 30)), past(date(2024, 3, 1), date(2024, 6, 30))]


def test_before_2026_a_person_took_two_courses_in_a_lifetime():
    before = at(2025, 12, 31, 23)
    assert codes(ELIGIBILITY.decide(facts(before, TWO[:1]), before)) == []
    decision = ELIGIBILITY.decide(facts(before, TWO), before)
    assert (codes(decision), decision.rule_version) == (["courses"], "1")


def test_from_2026_on_the_cap_is_gone_and_a_year_has_to_pass():
    after = at(2026, 1, 1, 0)
    assert codes(ELIGIBILITY.decide(facts(after, TWO), after)) == []
    recent = [past(date(2025, 3, 1), date(2025, 6, 30))]
    decision = ELIGIBILITY.decide(facts(after, recent), after)
    assert (codes(decision), decision.rule_version) == (["courses"], "2")
    assert decision.reasons[0].reason.values == {"last": date(2025, 6, 30), "day": date(2026, 6, 30)}


def test_every_version_says_where_it_comes_from():
    assert all("2025-11-11" in one.source for one in ELIGIBILITY.versions)


@pytest.mark.parametrize(("now", "met"), [(at(2026, 6, 29, 23), False), (at(2026, 6, 30, 0), True)])
def test_the_year_ends_at_midnight_in_seoul(now, met):
    recent = [past(date(2025, 3, 1), date(2025, 6, 30))]
    assert ELIGIBILITY.decide(facts(now, recent), now).verdict is met


def test_whoever_left_before_the_first_day_has_taken_nothing():
    now = at(2026, 2, 1)
    left = [past(date(2026, 1, 10), date(2026, 5, 1), left_on=date(2026, 1, 9))]
    assert ELIGIBILITY.decide(facts(now, left), now).verdict
    midway = [past(date(2026, 1, 10), date(2026, 5, 1), left_on=date(2026, 1, 20))]
    assert codes(ELIGIBILITY.decide(facts(now, midway), now)) == ["courses"]


def test_a_place_on_the_same_days_stands_against_it_until_it_is_given_up():
    now = at(2026, 8, 1)
    running = past(date(2026, 8, 15), date(2026, 9, 1))
    assert codes(ELIGIBILITY.decide(facts(now, [running]), now)) == ["elsewhere"]
    left = past(date(2026, 8, 15), date(2026, 9, 1), left_on=date(2026, 7, 1))
    assert ELIGIBILITY.decide(facts(now, [left]), now).verdict


def test_the_window_binds_applicants_and_not_staff():
    now = at(2026, 8, 1)
    late = facts(now, closes=now)
    assert codes(ELIGIBILITY.decide(late, now)) == ["window"]
    assert ELIGIBILITY.decide(facts(now, occasion=ACCEPTANCE, closes=now, applied=True), now).verdict


def test_a_cancelled_cohort_takes_nobody_not_even_from_staff():
    now = at(2026, 8, 1)
    assert codes(ELIGIBILITY.decide(facts(now, occasion=ACCEPTANCE, state="cancelled"), now)) == ["window"]


def test_what_is_met_stands_beside_what_is_not():
    now = at(2026, 8, 1)
    shown = criteria(ELIGIBILITY.decide(facts(now, applied=True), now))
    assert [(one.code, one.met) for one in shown] == [
        ("window", True),
        ("applied", False),
        ("elsewhere", True),
        ("courses", True),
    ]
    assert shown[1].reasons


@given(
    st.integers(0, 15 * 365 * 24).map(lambda hours: datetime(2020, 1, 2, tzinfo=UTC) + timedelta(hours=hours)),
    st.lists(st.tuples(st.dates(date(2019, 1, 1), date(2030, 1, 1)), st.integers(0, 200)), max_size=4),
)
def test_a_verdict_replays_from_its_facts_alone(now, courses):
    taken = [past(begin, begin + timedelta(days=length)) for begin, length in courses]
    decision = ELIGIBILITY.decide(facts(now, taken), now)
    again = ELIGIBILITY.decide(decision.facts, decision.decided_at)
    assert again == decision


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_so_many_months_later_is_the_same_day_or_the_last_one_of_a_shorter_month(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
