"""Applying: what is met and what is not, one live application, and a window that the database keeps."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms_core.enrolment.domain.applications import (
    ApplicationDecided,
    ApplicationNotFound,
    ApplicationsClosed,
    NotEligible,
)
from lms_core.enrolment.domain.cohorts import CohortNotFound
from lms_core.enrolment.tables import decisions
from lms_core.foundation.actors import ANYONE
from lms_core.foundation.errors import Refusal, Unauthenticated
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.text import text
from tests.support.clock import BEGINNING

ANSWERS = {"motivation": "배우고 싶습니다."}


def test_an_application_is_taken_in_with_a_number_and_the_decision_it_stands_on(work, applying, cohort, make_person):
    first, second = (applying.apply(make_person(), cohort.id, ANSWERS) for _ in range(2))
    assert (first.number, second.number, first.state) == (1, 2, "submitted")
    with work.read() as uow:
        kept = uow.session.execute(select(decisions).where(decisions.c.application_id == first.id)).one()
    assert (kept.verdict, kept.rule, kept.rule_version, kept.reasons) == (True, "enrolment.eligibility", "2", [])
    assert kept.facts["today"] == "2026-03-02"


def test_all_reasons_against_an_application_are_told_together(applying, cohort, person, committee):
    applying.apply(person, cohort.id, ANSWERS)
    committee.application[person.person_id] = Refusal("too-young", text("You have to be 15."))
    with pytest.raises(NotEligible) as refused:
        applying.apply(person, cohort.id, ANSWERS)
    assert [(one.code, one.plugin) for one in refused.value.reasons] == [
        ("applied", "core"),
        ("too-young", "committee"),
    ]


def test_what_is_met_and_what_is_not_is_shown_before_applying(applying, cohort, person, books):
    met, said = applying.check(person, cohort.id)
    assert {one.code: one.met for one in met} == dict.fromkeys(("window", "applied", "elsewhere", "courses"), True)
    assert said == ()
    assert books.states(cohort.id) == {}


def test_reviewers_learn_programme_facts_and_no_names(applying, cohort, person, committee, campus):
    applying.apply(person, cohort.id, ANSWERS)
    ((_, facts),) = committee.asked
    assert (facts.person_id, facts.cohort_id, facts.campus_id) == (person.person_id, cohort.id, campus.id)
    assert (facts.organisation_id, facts.by_staff, facts.answers) == (campus.owner_id, False, ANSWERS)


def test_nobody_applies_before_or_after_the_window(applying, cohort, person, clock):
    clock.set(BEGINNING - timedelta(days=1, seconds=1))
    met, _ = applying.check(person, cohort.id)
    assert not met[0].met
    clock.set(BEGINNING + timedelta(days=14))
    with pytest.raises(NotEligible):
        applying.apply(person, cohort.id, ANSWERS)


def test_the_statement_that_counts_applications_judges_the_window_itself(applying, cohort, person, clock, monkeypatch):
    # As if the window had closed between the decision and the write.
    monkeypatch.setattr(type(applying.eligibility), "moment", lambda _: BEGINNING)
    clock.set(BEGINNING + timedelta(days=14))
    with pytest.raises(ApplicationsClosed):
        applying.apply(person, cohort.id, ANSWERS)


def test_a_draft_is_nobodys_to_know(runs, operator, course_id, campus, applying, person, details):
    draft = runs.add(operator, course_id, campus.id, details())
    with pytest.raises(CohortNotFound):
        applying.apply(person, draft.id, ANSWERS)


def test_whoever_takes_an_application_back_may_apply_again_at_the_end_of_the_line(applying, cohort, person):
    first = applying.apply(person, cohort.id, ANSWERS)
    applying.withdraw(person, first.id)
    assert applying.apply(person, cohort.id, ANSWERS).number == 2
    with pytest.raises(ApplicationDecided):
        applying.withdraw(person, first.id)


def test_somebody_elses_application_cannot_be_taken_back(applying, cohort, make_person):
    application = applying.apply(make_person(), cohort.id, ANSWERS)
    with pytest.raises(ApplicationNotFound):
        applying.withdraw(make_person(), application.id)


def test_ones_own_applications_are_listed_with_their_place_in_the_line(applying, desk, operator, make_cohort, person):
    cohort = make_cohort(capacity=1)
    application = applying.apply(person, cohort.id, ANSWERS)
    desk.accept(operator, cohort.id, [application.id])
    (listed,) = applying.mine(person, PageRequest()).items
    assert (listed.application.state, listed.position) == ("placed", None)
    assert listed.cohort.course.en == "AI engineer"


def test_nobody_applies_without_signing_in(applying, cohort):
    with pytest.raises(Unauthenticated):
        applying.apply(ANYONE, cohort.id, ANSWERS)
