"""Accepting, declining and adding people: in bulk, with every reason, through the one line."""

from datetime import date

import pytest
from sqlalchemy import select

from lms_core.enrolment.domain.applications import ApplicationNotFound, AppliedAlready
from lms_core.enrolment.domain.cohorts import CohortMoved, CohortNotFound
from lms_core.enrolment.domain.names import SEE_APPLICATIONS
from lms_core.enrolment.tables import decisions
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Forbidden, NotFound, Refusal
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.tables import access_records
from lms_core.foundation.text import text

SAID = Refusal("no-laptop", text("There is no laptop left."))


@pytest.fixture
def applied(applying, make_person):
    """Applications of so many new people, in the order of their numbers."""

    def make(cohort, count=1, persons=None):
        return [applying.apply(one, cohort.id, {}) for one in persons or [make_person() for _ in range(count)]]

    return make


def ids(applications):
    return [one.id for one in applications]


def test_those_who_applied_first_get_the_places_and_the_rest_wait_in_order(desk, operator, cohort, applied, books):
    made = applied(cohort, 4)
    outcomes = desk.accept(operator, cohort.id, ids(reversed(made)))
    assert [(one.state, one.position) for one in outcomes] == [
        ("placed", None),
        ("placed", None),
        ("waiting", 1),
        ("waiting", 2),
    ]
    assert books.counters(cohort.id) == (2, 2)
    assert books.active(cohort.id) == [1, 2]


def test_a_late_acceptance_stands_in_the_line_where_its_arrival_puts_it(desk, operator, make_cohort, applied, books):
    cohort = make_cohort(capacity=1)
    first, second, third = applied(cohort, 3)
    desk.accept(operator, cohort.id, ids([first, third]))
    (outcome,) = desk.accept(operator, cohort.id, [second.id])
    assert (outcome.state, outcome.position) == ("waiting", 1)


def test_one_bad_apple_does_not_spoil_a_bulk_acceptance(desk, operator, cohort, applied, committee):
    good, bad = applied(cohort, 2)
    committee.enrolment[bad.person_id] = SAID
    outcomes = {one.application_id: one for one in desk.accept(operator, cohort.id, ids([good, bad]))}
    assert outcomes[good.id].state == "placed"
    assert outcomes[bad.id].state == "submitted"
    assert [(one.code, one.plugin) for one in outcomes[bad.id].reasons] == [("no-laptop", "committee")]


def test_a_reviewer_that_fails_refuses_and_is_named(desk, operator, cohort, applied, committee):
    (made,) = applied(cohort)
    committee.enrolment[made.person_id] = RuntimeError("out of order")
    (outcome,) = desk.accept(operator, cohort.id, [made.id])
    assert (outcome.state, outcome.reasons[0].code, outcome.reasons[0].plugin) == (
        "submitted",
        "plugin-failed",
        "committee",
    )


def test_a_decision_is_taken_once(desk, operator, cohort, applied):
    (made,) = applied(cohort)
    desk.decline(operator, cohort.id, [made.id], "모집 인원이 찼습니다.")
    (outcome,) = desk.accept(operator, cohort.id, [made.id])
    assert (outcome.state, outcome.reasons[0].code) == ("declined", "changed-meanwhile")


def test_a_declined_applicant_is_told_why(applying, desk, operator, cohort, person, applied):
    (made,) = applied(cohort, persons=[person])
    desk.decline(operator, cohort.id, [made.id], "서류가 빠졌습니다.")
    (listed,) = applying.mine(person, PageRequest()).items
    assert (listed.application.state, listed.application.note) == ("declined", "서류가 빠졌습니다.")


def test_somebody_with_a_place_is_withdrawn_not_declined(desk, operator, cohort, applied):
    (made,) = applied(cohort)
    desk.accept(operator, cohort.id, [made.id])
    (outcome,) = desk.decline(operator, cohort.id, [made.id], "")
    assert (outcome.state, outcome.reasons[0].code) == ("placed", "changed-meanwhile")


