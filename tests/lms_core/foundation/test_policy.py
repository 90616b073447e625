from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from lms_core.foundation.errors import Refusal
from lms_core.foundation.policy import Policy, RuleVersion
from lms_core.foundation.text import text

TOO_OFTEN = Refusal("too-often", text("That was often enough."))


def judge(most: int, facts: Mapping[str, Any]) -> tuple[Refusal, ...]:
    return (TOO_OFTEN,) if facts["times"] > most else ()


RETAKE = Policy(
    "retake",
    [RuleVersion("2027", date(2027, 1, 1), 1), RuleVersion("2025", date(2025, 1, 1), 3, "the school's rules, 4")],
    judge,
)


def test_facts_are_judged_by_the_version_in_force():
    before = RETAKE.decide({"times": 2}, datetime(2026, 6, 1, tzinfo=UTC))
    after = RETAKE.decide({"times": 2}, datetime(2027, 6, 1, tzinfo=UTC))
    assert (before.verdict, before.rule_version, before.reasons) == (True, "2025", ())
    assert (after.verdict, after.rule_version, after.reasons) == (False, "2027", (TOO_OFTEN,))
    assert (after.rule, after.facts) == ("retake", {"times": 2})


def test_a_decision_replays_identically_for_a_past_date():
    moment = datetime(2026, 6, 1, tzinfo=UTC)
    assert RETAKE.decide({"times": 9}, moment) == RETAKE.decide({"times": 9}, moment)


def test_before_the_first_version_there_is_no_rule():
    with pytest.raises(LookupError, match="retake"):
        RETAKE.decide({"times": 1}, datetime(2024, 12, 31, tzinfo=UTC))


def test_a_version_begins_at_midnight_in_seoul_not_in_greenwich():
    midnight = datetime(2027, 1, 1, tzinfo=ZoneInfo("Asia/Seoul"))
    assert RETAKE.version_at(midnight.astimezone(UTC)).version == "2027"
    assert RETAKE.version_at(midnight.astimezone(UTC) - timedelta(seconds=1)).version == "2025"
