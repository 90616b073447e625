import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table

from lms_core.foundation.host.declared import Brought, check_brought, check_tables
from lms_core.foundation.host.manifest import PersonalData
from lms_core.foundation.text import Titles

CORE = frozenset({"foundation", "people"})


@pytest.fixture
def manifest(make_manifest):
    kept = PersonalData("labs_booking", Titles("예약", "Booking"))
    return make_manifest(
        "labs", permissions=("labs.open",), tasks=("labs.close",), personal_data=(kept,), requires={"cert_prep": ">=0"}
    )


ALL = Brought(["labs.open"], ["labs.close"], ["labs_booking"], named=["labs.bench"])


def test_what_is_declared_and_registered_agrees(manifest):
    assert check_brought(manifest, ALL) == ()


def test_what_was_not_declared_is_refused_with_what_was_meant(manifest):
    brought = Brought([*ALL.permissions, "labs.opne"], ALL.tasks, ALL.personal_data)
    (finding,) = check_brought(manifest, brought)
    assert (finding.rule, finding.suggestion) == ("undeclared", "labs.open")


def test_what_is_declared_and_never_registered_is_told(manifest):
    told = check_brought(manifest, Brought())
    assert [finding.rule for finding in told] == ["unregistered"] * 3
    assert "labs_booking" in str(told[2])


def test_things_bear_the_plugins_name(manifest):
    brought = Brought(ALL.permissions, ALL.tasks, ALL.personal_data, named=["catalog.page", "labs.bench"])
    assert [finding.rule for finding in check_brought(manifest, brought)] == ["foreign-name"]


def table(name: str, to: str = "") -> Table:
    columns = [Column("other", Integer, ForeignKey(f"{to}.id"))] if to else []
    return Table(name, MetaData(), Column("id", Integer, primary_key=True), *columns)


@pytest.mark.parametrize("to", ["people_person", "labs_lab", "cert_prep_exam", ""])
def test_tables_point_to_the_core_to_their_own_and_to_what_is_required(manifest, to):
    assert check_tables(manifest, [table("labs_lab", to)], CORE) == ()


def test_a_table_without_the_prefix_and_a_key_to_a_stranger_are_refused(manifest):
    told = check_tables(manifest, [table("bench"), table("labs_lab", "google_certs_x")], CORE)
    assert [finding.rule for finding in told] == ["table-prefix", "foreign-key"]
