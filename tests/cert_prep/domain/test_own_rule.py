"""The academy's own rule: read line by line, in force from its days on, replayable, and no softer than the vendor's."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cert_prep.domain.own_rule import UnreadableRule, own_outlook, versions_of
from cert_prep.domain.retakes import strictest

SPRING = "2026-03-01 | 3, 7 | 4 | 12 | 복습할 시간을 둡니다. | Time to go over it."
SUMMER = "2026-07-01 | 1 | 9 | 6 | 더 자주 봅니다. | More often."
BOTH = f"{SPRING}\n\n{SUMMER}\n"
MAY, AUGUST = datetime(2026, 5, 4, 9, tzinfo=UTC), datetime(2026, 8, 3, 9, tzinfo=UTC)
minutes = st.integers(0, 500 * 24 * 60)
moments = minutes.map(lambda passed: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=passed))


def test_each_line_is_a_version_with_its_reason_in_both_languages():
    spring, summer = versions_of(BOTH)
    assert (spring.version, summer.version) == ("2026-03-01", "2026-07-01")
    assert spring.parameters.limits.waits == (timedelta(days=3), timedelta(days=7))
    assert (spring.parameters.limits.attempts, spring.parameters.limits.window_months) == (4, 12)
    assert spring.parameters.why.ko == "복습할 시간을 둡니다."


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30 | 3 | 4 | 12 | 가 | a",
        "2026-03-01 | soon | 4 | 12 | 가 | a",
        "2026-03-01 | 3 | 0 | 12 | 가 | a",
        "2026-03-01 | 3 | 4 | 12 | 가",
        "2026-03-01 | 3 | 4 | 12 | 가 |",
        f"{SPRING}\n{SPRING}",
    ],
)
def test_what_is_no_rule_names_its_line(written):
    with pytest.raises(UnreadableRule) as refused:
        versions_of(written)
    assert refused.value.reason.values["line"] == len(written.splitlines())


def test_a_version_decides_from_its_day_on_and_past_days_are_decided_as_they_were():
    versions = versions_of(BOTH)
    then = own_outlook(versions, [MAY - timedelta(days=2)], MAY)
    now = own_outlook(versions, [AUGUST - timedelta(days=2)], AUGUST)
    assert (then.decision.verdict, then.decision.rule_version) == (False, "2026-03-01")
    assert then.decision.reasons[0].reason.values["why"].en == "Time to go over it."
    assert (now.decision.verdict, now.decision.rule_version) == (True, "2026-07-01")
    assert own_outlook(versions, [], datetime(2026, 2, 1, tzinfo=UTC)) is None


@given(st.lists(moments, max_size=12), moments)
def test_the_next_simulation_is_possible_when_it_says_and_refused_just_before(earlier, now):
    versions, earlier = versions_of(SPRING.replace("2026-03-01", "2025-01-01")), [one for one in earlier if one <= now]
    found = own_outlook(versions, earlier, now)
    assert found.decision.verdict == (found.next_at <= now)
    assert own_outlook(versions, earlier, found.next_at).decision.verdict
    if found.next_at > now:
        assert not own_outlook(versions, earlier, found.next_at - timedelta(seconds=1)).decision.verdict


def test_of_two_rules_the_stricter_one_decides():
    long, short = versions_of(SPRING), versions_of(SPRING.replace("| 3, 7 |", "| 1 |"))
    both = [own_outlook(versions, [MAY - timedelta(hours=30)], MAY) for versions in (short, long)]
    assert strictest(both) is both[1]
    assert strictest([]) is None
