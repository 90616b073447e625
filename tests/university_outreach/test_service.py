from datetime import date

import pytest

from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from university_outreach.domain import AgreementDetails, VisitCancelled, VisitChanged, VisitDetails
from university_outreach.plugin import RUNNING
from university_outreach.service import AgreementService, VisitService


def coordinator_of(organisation) -> Actor:
    return Actor(new_id(), grants(RUNNING, Scope("organisation", str(organisation.id))))


@pytest.fixture
def visits(outreach) -> VisitService:
    return outreach.site.provide(VisitService)


@pytest.fixture
def agreements(outreach) -> AgreementService:
    return outreach.site.provide(AgreementService)


def test_a_university_sees_its_own_visits_alone(outreach, visits):
    ours = outreach.plan(agreement_id=outreach.agree().id)
    outreach.plan(agreement_id=outreach.agree(outreach.other).id)
    seen = visits.find(coordinator_of(outreach.university), PageRequest())
    assert [one.visit.id for one in seen.items] == [ours.id]
    with pytest.raises(NotFound):
        visits.get(coordinator_of(outreach.other), ours.id)


def test_those_who_run_the_course_see_every_visit_of_it(outreach, visits):
    outreach.plan(agreement_id=outreach.agree().id)
    outreach.plan()
    assert visits.find(coordinator_of(outreach.city), PageRequest()).total == 2


def test_visits_are_found_by_place_and_state(outreach, visits):
    library = outreach.plan(building="중앙도서관")
    called_off = outreach.plan()
    visits.cancel(SYSTEM, called_off.id)
    found = visits.find(SYSTEM, PageRequest(search="도서관"))
    assert [one.visit.id for one in found.items] == [library.id]
    found = visits.find(SYSTEM, PageRequest(filters=(("state", "cancelled"),)))
    assert [one.visit.id for one in found.items] == [called_off.id]


def test_nobody_plans_a_visit_of_a_course_that_is_not_theirs(outreach, visits):
    with pytest.raises(Invalid) as refused:
        visits.plan(coordinator_of(outreach.university), outreach.course.id, VisitDetails())
    assert "course_id" in refused.value.fields


def test_the_host_may_complete_its_visit(outreach, visits):
    agreement = outreach.agree()
    visit = outreach.plan(agreement_id=agreement.id, building="")
    told = VisitDetails(agreement.id, "공학관", "301호", "", visit.starts_at, visit.ends_at)
    visits.change(coordinator_of(outreach.university), visit.id, told, visit.version)
    found, _ = visits.get(SYSTEM, visit.id)
    assert found.missing == ()


def test_a_change_of_an_older_version_is_a_conflict(outreach, visits):
    visit = outreach.plan()
    visits.change(SYSTEM, visit.id, VisitDetails(building="A"), visit.version)
    with pytest.raises(VisitChanged):
        visits.change(SYSTEM, visit.id, VisitDetails(building="B"), 1)


def test_a_cancelled_visit_stays_as_it_is(outreach, visits):
    visit = outreach.plan()
    version = visits.cancel(SYSTEM, visit.id).version
    with pytest.raises(VisitCancelled):
        visits.change(SYSTEM, visit.id, VisitDetails(), version)
    with pytest.raises(Conflict):
        visits.cancel(SYSTEM, visit.id)


def test_a_host_that_does_not_exist_is_refused_beside_its_field(outreach):
    with pytest.raises(Invalid) as refused:
        outreach.plan(agreement_id=new_id())
    assert "agreement_id" in refused.value.fields


def test_only_universities_host(outreach, agreements):
    with pytest.raises(Invalid) as refused:
        agreements.add(SYSTEM, AgreementDetails(outreach.city.id, "과", date(2026, 1, 1)))
    assert "university_id" in refused.value.fields


def test_a_coordinator_keeps_agreements_of_their_own_university(outreach, agreements):
    actor = coordinator_of(outreach.university)
    made = agreements.add(actor, AgreementDetails(outreach.university.id, "취업지원센터", date(2026, 1, 1)))
    assert [one.agreement.id for one in agreements.find(actor, PageRequest()).items] == [made.id]
    assert set(agreements.universities(actor)) == {outreach.university.id}
    with pytest.raises(Forbidden):
        agreements.add(actor, AgreementDetails(outreach.other.id, "센터", date(2026, 1, 1)))
    told = AgreementDetails(outreach.other.id, "센터", date(2026, 1, 1))
    with pytest.raises(Forbidden):
        agreements.change(actor, made.id, told, made.version)


def test_an_agreement_of_another_university_does_not_exist(outreach, agreements):
    theirs = outreach.agree(outreach.other)
    with pytest.raises(NotFound):
        agreements.get(coordinator_of(outreach.university), theirs.id)


def test_courses_to_plan_for_are_those_one_runs(outreach, visits):
    assert outreach.course.id in visits.plannable(SYSTEM)
    assert outreach.course.id in visits.plannable(coordinator_of(outreach.city))
    assert not visits.plannable(coordinator_of(outreach.university))
