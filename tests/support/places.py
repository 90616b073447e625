"""Places and people for tests: a city, a partner company, a campus of each kind, and who works there."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import CampusDetails, OrganisationDetails
from lms_core.organisation.plugin import RUNNING, SEEING
from lms_core.organisation.service import CampusService, MemberService, OrganisationService
from lms_core.people.service.directory import DirectoryService
from lms_core.people.tables import persons

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
