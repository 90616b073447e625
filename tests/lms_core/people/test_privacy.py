"""Export and erasure reach every registered table; reading another's data leaves a record."""

import pytest
from sqlalchemy import select

from lms_core.foundation import tables as foundation
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import NotFound
from lms_core.people.domain import ERASE_PERSON, EXPORT_PERSON, SEE_PERSON
from lms_core.people.service import AccountService, DirectoryService, PrivacyService
from tests.support.academy import Academy
from tests.support.site import Site


@pytest.fixture
def chief(site: Site) -> Actor:
    return Actor(site.administrator(), grants([SEE_PERSON, EXPORT_PERSON, ERASE_PERSON]))


def test_an_export_holds_the_account_and_no_secret(site: Site, chief: Actor) -> None:
    person_id = site.person("mina")
    site.program(person_id)
    rows = site.provide(PrivacyService).export(chief, person_id)
    assert rows["people_person"][0]["display_name"] == "mina"
    assert rows["people_token"]
    assert not {"token_hash", "password_hash"} & {key for table in rows.values() for row in table for key in row}


def test_an_erased_person_is_gone_and_the_log_still_leads_somewhere(site: Site, chief: Actor) -> None:
    person_id = site.person("mina")
    program = site.program(person_id)
    site.provide(PrivacyService).erase(chief, person_id)
    assert program.get("/api/v1/people/me").status_code == 401
    with pytest.raises(NotFound):
        site.provide(AccountService).profile(chief, person_id)
    with site.house.work.read() as uow:
        payloads = [str(row) for row in uow.session.scalars(select(foundation.events.c.payload))]
    assert any(str(person_id) in one for one in payloads)
    assert not any("mina" in one for one in payloads)


def test_reading_anothers_profile_is_recorded_and_ones_own_is_not(site: Site, chief: Actor) -> None:
    person_id = site.person("mina")
    site.provide(AccountService).profile(Actor(person_id), person_id)
    site.provide(AccountService).profile(chief, person_id)
    with site.house.work.read() as uow:
        records = uow.session.execute(select(foundation.access_records)).all()
    assert [(row.actor_id, row.person_id) for row in records] == [(chief.person_id, person_id)]


def test_a_stranger_can_neither_export_nor_erase(site: Site) -> None:
    person_id, stranger = site.person("mina"), Actor(site.person("stranger"))
    for act in (site.provide(PrivacyService).export, site.provide(PrivacyService).erase):
        with pytest.raises(NotFound):
            act(stranger, person_id)


def test_an_export_reaches_what_hangs_on_an_attempt(academy: Academy) -> None:
    """Answers name no person, their attempt does: the export follows it."""
    person_id = academy.provide(DirectoryService).id_of("trainee@example.org")
    program = academy.as_program("trainee@example.org")
    exam = program.get("/api/v1/assessment/exams").json["items"][0]
    sat = program.post(f"/api/v1/assessment/exams/{exam['id']}/attempts", json={"mode": "practice"}).json
    answer = {"sequence": 1, "response": {"choices": [sat["items"][0]["choices"][0]["id"]]}}
    path = f"/api/v1/assessment/attempts/{sat['id']}/responses/{sat['items'][0]['slot']}"
    assert program.put(path, json=answer).status_code == 200
    rows = academy.provide(PrivacyService).export(Actor(person_id), person_id)
    assert [row["slot"] for row in rows["assessment_response"]] == [sat["items"][0]["slot"]]
