"""Places and people for tests: a city, a partner company, a campus of each kind, and who works there."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import insert

from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import Campus, CampusDetails, Organisation, OrganisationDetails
from lms_core.organisation.plugin import RUNNING, SEEING
from lms_core.organisation.service import CampusService, MemberService, OrganisationService
from lms_core.people.service.directory import DirectoryService
from lms_core.people.tables import persons
from tests.support.site import Site

ADMIN = Actor(new_id(), almighty=True)


@pytest.fixture
def organisations(work):
    return OrganisationService(work)


@pytest.fixture
def campuses(work):
    return CampusService(work)


@pytest.fixture
def members(work):
    return MemberService(work, DirectoryService(work))


@pytest.fixture
def admin():
    return ADMIN


@pytest.fixture
def city(organisations):
    return organisations.add(ADMIN, OrganisationDetails("city", "seoul", Titles("서울시", "City of Seoul")))


@pytest.fixture
def partner(organisations):
    return organisations.add(ADMIN, OrganisationDetails("company", "hanbit", Titles("한빛클라우드", "Hanbit Cloud")))


@pytest.fixture
def campus(campuses, city):
    return campuses.open(ADMIN, CampusDetails(city.id, None, "mapo", Titles("마포 캠퍼스", "Mapo campus"), "마포구"))


@pytest.fixture
def dedicated(campuses, city, partner):
    titles = Titles("종로 캠퍼스", "Jongno campus")
    return campuses.open(ADMIN, CampusDetails(city.id, partner.id, "jongno", titles, "종로구"))


@pytest.fixture
def operator(campus):
    return Actor(new_id(), grants(RUNNING, next(one for one in campus.scopes if one.kind == "campus")))


@pytest.fixture
def partner_manager(partner):
    return Actor(new_id(), grants(SEEING, next(one for one in partner.scopes if one.kind == "organisation")))


@pytest.fixture
def person(work):
    identifier = new_id()
    with work.write() as uow:
        values = {"email": "yuna@example.org", "display_name": "한유나", "language": "ko", "state": "active"}
        now = datetime(2026, 3, 2, tzinfo=UTC)
        uow.session.execute(
            insert(persons).values(id=identifier, password_hash="", created_at=now, version=1, **values)
        )
        uow.commit()
    return identifier


@dataclass(frozen=True)
class Town:
    """A site with a city, a partner company, a campus of each kind, and who works there."""

    site: Site
    city: Organisation
    partner: Organisation
    campus: Campus
    dedicated: Campus

    def operator(self, campus: Campus | None = None) -> UUID:
        """Somebody who runs ``campus``, the plain one if none is named."""
        return self.site.person("operator", campus_operator=Scope("campus", str((campus or self.campus).id)))

    def partner_manager(self) -> UUID:
        """Somebody of the partner company."""
        return self.site.person("partner", partner_manager=Scope("organisation", str(self.partner.id)))


@pytest.fixture
def town(embedded_site: Site) -> Town:
    """Places on an embedded site."""
    organisations, campuses = embedded_site.provide(OrganisationService), embedded_site.provide(CampusService)
    city = organisations.add(ADMIN, OrganisationDetails("city", "seoul", Titles("서울시", "City of Seoul")))
    hanbit = Titles("한빛클라우드", "Hanbit Cloud")
    partner = organisations.add(ADMIN, OrganisationDetails("company", "hanbit-cloud", hanbit))
    plain = CampusDetails(city.id, None, "seongbuk", Titles("성북 캠퍼스", "Seongbuk campus"), "성북구")
    theirs = CampusDetails(city.id, partner.id, "mapo", Titles("마포 캠퍼스", "Mapo campus"), "마포구")
    return Town(embedded_site, city, partner, campuses.open(ADMIN, plain), campuses.open(ADMIN, theirs))
