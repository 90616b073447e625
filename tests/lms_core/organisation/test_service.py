from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from lms_core.foundation.actors import ANYONE, Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid, NotFound, Unauthenticated
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.tables import events
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import (
    AlreadyMember,
    CampusDetails,
    CampusNotFound,
    ChangedMeanwhile,
    DepartmentDetails,
    DepartmentNotFound,
    NewMembership,
    OrganisationDetails,
    SlugTaken,
)
from lms_core.organisation.service import campus_scopes, campuses_hosted_by, organisation_scopes

ALL = PageRequest()


def named(found):
    return [each.campus.slug for each in found.items]


def test_an_organisation_is_added_and_recorded(work, organisations, admin, city):
    assert organisations.get(admin, city.id).titles == Titles("서울시", "City of Seoul")
    with work.read() as uow:
        names = list(uow.session.scalars(select(events.c.name)))
    assert names == ["organisation.organisation_changed"]


def test_only_those_who_manage_the_site_add_organisations(organisations):
    details = OrganisationDetails("company", "hanbit", Titles("한빛", "Hanbit"))
    with pytest.raises(Unauthenticated):
        organisations.add(ANYONE, details)
    with pytest.raises(Forbidden):
        organisations.add(Actor(new_id(), grants({"organisation.see_organisation"})), details)


def test_two_organisations_never_share_a_short_name(organisations, admin, city):
    with pytest.raises(SlugTaken):
        organisations.add(admin, OrganisationDetails("city", "seoul", Titles("다른 서울", "Another")))


def test_an_organisation_of_an_unknown_kind_is_refused(organisations, admin):
    with pytest.raises(Invalid) as refused:
        organisations.add(admin, OrganisationDetails("club", "club", Titles("모임", "Club")))
    assert set(refused.value.fields) == {"kind"}


def test_what_changed_meanwhile_is_not_overwritten(organisations, admin, city):
    details = OrganisationDetails("city", "seoul", Titles("서울특별시", "Seoul"))
    assert organisations.change(admin, city.id, details, 1).version == 2
    with pytest.raises(ChangedMeanwhile) as conflict:
        organisations.change(admin, city.id, replace(details, slug="soul"), 1)
    assert conflict.value.facts == {"version": "2"}
    assert organisations.get(admin, city.id).slug == "seoul"


def test_a_list_of_organisations_is_searched_filtered_and_sorted(organisations, admin, city, partner):
    found = organisations.find(admin, PageRequest(search="hanbit"))
    assert [one.id for one in found.items] == [partner.id]
    found = organisations.find(admin, PageRequest(filters=(("kind", "city"),)))
    assert [one.id for one in found.items] == [city.id]
    found = organisations.find(admin, PageRequest(sort="-slug"))
    assert [one.slug for one in found.items] == ["seoul", "hanbit"]
    assert found.total == 2


def test_percent_signs_in_a_search_are_just_signs(organisations, admin, city):
    assert organisations.find(admin, PageRequest(search="%")).total == 0


def test_an_operator_sees_the_own_campus_only(campuses, operator, campus, dedicated):
    assert named(campuses.find(operator, ALL)) == ["mapo"]
    assert campuses.get(operator, campus.id).slug == "mapo"
    with pytest.raises(CampusNotFound):
        campuses.get(operator, dedicated.id)


def test_a_partner_sees_the_campus_that_is_dedicated_to_it(campuses, partner_manager, campus, dedicated):
    found = campuses.find(partner_manager, ALL)
    assert named(found) == ["jongno"]
    assert found.items[0].partner == Titles("한빛클라우드", "Hanbit Cloud")
    assert campuses.get(partner_manager, dedicated.id).dedicated
    with pytest.raises(Forbidden):
        campuses.change(partner_manager, dedicated.id, _same(dedicated), dedicated.version)


def test_a_list_of_campuses_is_filtered_and_sorted(campuses, admin, campus, dedicated):
    assert named(campuses.find(admin, PageRequest(filters=(("dedicated", "yes"),)))) == ["jongno"]
    assert named(campuses.find(admin, PageRequest(filters=(("dedicated", "no"),)))) == ["mapo"]
    assert named(campuses.find(admin, PageRequest(sort="-slug"))) == ["mapo", "jongno"]
    assert named(campuses.find(admin, PageRequest(search="종로"))) == ["jongno"]
    assert named(campuses.find(admin, PageRequest(number=2, size=1, sort="slug"))) == ["mapo"]


