"""Export and erasure reach every registered table; reading another's data leaves a record."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, String, Table, Uuid, insert, select

from lms_core.foundation import tables as foundation
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import NotFound
from lms_core.foundation.host.repository import REGISTERED, Installed, PluginRecords
from lms_core.people.domain import ERASE_PERSON, EXPORT_PERSON, SEE_PERSON
from lms_core.people.service import AccountService, DirectoryService, PrivacyService
from lms_core.people.service.registered import KeptDataChanged
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
    exam = next(one for one in program.get("/api/v1/assessment/exams").json["items"] if one["certification"])
    sat = program.post(f"/api/v1/assessment/exams/{exam['id']}/attempts", json={"mode": "practice"}).json
    answer = {"sequence": 1, "response": {"choices": [sat["items"][0]["choices"][0]["id"]]}}
    path = f"/api/v1/assessment/attempts/{sat['id']}/responses/{sat['items'][0]['slot']}"
    assert program.put(path, json=answer).status_code == 200
    rows = academy.provide(PrivacyService).export(Actor(person_id), person_id)
    assert [row["slot"] for row in rows["assessment_response"]] == [sat["items"][0]["slot"]]


LEFT = {"purpose": "Booking a lab", "retention": "A term", "on_erasure": "delete", "columns": [], "via": ""}
BOOKING = LEFT | {"table": "labs_booking", "person_column": "person_id"}
SEAT = LEFT | {"table": "labs_seat", "person_column": "booking_id", "via": "labs_booking"}
NOTE = LEFT | {"table": "labs_note", "person_column": "person_id", "on_erasure": "blank", "columns": ["said", "tags"]}


@pytest.fixture
def left(site: Site) -> Iterator[MetaData]:
    """Tables of a plugin whose code is away: unknown to this process but for what was noted when it was installed."""
    tables, engine = MetaData(), site.house.database.engine
    Table("labs_booking", tables, Column("id", Integer, primary_key=True), Column("person_id", Uuid, nullable=False))
    place = Column("booking_id", ForeignKey("labs_booking.id"))
    Table("labs_seat", tables, Column("id", Integer, primary_key=True), place)
    said = (Column("said", String(40), nullable=False), Column("tags", JSON, nullable=False))
    Table("labs_note", tables, Column("person_id", Uuid, primary_key=True), *said)
    tables.create_all(engine)
    remember(site, BOOKING, SEAT, NOTE)
    yield tables
    tables.drop_all(engine)


def remember(site: Site, *registered: dict[str, Any]) -> None:
    """Note the plugin as uninstalled with its data kept."""
    now = site.house.work.clock.now()
    with site.house.work.write() as uow:
        PluginRecords(uow).put(Installed("labs", "1.0", "kept", {REGISTERED: list(registered)}, now, now))
        uow.commit()


def filled(site: Site, tables: MetaData, *people: UUID) -> None:
    """A booking, a seat and a note for each of ``people``."""
    with site.house.database.engine.begin() as connection:
        for number, person in enumerate(people, 1):
            connection.execute(insert(tables.tables["labs_booking"]).values(id=number, person_id=person))
            connection.execute(insert(tables.tables["labs_seat"]).values(id=number, booking_id=number))
            connection.execute(insert(tables.tables["labs_note"]).values(person_id=person, said="hello", tags=["a"]))


def test_what_an_absent_plugin_left_is_given_out_and_erased_for_the_person_alone(
    site: Site, chief: Actor, left: MetaData
) -> None:
    mina, jun = site.person("mina"), site.person("jun")
    filled(site, left, mina, jun)
    rows = site.provide(PrivacyService).export(chief, mina)
    assert [row["id"] for row in rows["labs_booking"]] == [1]
    assert [row["booking_id"] for row in rows["labs_seat"]] == [1]
    assert [row["said"] for row in rows["labs_note"]] == ["hello"]
    site.provide(PrivacyService).erase(chief, mina)
    with site.house.database.engine.connect() as connection:
        assert connection.scalars(select(left.tables["labs_booking"].c.person_id)).all() == [jun]
        assert connection.scalars(select(left.tables["labs_seat"].c.booking_id)).all() == [2]
        notes = {row.person_id: (row.said, row.tags) for row in connection.execute(select(left.tables["labs_note"]))}
    assert notes == {mina: ("", {}), jun: ("hello", ["a"])}


def test_a_left_table_that_has_changed_stops_the_erasure_by_name_and_one_that_is_gone_does_not(
    site: Site, chief: Actor, left: MetaData
) -> None:
    mina = site.person("mina")
    filled(site, left, mina)
    remember(site, BOOKING, LEFT | {"table": "labs_gone", "person_column": "person_id"})
    assert "labs_gone" not in site.provide(PrivacyService).export(chief, mina)
    remember(site, BOOKING | {"person_column": "who"})
    with pytest.raises(KeptDataChanged, match="labs_booking"):
        site.provide(PrivacyService).erase(chief, mina)
    assert site.provide(AccountService).profile(chief, mina).display_name == "mina"


def test_a_table_that_names_people_twice_gives_out_what_either_column_says_each_row_once(
    site: Site, chief: Actor
) -> None:
    mina, jun = site.person("mina"), site.person("jun")
    tables, engine = MetaData(), site.house.database.engine
    columns = (Column(name, Uuid, nullable=False) for name in ("given_by", "taken_by"))
    loans = Table("labs_loan", tables, Column("id", Integer, primary_key=True), *columns)
    tables.create_all(engine)
    remember(site, *(LEFT | {"table": "labs_loan", "person_column": name} for name in ("given_by", "taken_by")))
    try:
        pairs = [(mina, jun), (jun, mina), (mina, mina), (jun, jun)]
        with engine.begin() as connection:
            given = [{"id": number, "given_by": one, "taken_by": other} for number, (one, other) in enumerate(pairs)]
            connection.execute(insert(loans), given)
        rows = site.provide(PrivacyService).export(chief, mina)["labs_loan"]
        assert sorted(row["id"] for row in rows) == [0, 1, 2]
        site.provide(PrivacyService).erase(chief, mina)
        with engine.connect() as connection:
            assert connection.scalars(select(loans.c.id)).all() == [3]
    finally:
        tables.drop_all(engine)
