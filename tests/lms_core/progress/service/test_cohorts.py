"""A cohort's table: who is how far, in a fixed number of queries."""

import pytest
from sqlalchemy import select

from lms_core.enrolment.domain.cohorts import CohortNotFound
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.tables import access_records
from lms_core.progress.domain import SEE_PROGRESS


@pytest.fixture
def teacher(school):
    return Actor(new_id(), grants({SEE_PROGRESS}, Scope("course", str(school.course_id))))


@pytest.fixture
def three(school):
    """Three learners: two steps, one step, none."""
    people = [school.learner(name) for name in ("bora", "ara", "chan")]
    for step in school.steps[:2]:
        school.progress.mark(people[0], step)
        school.site.clock.move(minutes=5)
    school.progress.mark(people[1], school.steps[0])
    return people


def names(page):
    return [one.name for one in page.items]


def test_the_table_says_who_is_how_far_and_sums_it_up(school, teacher, three):
    page, figures = school.table.table(teacher, school.cohort_id, PageRequest())
    assert [(one.name, one.done, one.total) for one in page.items] == [("ara", 1, 4), ("bora", 2, 4), ("chan", 0, 4)]
    assert (figures.learners, figures.average, figures.completed) == (3, 25, 0)


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("-name", ["chan", "bora", "ara"]),
        ("progress", ["chan", "ara", "bora"]),
        ("-progress", ["bora", "ara", "chan"]),
        ("-last", ["ara", "bora", "chan"]),
    ],
)
def test_it_is_sorted(school, teacher, three, sort, order):
    page, _ = school.table.table(teacher, school.cohort_id, PageRequest(sort=sort))
    assert names(page) == order


def test_it_is_searched_and_cut_into_pages(school, teacher, three):
    page, figures = school.table.table(teacher, school.cohort_id, PageRequest(search="RA"))
    assert (names(page), figures.learners) == (["ara", "bora"], 3)
    last, _ = school.table.table(teacher, school.cohort_id, PageRequest(number=2, size=2))
    assert (names(last), last.total, last.next) == (["chan"], 3, None)


def test_it_costs_the_same_however_long(school, teacher, three, count_queries):
    with count_queries() as few:
        school.table.table(teacher, school.cohort_id, PageRequest())
    for _ in range(8):
        school.progress.mark(school.learner(), school.steps[0])
    with count_queries() as many:
        school.table.table(teacher, school.cohort_id, PageRequest())
    assert len(few) == len(many)


def test_whoever_has_no_business_with_it_does_not_see_it(school, three):
    stranger = Actor(new_id(), grants({SEE_PROGRESS}, Scope("campus", str(school.town.dedicated.id))))
    for act in (school.table.table, school.table.export):
        with pytest.raises(CohortNotFound):
            act(stranger, school.cohort_id, PageRequest())
    with pytest.raises(CohortNotFound):
        school.table.figures(stranger, school.cohort_id)


def test_taking_the_table_away_is_recorded_for_each_person(school, teacher, three):
    assert len(school.table.export(teacher, school.cohort_id, PageRequest(size=1))) == 3
    with school.site.house.work.read() as uow:
        read = uow.session.execute(select(access_records.c.person_id, access_records.c.purpose)).all()
    assert {one.person_id for one in read} == {one.person_id for one in three}
    assert {one.purpose for one in read} == {"progress.export"}
