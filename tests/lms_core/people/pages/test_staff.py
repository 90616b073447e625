"""Staff read where a role holds by the name of the place, in their language."""

from uuid import uuid4

import pytest

from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Forbidden
from lms_core.foundation.scopes import Scope
from lms_core.organisation.service import CampusService
from lms_core.people.domain import INVITE_PERSON, InvitePerson
from lms_core.people.repository import People
from lms_core.people.service import AccountService
from tests.support.academy import Academy
from tests.support.places import ADMIN
from tests.support.site import Site


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_profile_names_the_campus_of_a_role(academy: Academy, language: str) -> None:
    campus = academy.provide(CampusService).choices(ADMIN)[0]
    person_id = academy.person(campus_operator=Scope("campus", str(campus.id)))
    page = academy.browser(academy.administrator(), language).get(f"/people/{person_id}").text
    assert campus.titles.in_(language) in page
    assert f">{Scope('campus', str(campus.id))}<" not in page


def test_a_role_at_a_place_that_is_gone_says_so(embedded_site: Site) -> None:
    person_id = embedded_site.person(campus_operator=Scope("campus", str(uuid4())))
    page = embedded_site.browser(embedded_site.administrator()).get(f"/people/{person_id}").text
    assert "A place that is gone" in page


def test_whoever_invites_chooses_a_campus_by_its_name(academy: Academy) -> None:
    campus = academy.provide(CampusService).choices(ADMIN)[0]
    page = academy.browser(academy.administrator()).get("/people/invite").text
    assert f'value="campus:{campus.id}">{campus.titles.in_("en")}</option>' in page


def test_nobody_invites_into_a_role_that_they_could_not_fill(academy: Academy) -> None:
    campus = Scope("campus", str(academy.provide(CampusService).choices(ADMIN)[0].id))
    inviter = Actor(academy.person(), grants([INVITE_PERSON], campus))
    command = InvitePerson("new@example.org", "새 사람", "campus_operator", campus)
    with pytest.raises(Forbidden):
        academy.provide(AccountService).invite(inviter, command)
    with academy.house.work.read() as uow:
        assert People(uow).by_email("new@example.org") is None
