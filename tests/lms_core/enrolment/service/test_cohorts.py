"""Cohorts: planning, announcing, cancelling, and who sees which."""

from datetime import date, timedelta

import pytest

from lms_core.enrolment.domain.cohorts import (
    CohortChangedMeanwhile,
    CohortMoved,
    CohortNotFound,
    FewerThanTaken,
    NumberTaken,
)
from lms_core.enrolment.domain.names import SEE_COHORT
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope


def ids(page):
    return {one.cohort.id for one in page.items}


def test_a_cohort_begins_as_a_draft_that_only_staff_see(runs, operator, course_id, campus, details, person):
    draft = runs.add(operator, course_id, campus.id, details())
    assert (draft.state, draft.places_taken) == ("draft", 0)
    assert ids(runs.find(operator, PageRequest())) == {draft.id}
    assert ids(runs.announced(person, PageRequest())) == set()
    runs.move(operator, draft.id, "open")
    assert ids(runs.announced(person, PageRequest())) == {draft.id}
    assert runs.shown(person, draft.id).campus.en == "Mapo campus"


def test_two_cohorts_of_a_course_at_a_campus_never_share_a_number(runs, operator, course_id, campus, details):
    runs.add(operator, course_id, campus.id, details())
    with pytest.raises(NumberTaken) as refused:
        runs.add(operator, course_id, campus.id, details())
    assert set(refused.value.fields) == {"number"}


def test_a_course_or_campus_that_is_not_ones_own_cannot_be_chosen(runs, operator, course_id, dedicated, details):
    with pytest.raises(Invalid) as refused:
        runs.add(operator, new_id(), dedicated.id, details())
    assert set(refused.value.fields) == {"course_id", "campus_id"}


def test_a_change_of_what_somebody_else_saved_is_refused(runs, operator, cohort, details):
    version = runs.get(operator, cohort.id).cohort.version
    runs.change(operator, cohort.id, details(capacity=5), version)
    with pytest.raises(CohortChangedMeanwhile):
        runs.change(operator, cohort.id, details(capacity=6), version)


def test_places_taken_meanwhile_do_not_make_an_editors_form_stale(runs, desk, operator, cohort, details, make_person):
    version = runs.get(operator, cohort.id).cohort.version
    desk.add(operator, cohort.id, make_person().person_id)
    runs.change(operator, cohort.id, details(capacity=1), version)
    version = runs.get(operator, cohort.id).cohort.version
    with pytest.raises(Invalid):
        runs.change(operator, cohort.id, details(capacity=0), version)


def test_there_are_never_fewer_places_than_are_taken(runs, desk, operator, cohort, details, make_person):
    for _ in range(2):
        desk.add(operator, cohort.id, make_person().person_id)
    version = runs.get(operator, cohort.id).cohort.version
    with pytest.raises(FewerThanTaken):
        runs.change(operator, cohort.id, details(capacity=1), version)


def test_whoever_hopes_is_declined_when_a_cohort_is_cancelled(runs, applying, operator, cohort, person, books):
    applying.apply(person, cohort.id, {})
    runs.move(operator, cohort.id, "cancelled")
    assert books.states(cohort.id) == {1: "declined"}
    with pytest.raises(CohortMoved):
        runs.move(operator, cohort.id, "open")


def test_staff_from_elsewhere_see_no_cohort_and_change_none(runs, cohort, dedicated, details):
    stranger = Actor(new_id(), grants({SEE_COHORT}, Scope("campus", str(dedicated.id))))
    assert runs.find(stranger, PageRequest()).total == 0
    with pytest.raises(CohortNotFound):
        runs.get(stranger, cohort.id)
    with pytest.raises(CohortNotFound):
        runs.move(stranger, cohort.id, "closed")


def test_whoever_may_only_look_changes_nothing(runs, cohort, campus):
    watcher = Actor(new_id(), grants({SEE_COHORT}, Scope("campus", str(campus.id))))
    assert runs.get(watcher, cohort.id).cohort.id == cohort.id
    with pytest.raises(Forbidden):
        runs.move(watcher, cohort.id, "closed")


@pytest.mark.parametrize("kind", ["organisation", "campus", "course", "cohort"])
def test_what_a_list_shows_and_what_a_page_shows_are_one(runs, cohort, city, campus, kind):
    ids_by_kind = {"organisation": city.id, "campus": campus.id, "course": cohort.course_id, "cohort": cohort.id}
    watcher = Actor(new_id(), grants({SEE_COHORT}, Scope(kind, str(ids_by_kind[kind]))))
    assert ids(runs.find(watcher, PageRequest())) == {cohort.id}
    assert runs.get(watcher, cohort.id).cohort.id == cohort.id


def test_a_list_is_searched_filtered_and_sorted(runs, operator, make_cohort, clock):
    early = make_cohort(starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 1))
    late = make_cohort(starts_on=date(2026, 9, 1), ends_on=date(2026, 10, 1))
    runs.move(operator, late.id, "closed")
    found = runs.find(operator, PageRequest(sort="starts"))
    assert [one.cohort.id for one in found.items] == [early.id, late.id]
    assert ids(runs.find(operator, PageRequest(search="engineer 2"))) == {late.id}
    assert ids(runs.find(operator, PageRequest(filters=(("phase", "taking"),)))) == {early.id}
    assert ids(runs.find(operator, PageRequest(filters=(("phase", "selecting"),)))) == {late.id}
    clock.set(clock.now() + timedelta(days=40))
    assert ids(runs.find(operator, PageRequest(filters=(("phase", "running"),)))) == {early.id}
    for listed in runs.find(operator, PageRequest()).items:
        assert ids(runs.find(operator, PageRequest(filters=(("phase", listed.phase),)))) >= {listed.cohort.id}


def test_what_waits_for_a_decision_is_counted_for_those_who_decide(
    runs, applying, operator, cohort, make_person, campus
):
    for _ in range(2):
        applying.apply(make_person(), cohort.id, {})
    ((listed, count),) = runs.undecided(operator)
    assert (listed.cohort.id, count) == (cohort.id, 2)
    assert runs.undecided(Actor(new_id(), grants({SEE_COHORT}, Scope("campus", str(campus.id))))) == []
    assert (runs.get(operator, cohort.id).submitted, runs.get(operator, cohort.id).waiting) == (2, 0)


def test_a_list_costs_the_same_however_long(runs, operator, make_cohort, count_queries):
    make_cohort()
    with count_queries() as few:
        runs.find(operator, PageRequest())
    for _ in range(6):
        make_cohort()
    with count_queries() as many:
        runs.find(operator, PageRequest())
    assert len(few) == len(many)
