from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from university_outreach.domain import (
    ACTIVITY,
    HOST,
    PLACE,
    TIME,
    Agreement,
    AgreementDetails,
    Visit,
    VisitCancelled,
    VisitDetails,
    check_agreement,
    check_visit,
    missing,
    next_visit,
    reason_against,
)

SEOUL = ZoneInfo("Asia/Seoul")
MORNING = datetime(2026, 3, 10, 0, 0, tzinfo=UTC)


def visit(**more) -> Visit:
    made = Visit(new_id(), new_id(), None, "", "", "", None, None, "", None, [], "")
    given_ = {"building": "공학관", "room": "301", "starts_at": MORNING, "ends_at": MORNING + timedelta(hours=8)}
    made.describe(VisitDetails(**{**given_, **more}))
    return made


def agreement(signed_on=date(2026, 1, 1), ends_on=None) -> Agreement:
    return Agreement(new_id(), new_id(), "취업지원센터", signed_on, ends_on)


def test_a_visit_with_place_date_and_host_lacks_nothing():
    assert missing(visit(), agreement(), SEOUL) == ()


@pytest.mark.parametrize(
    ("more", "lacks"),
    [
        ({"building": ""}, (PLACE,)),
        ({"room": ""}, (PLACE,)),
        ({"starts_at": None, "ends_at": None}, (TIME,)),
        ({"building": "", "starts_at": None, "ends_at": None}, (PLACE, TIME)),
    ],
)
def test_what_is_not_known_is_named(more, lacks):
    assert missing(visit(**more), agreement(), SEOUL) == lacks


def test_a_host_without_an_agreement_on_those_days_is_no_host():
    assert missing(visit(), None, SEOUL) == (HOST,)
    assert missing(visit(), agreement(ends_on=date(2026, 3, 9)), SEOUL) == (HOST,)
    assert missing(visit(), agreement(signed_on=date(2026, 3, 11)), SEOUL) == (HOST,)
    assert missing(visit(), agreement(ends_on=date(2026, 3, 10)), SEOUL) == ()


def test_days_are_those_of_the_site():
    late = visit(starts_at=datetime(2026, 3, 10, 16, tzinfo=UTC), ends_at=datetime(2026, 3, 10, 20, tzinfo=UTC))
    assert missing(late, agreement(ends_on=date(2026, 3, 10)), SEOUL) == (HOST,)


def test_a_course_without_visits_is_nobody_elses_business():
    assert reason_against(("catalog.page",), ()) is None


def test_a_visiting_course_needs_a_visit_and_all_its_parts():
    assert reason_against((ACTIVITY,), ()).code == "visit-missing"
    refusal = reason_against((ACTIVITY,), ((), (PLACE, HOST)))
    assert refusal.code == "visit-incomplete"
    assert "the place, the host" in str(refusal.reason)
    assert reason_against((ACTIVITY,), ((),)) is None


def test_a_course_with_a_visit_is_a_visiting_course_even_without_the_activity():
    assert reason_against(("catalog.page",), ((TIME,),)).code == "visit-incomplete"


def test_a_cancelled_visit_is_neither_changed_nor_cancelled_again():
    made = visit()
    made.cancel()
    with pytest.raises(VisitCancelled):
        made.describe(VisitDetails())
    with pytest.raises(VisitCancelled):
        made.cancel()


@given(st.lists(st.integers(min_value=-50, max_value=50), max_size=6))
def test_the_next_visit_is_the_earliest_that_is_not_over(days):
    made = [
        visit(starts_at=MORNING + timedelta(days=day), ends_at=MORNING + timedelta(days=day, hours=8)) for day in days
    ]
    found = next_visit(made, MORNING)
    coming = sorted(day for day in days if day >= 0)
    assert (found.starts_at if found else None) == (MORNING + timedelta(days=coming[0]) if coming else None)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (VisitDetails(starts_at=MORNING), "ends_at"),
        (VisitDetails(ends_at=MORNING), "starts_at"),
        (VisitDetails(starts_at=MORNING, ends_at=MORNING), "ends_at"),
        (VisitDetails(equipment=("x" * 201,)), "equipment"),
    ],
)
def test_details_that_contradict_themselves_are_refused_by_field(told, field):
    with pytest.raises(Invalid) as refused:
        check_visit(told)
    assert set(refused.value.fields) == {field}


def test_an_agreement_does_not_end_before_it_begins():
    with pytest.raises(Invalid):
        check_agreement(AgreementDetails(new_id(), "센터", date(2026, 3, 2), date(2026, 3, 1)))