def test_a_recent_course_stands_against_it_unless_staff_make_an_exception(
    work, desk, operator, make_cohort, applied, person
):
    past = make_cohort(starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 2))
    (once,) = applied(past, persons=[person])
    desk.accept(operator, past.id, [once.id])
    desk.eligibility.clock.move(days=2)
    cohort = make_cohort()
    refused = desk.add(operator, cohort.id, person.person_id)
    assert (refused.state, [one.code for one in refused.reasons]) == ("refused", ["courses"])
    made = desk.add(operator, cohort.id, person.person_id, "질병으로 중단한 과정")
    assert made.state == "placed"
    with work.read() as uow:
        kept = uow.session.execute(select(decisions).where(decisions.c.application_id == made.application_id)).one()
    assert (kept.verdict, kept.override) == (False, "질병으로 중단한 과정")


def test_no_exception_gives_two_places_on_the_same_days(desk, operator, make_cohort, person, books):
    one, other = make_cohort(), make_cohort()
    desk.add(operator, one.id, person.person_id)
    refused = desk.add(operator, other.id, person.person_id, "둘 다 듣고 싶어 합니다")
    assert (refused.state, [said.code for said in refused.reasons]) == ("refused", ["elsewhere"])
    assert books.counters(other.id) == (2, 0)


def test_whoever_is_added_by_hand_waits_behind_those_who_applied(desk, operator, make_cohort, applied, make_person):
    cohort = make_cohort(capacity=1)
    desk.accept(operator, cohort.id, ids(applied(cohort, 2)))
    outcome = desk.add(operator, cohort.id, make_person().person_id)
    assert (outcome.state, outcome.position) == ("waiting", 2)


def test_nobody_is_added_twice_nor_to_a_draft_nor_without_an_account(
    desk, runs, operator, cohort, person, course_id, campus, details
):
    desk.add(operator, cohort.id, person.person_id)
    with pytest.raises(AppliedAlready):
        desk.add(operator, cohort.id, person.person_id)
    with pytest.raises(NotFound):
        desk.add(operator, cohort.id, new_id())
    draft = runs.add(
        operator, course_id, campus.id, details(number=9, starts_on=date(2027, 1, 1), ends_on=date(2027, 2, 1))
    )
    with pytest.raises(CohortMoved):
        desk.add(operator, draft.id, person.person_id)


def test_staff_from_elsewhere_learn_nothing_and_change_nothing(desk, cohort, applied, dedicated):
    (made,) = applied(cohort)
    stranger = Actor(new_id(), grants({SEE_APPLICATIONS}, Scope("campus", str(dedicated.id))))
    for act in (
        lambda: desk.of_cohort(stranger, cohort.id, PageRequest()),
        lambda: desk.accept(stranger, cohort.id, [made.id]),
        lambda: desk.decline(stranger, cohort.id, [made.id], ""),
    ):
        with pytest.raises(CohortNotFound):
            act()
    with pytest.raises(ApplicationNotFound):
        desk.get(stranger, made.id)


def test_whoever_may_only_look_does_not_decide(desk, cohort, applied, campus):
    (made,) = applied(cohort)
    watcher = Actor(new_id(), grants({SEE_APPLICATIONS}, Scope("campus", str(campus.id))))
    assert desk.of_cohort(watcher, cohort.id, PageRequest()).total == 1
    with pytest.raises(Forbidden):
        desk.accept(watcher, cohort.id, [made.id])


def test_an_application_of_another_cohort_is_not_decided_by_mistake(desk, operator, make_cohort, applied):
    (made,) = applied(make_cohort())
    with pytest.raises(ApplicationNotFound):
        desk.accept(operator, make_cohort().id, [made.id])


def test_reading_an_application_leaves_a_record_but_for_its_owner(work, desk, operator, cohort, person, applied):
    (made,) = applied(cohort, persons=[person])
    desk.get(person, made.id)
    listed = desk.get(operator, made.id)
    assert listed.name == person.name
    with work.read() as uow:
        read = uow.session.execute(select(access_records)).all()
    assert [(one.actor_id, one.person_id, one.purpose) for one in read] == [
        (operator.person_id, person.person_id, "enrolment.application")
    ]


def test_a_list_of_applications_costs_the_same_however_long(desk, operator, make_cohort, applied, count_queries):
    short, long = make_cohort(), make_cohort(starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 1))
    applied(short, 2)
    applied(long, 12)
    with count_queries() as few:
        desk.of_cohort(operator, short.id, PageRequest())
    with count_queries() as many:
        assert len(desk.of_cohort(operator, long.id, PageRequest()).items) == 12
    assert len(few) == len(many)
