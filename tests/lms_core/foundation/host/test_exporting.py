import json
import zipfile
from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, ForeignKey, LargeBinary, MetaData, Numeric, Table, Uuid, insert

from lms_core.foundation.database import Json, UTCDateTime, id_column
from lms_core.foundation.host.exporting import export
from lms_core.foundation.host.lineage import Lineage, owner, version_table
from lms_core.foundation.identity import new_id


@pytest.fixture
def kept(database):
    """Two tables of a plugin, one of them with rows of every kind."""
    metadata = MetaData()
    seats = Table("labs_seat", metadata, id_column())
    bookings = Table(
        "labs_booking",
        metadata,
        id_column(),
        Column("seat", Uuid, ForeignKey("labs_seat.id")),
        Column("at", UTCDateTime),
        Column("facts", Json),
        Column("fee", Numeric(8, 2)),
        Column("form", LargeBinary),
    )
    metadata.create_all(database.engine)
    seat = new_id()
    with database.engine.begin() as connection:
        connection.execute(insert(seats).values(id=seat))
        values = {"id": new_id(), "seat": seat, "facts": {"이름": "실습"}, "fee": 12.5, "form": b"\x00\x01"}
        connection.execute(insert(bookings).values(at=datetime(2026, 3, 2, tzinfo=UTC), **values))
    yield database
    metadata.drop_all(database.engine)


def test_every_row_and_the_schema_are_in_the_zip(kept, tmp_path):
    lineage = Lineage("labs", tmp_path, version_table("labs"), owner("labs_"))
    assert export(kept.engine, lineage, tmp_path / "labs.zip") == {"labs_booking": 1, "labs_seat": 1}
    with zipfile.ZipFile(tmp_path / "labs.zip") as archive:
        assert set(archive.namelist()) == {"labs_booking.jsonl", "labs_seat.jsonl", "schema.json", "settings.json"}
        (row,) = archive.read("labs_booking.jsonl").decode().splitlines()
        schema = json.loads(archive.read("schema.json"))
    assert json.loads(row)["form"] == "AAE="
    assert "실습" in row
    assert json.loads(row)["at"].startswith("2026-03-02")
    seat = next(column for column in schema["tables"]["labs_booking"] if column["name"] == "seat")
    assert seat["points_to"] == ["labs_seat.id"]
    assert not (tmp_path / "labs.zip.part").exists()


def test_a_plugin_that_keeps_nothing_gives_an_empty_zip(database, tmp_path):
    lineage = Lineage("none", tmp_path, version_table("none"), owner("none_"))
    assert export(database.engine, lineage, tmp_path / "none.zip") == {}
