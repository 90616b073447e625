"""A plugin that nobody here has seen before keeps personal data: export and erasure of a person reach it."""

import json

import pytest
from sqlalchemy import insert, select

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.database import metadata
from lms_core.foundation.identity import new_id
from lms_core.people.service import PrivacyService
from tests.support.site import make_site
from tests.support.switching import switch_on

CODE = '''
from collections.abc import Sequence

from sqlalchemy import Column, String, Table, Uuid

from lms_core.foundation.database import id_column, metadata
from lms_core.foundation.text import text
from lms_core.hooks import hookimpl
from lms_core.hooks.site import PersonalData

bookings = Table(
    "labs_booking", metadata, id_column(), Column("person_id", Uuid, nullable=False), Column("seat", String(20)),
)


@hookimpl
def lms_register_personal_data() -> Sequence[PersonalData]:
    """Who booked a seat."""
    return [PersonalData("labs_booking", "person_id", text("Knowing who booked a seat"), text("Ninety days"))]
'''
TOLD = """
[[personal_data]]
table = "labs_booking"
purpose = {ko = "누가 자리를 예약했는지 알기 위해", en = "Knowing who booked a seat"}
"""


@pytest.fixture
def labs(shelf, embedded, clock, tmp_path):
    """A site with a plugin that keeps bookings."""
    home = shelf.add("labs", CODE, ("lms_register_personal_data",))
    (home / "plugin.toml").write_text((home / "plugin.toml").read_text() + TOLD)
    site = make_site(embedded, clock, tmp_path)
    switch_on(site, "labs")
    metadata.tables["labs_booking"].create(embedded.engine)
    yield site
    site.house.database.dispose()
    metadata.remove(metadata.tables["labs_booking"])


@pytest.fixture
def booked(labs):
    """Two people with a seat each."""
    people = labs.person(), labs.person()
    with labs.house.work.write() as uow:
        rows = [{"id": new_id(), "person_id": person, "seat": f"A-{at}"} for at, person in enumerate(people, 1)]
        uow.session.execute(insert(metadata.tables["labs_booking"]), rows)
        uow.commit()
    return people


def seats(labs):
    with labs.house.work.read() as uow:
        return sorted(uow.session.scalars(select(metadata.tables["labs_booking"].c.seat)))


def test_a_persons_export_holds_what_the_plugin_keeps_of_them_alone(labs, booked):
    with labs.app.test_request_context():
        told = json.dumps(labs.provide(PrivacyService).export(SYSTEM, booked[0]), default=str)
    assert "A-1" in told
    assert "A-2" not in told


def test_erasing_a_person_erases_what_the_plugin_keeps_of_them_alone(labs, booked):
    with labs.app.test_request_context():
        labs.provide(PrivacyService).erase(SYSTEM, booked[0])
    assert seats(labs) == ["A-2"]


def test_without_its_registration_the_declared_table_keeps_the_plugin_out(shelf, embedded, clock, tmp_path):
    home = shelf.add("labs", "")
    (home / "plugin.toml").write_text((home / "plugin.toml").read_text() + TOLD)
    site = make_site(embedded, clock, tmp_path)
    page = site.browser(site.administrator()).get("/plugins/").text
    assert "personal_data declares “labs_booking”, which it does not register." in page
    site.house.database.dispose()
