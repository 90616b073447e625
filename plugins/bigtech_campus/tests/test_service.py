from datetime import date

import pytest
from bigtech_campus.domain import AgreementNotFound, WithdrawnAlready
from bigtech_campus.plugin import SEEING
from bigtech_campus.service import AgreementService, TermsService
from sqlalchemy import select

from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.tables import events
from lms_core.organisation.domain import CampusNotFound

ALL = PageRequest()


@pytest.fixture
def service(partnership):
    return partnership.site.provide(AgreementService)


def holding(place_id, permissions=SEEING, kind="campus"):
    return Actor(new_id(), grants(permissions, Scope(kind, str(place_id))))


def test_an_agreement_is_given_recorded_and_found(partnership, service):
    given = partnership.agree(note="상반기")
    found = service.find(SYSTEM, partnership.campus.id, ALL)
    assert [one.id for one in found.page.items] == [given.id]
    assert [one.id for one in found.courses] == [partnership.course.id]
    assert found.titles[partnership.course.id].en == "AI"
    with partnership.site.house.work.read() as uow:
        names = list(uow.session.scalars(select(events.c.name).where(events.c.name.startswith("bigtech"))))
    assert names == ["bigtech_campus.agreement_given"]


def test_only_courses_of_the_programme_can_be_agreed_to(partnership, service):
    plain = partnership.begin("plain")
    with pytest.raises(Invalid) as refused:
        service.give(SYSTEM, partnership.campus.id, partnership.details(course_id=plain.id))
    assert set(refused.value.fields) == {"course_id"}


def test_a_partner_manager_agrees_and_the_operator_only_looks(partnership, service):
    manager = Actor(
        partnership.manager(),
        grants(SEEING | {"bigtech_campus.give_agreement"}, Scope("organisation", str(partnership.partner.id))),
    )
    given = service.give(manager, partnership.campus.id, partnership.details())
    assert given.given_by == manager.person_id
    operator = holding(partnership.campus.id)
    assert not service.find(operator, partnership.campus.id, ALL).may_give
    with pytest.raises(Forbidden):
        service.give(operator, partnership.campus.id, partnership.details())
    with pytest.raises(Forbidden):
        service.withdraw(operator, given.id)


def test_another_campus_and_another_company_know_nothing_of_it(partnership, service):
    given = partnership.agree()
    for stranger in (holding(partnership.other.id), holding(new_id(), kind="organisation")):
        with pytest.raises(CampusNotFound):
            service.find(stranger, partnership.campus.id, ALL)
        with pytest.raises(AgreementNotFound):
            service.withdraw(stranger, given.id)


def test_an_agreement_is_withdrawn_once_and_stays_in_the_list(partnership, service):
    given = partnership.agree()
    service.withdraw(SYSTEM, given.id)
    assert [one.stands for one in service.find(SYSTEM, partnership.campus.id, ALL).page.items] == [False]
    with pytest.raises(WithdrawnAlready):
        service.withdraw(SYSTEM, given.id)


def test_a_campus_shows_the_programme_of_its_own_partner(partnership):
    partnership.agree()
    partnership.agree(begins_from=date(2026, 9, 1), begins_until=date(2026, 9, 30))
    terms = partnership.site.provide(TermsService)
    (here,) = terms.at_campus(partnership.campus.id)
    assert (here.programme.code, len(here.agreements)) == ("hanbit-ai-engineer", 2)
    assert terms.at_campus(partnership.other.id) == ()
    assert terms.at_campus(new_id()) == ()
