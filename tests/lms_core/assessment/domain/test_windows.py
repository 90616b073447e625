from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.attempts import OPEN, Attempt
from lms_core.assessment.domain.deadlines import (
    NO_ACCOMMODATION,
    Accommodation,
    LedgerEntry,
    deadline_of,
    extension,
    opening_entries,
)
from lms_core.assessment.domain.windows import gained

START = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
LIMIT = 45 * 60

ends = st.none() | st.integers(1, 10 * 3600).map(lambda after: START + timedelta(seconds=after))
granted = st.builds(Accommodation, percent=st.integers(0, 100), minutes=st.integers(0, 60))
edits = st.lists(st.tuples(st.just("window"), ends) | st.tuples(st.just("incident"), st.integers(1, 3600)), max_size=12)


def running(entries: list[LedgerEntry], window: datetime | None) -> Attempt:
    deadline = deadline_of(START, entries, window)
    scopes = frozenset[object]()
    person = uuid4()
    return Attempt(
        id=uuid4(),
        exam_id=uuid4(),
        form_id=uuid4(),
        person_id=person,
        mode="simulation",
        number=1,
        state=OPEN,
        generation=1,
        started_at=START,
        deadline=deadline,
        slots=1,
        first_slot=1,
        last_slot=1,
        submitted_at=None,
        submitted_by=None,
        scopes=scopes,  # type: ignore[arg-type]  # no scope is looked at
        window_closes_at=window,
    )


def test_a_later_window_gives_back_what_the_old_one_cut_off_and_no_more_than_the_limit() -> None:
    window = START + timedelta(minutes=10)
    entries = list(opening_entries(START, LIMIT, NO_ACCOMMODATION, window))
    attempt = running(entries, window)

    assert gained(attempt, entries, START + timedelta(minutes=20), ()) == (LedgerEntry(2, "window", 600),)
    assert gained(attempt, entries, None, ()) == (LedgerEntry(2, "window", 35 * 60),)


def test_an_earlier_window_takes_nothing_away() -> None:
    entries = list(opening_entries(START, LIMIT, NO_ACCOMMODATION, None))

    assert gained(running(entries, None), entries, START + timedelta(minutes=1), ()) == ()


def test_a_share_that_was_granted_grows_with_the_window() -> None:
    window, more = START + timedelta(minutes=10), Accommodation(percent=50)
    entries = list(opening_entries(START, LIMIT, more, window))
    given = gained(running(entries, window), entries, START + timedelta(minutes=20), [more])

    assert given == (LedgerEntry(3, "window", 600), LedgerEntry(4, "accommodation", 300))


@given(ends, granted, edits)
def test_whatever_is_edited_no_deadline_comes_earlier_and_the_ledger_alone_tells_it(
    window: datetime | None, more: Accommodation, edited: list[tuple[str, object]]
) -> None:
    entries = list(opening_entries(START, LIMIT, more, window))
    attempt = running(entries, window)
    for kind, value in edited:
        before = deadline_of(START, entries, window)
        if kind == "window":
            entries += gained(attempt, entries, value, [more])  # type: ignore[arg-type]  # hypothesis pairs them
        else:
            entries.append(extension(entries, "incident", value))  # type: ignore[arg-type]  # hypothesis pairs them
        after = deadline_of(START, entries, window)
        assert after.deadline_at >= before.deadline_at
        assert after.revision >= before.revision
        attempt = replace(attempt, deadline=after)
        # Moving to the same window once more gives nothing: there is one truth, and it is told already.
        if kind == "window":
            assert gained(attempt, entries, value, [more]) == ()  # type: ignore[arg-type]  # hypothesis pairs them

    ordinary = sum(entry.seconds for entry in entries if entry.kind == "window")
    assert ordinary <= LIMIT
    assert [entry.revision for entry in entries] == list(range(1, len(entries) + 1))
