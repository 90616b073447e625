from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.deadlines import (
    GRACE,
    NO_ACCOMMODATION,
    Accommodation,
    LedgerEntry,
    deadline_of,
    extension,
    grace_at,
    largest,
    opening_entries,
)
from lms_core.foundation.errors import Invalid

START = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
LIMIT = 45 * 60

kinds = st.sampled_from(["accommodation", "incident"])
seconds = st.integers(1, 24 * 60 * 60)
windows = st.none() | st.integers(-3600, 10 * 3600).map(lambda after: START + timedelta(seconds=after))
accommodations = st.builds(Accommodation, percent=st.integers(0, 200), minutes=st.integers(0, 120))


def test_an_ordinary_attempt_ends_after_its_limit_and_closes_after_the_grace() -> None:
    deadline = deadline_of(START, opening_entries(START, LIMIT, NO_ACCOMMODATION, None), None)

    assert deadline.deadline_at == START + timedelta(minutes=45)
    assert deadline.closes_at == deadline.deadline_at + timedelta(seconds=30)
    assert deadline.revision == 1


def test_the_window_cuts_the_limit_but_never_what_was_granted() -> None:
    window = START + timedelta(minutes=10)
    entries = opening_entries(START, LIMIT, Accommodation(minutes=15), window)

    assert deadline_of(START, entries, window).deadline_at == START + timedelta(minutes=25)


def test_a_share_of_more_time_is_counted_from_the_time_the_person_really_has() -> None:
    window = START + timedelta(minutes=20)

    assert opening_entries(START, LIMIT, Accommodation(percent=50), window)[1].seconds == 10 * 60


def test_of_several_accommodations_the_largest_counts() -> None:
    assert largest([Accommodation(percent=25), Accommodation(minutes=20)], LIMIT) == Accommodation(minutes=20)
    assert largest([], LIMIT) == NO_ACCOMMODATION


@pytest.mark.parametrize("wrong", [0, -1, 24 * 60 * 60 + 1])
def test_time_cannot_be_taken_away_by_an_extension(wrong: int) -> None:
    with pytest.raises(Invalid):
        extension((), "incident", wrong)


@given(accommodations, windows, st.lists(st.tuples(kinds, seconds), max_size=12))
def test_no_edit_ever_shortens_and_every_edit_gives_exactly_what_it_says(
    granted: Accommodation, window: datetime | None, edits: list[tuple[str, int]]
) -> None:
    entries = list(opening_entries(START, LIMIT, granted, window))
    before = deadline_of(START, entries, window)
    assert before.deadline_at >= START

    for kind, more in edits:
        entries.append(extension(entries, "accommodation" if kind == "accommodation" else "incident", more))
        after = deadline_of(START, entries, window)
        assert after.deadline_at == before.deadline_at + timedelta(seconds=more)
        assert after.revision == before.revision + 1
        before = after


@given(windows, st.lists(st.tuples(kinds, seconds), max_size=8), st.randoms())
def test_the_ledger_says_the_same_in_whatever_order_it_is_read(
    window: datetime | None, edits: list[tuple[str, int]], lot: Random
) -> None:
    entries = list(opening_entries(START, LIMIT, NO_ACCOMMODATION, window))
    for kind, more in edits:
        entries.append(extension(entries, "accommodation" if kind == "accommodation" else "incident", more))
    shuffled = list(entries)
    lot.shuffle(shuffled)

    assert deadline_of(START, shuffled, window) == deadline_of(START, entries, window)
    assert [entry.revision for entry in entries] == list(range(1, len(entries) + 1))


def test_the_grace_is_that_of_the_day_the_attempt_began() -> None:
    assert grace_at(START) == timedelta(seconds=30)
    assert GRACE.decide({"late": timedelta(seconds=30)}, START).verdict
    late = GRACE.decide({"late": timedelta(seconds=31)}, START)
    assert ([one.code for one in late.reasons], late.rule_version) == (["deadline-passed"], "2026-01")


def test_nothing_a_client_claims_enters_the_deadline() -> None:
    fields = set(LedgerEntry.__dataclass_fields__)

    assert fields == {"revision", "kind", "seconds"}
