"""Cohorts: where they stand, where they may go, what can be said of them."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from lms_core.enrolment.domain.cohorts import Cohort, CohortDetails, CohortMoved, FewerThanTaken, check_details
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Titles

OPENS, CLOSES = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 15, tzinfo=UTC)
STARTS, ENDS = date(2026, 4, 1), date(2026, 7, 31)


def make(state="open", taken=0):
    titles = Titles("1기", "Cohort 1")
    ids = (UUID(int=1), UUID(int=2), UUID(int=3))
    return Cohort(*ids, 1, titles, 20, OPENS, CLOSES, STARTS, ENDS, state=state, places_taken=taken)


def details(**changed):
    told = {"number": 1, "titles": Titles("1기", "Cohort 1"), "capacity": 20, "starts_on": STARTS, "ends_on": ENDS}
    return CohortDetails(**{**told, "applications_from": OPENS, "applications_until": CLOSES, **changed})


@pytest.mark.parametrize(
    ("state", "day", "phase"),
    [
        ("draft", date(2026, 3, 2), "draft"),
        ("open", date(2026, 2, 1), "upcoming"),
        ("open", date(2026, 3, 2), "taking"),
        ("open", date(2026, 3, 20), "selecting"),
        ("closed", date(2026, 3, 2), "selecting"),
        ("open", date(2026, 4, 1), "running"),
        ("open", date(2026, 7, 31), "running"),
        ("closed", date(2026, 8, 1), "finished"),
        ("cancelled", date(2026, 5, 1), "cancelled"),
    ],
)
def test_the_phase_follows_from_state_and_day(state, day, phase):
    assert make(state).phase(datetime(day.year, day.month, day.day, tzinfo=UTC), day) == phase


def test_a_cancelled_cohort_stays_cancelled():
    with pytest.raises(CohortMoved):
        make("cancelled").move("open")


def test_a_cohort_with_people_in_it_is_not_cancelled():
    with pytest.raises(CohortMoved):
        make(taken=1).move("cancelled")


def test_there_are_never_fewer_places_than_are_taken():
    with pytest.raises(FewerThanTaken) as refused:
        make(taken=5).describe(details(capacity=4))
    assert set(refused.value.fields) == {"capacity"}


def test_all_faults_are_told_together():
    wrong = details(
        number=0,
        titles=Titles("", " "),
        capacity=0,
        applications_until=OPENS,
        ends_on=date(2026, 3, 31),
    )
    with pytest.raises(Invalid) as refused:
        check_details(wrong)
    assert set(refused.value.fields) == {
        "number",
        "title_ko",
        "title_en",
        "capacity",
        "applications_until",
        "ends_on",
    }