def test_an_operator_describes_the_own_campus_and_cannot_give_it_away(campuses, operator, campus, dedicated, partner):
    changed = campuses.change(operator, campus.id, replace(_same(campus), district="은평구"), campus.version)
    assert changed.district == "은평구"
    given = replace(_same(campus), partner_id=partner.id)
    with pytest.raises(Forbidden):
        campuses.change(operator, campus.id, given, changed.version)
    with pytest.raises(CampusNotFound):
        campuses.change(operator, dedicated.id, _same(dedicated), dedicated.version)


def test_a_campus_of_nobody_is_refused(campuses, admin):
    with pytest.raises(Invalid) as refused:
        campuses.open(admin, CampusDetails(new_id(), new_id(), "mapo", Titles("마포", "Mapo")))
    assert set(refused.value.fields) == {"owner_id", "partner_id"}


def test_departments_belong_to_their_campus(campuses, admin, campus, dedicated):
    made = campuses.add_department(admin, campus.id, DepartmentDetails("ai", Titles("인공지능학과", "AI")))
    campuses.add_department(admin, dedicated.id, DepartmentDetails("ai", Titles("인공지능학과", "AI")))
    assert [one.slug for one in campuses.departments(admin, campus.id)] == ["ai"]
    with pytest.raises(SlugTaken):
        campuses.add_department(admin, campus.id, DepartmentDetails("ai", Titles("다른 학과", "Another")))
    with pytest.raises(DepartmentNotFound):
        campuses.department(admin, dedicated.id, made.id)
    details = DepartmentDetails("ai", Titles("AI학과", "AI"))
    assert campuses.change_department(admin, campus.id, made.id, details, 1).titles.ko == "AI학과"
    with pytest.raises(ChangedMeanwhile):
        campuses.change_department(admin, campus.id, made.id, details, 1)


def test_scope_sets_come_from_ids(work, campus, city, dedicated, partner):
    with work.read() as uow:
        assert campus_scopes(uow, campus.id) == campus.scopes
        assert organisation_scopes(uow, city.id) == city.scopes
        assert campus_scopes(uow, new_id()) is None
        assert organisation_scopes(uow, new_id()) is None
        assert campuses_hosted_by(uow, [partner.id]) == {dedicated.id}
        assert campuses_hosted_by(uow, [city.id]) == {campus.id, dedicated.id}


def test_a_member_joins_a_campus_once_and_leaves_it(members, admin, campus, person):
    wanted = NewMembership(person, "instructor", date(2026, 3, 2), campus_id=campus.id)
    made = members.add(admin, wanted)
    with pytest.raises(AlreadyMember):
        members.add(admin, wanted)
    assert [one.name for one in members.of_campus(admin, campus.id, ALL).items] == ["한유나"]
    members.end(admin, made.id, date(2026, 6, 30))
    assert members.of_campus(admin, campus.id, ALL).total == 0
    assert members.of_campus(admin, campus.id, PageRequest(filters=(("ended", "yes"),))).total == 1
    members.add(admin, replace(wanted, begun_on=date(2026, 9, 1)))


def test_a_member_of_an_organisation_is_listed_there(members, admin, partner, campus, person):
    members.add(admin, NewMembership(person, "partner_manager", date(2026, 3, 2), organisation_id=partner.id))
    assert members.of_organisation(admin, partner.id, ALL).total == 1
    assert members.of_campus(admin, campus.id, ALL).total == 0


def test_members_of_another_campus_are_not_to_be_known(members, operator, admin, campus, dedicated, person):
    assert members.of_campus(operator, campus.id, ALL).total == 0
    with pytest.raises(NotFound):
        members.of_campus(operator, dedicated.id, ALL)
    made = members.add(admin, NewMembership(person, "staff", date(2026, 3, 2), campus_id=dedicated.id))
    with pytest.raises(NotFound):
        members.end(operator, made.id, date(2026, 6, 30))


def test_nobody_unknown_becomes_a_member(members, admin, campus):
    with pytest.raises(NotFound):
        members.add(admin, NewMembership(new_id(), "staff", date(2026, 3, 2), campus_id=campus.id))


def _same(campus):
    names = ("owner_id", "partner_id", "slug", "titles", "district", "address", "opened_on")
    return CampusDetails(**{name: getattr(campus, name) for name in names})
