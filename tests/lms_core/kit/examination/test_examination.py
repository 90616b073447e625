"""A plugin that breaks every rule that shows only while it runs, and one that keeps them."""

from pathlib import Path

import pytest

from lms_core.cli.plugin import plugin as plugin_group
from lms_core.foundation.host.checking.examining import examined
from lms_core.foundation.host.core import Core
from lms_core.foundation.host.sources import as_installed

MANIFEST = """
id = "bad_labs"
core = ">=1.0,<2"
title = {ko = "실습", en = "Labs"}
summary = {ko = "실습실을 연다.", en = "Opens lab rooms."}
hooks = ["lms_register_blueprints", "lms_review_course_publication", "lms_show_course_page"]
"""
PLUGIN = """
from uuid import UUID
from collections.abc import Sequence
from flask import Blueprint
from bad_labs import tables
from lms_core.foundation.errors import Refusal
from lms_core.foundation.web.access import PUBLIC, SIGNED_IN, access
from lms_core.hooks import hookimpl
from lms_core.hooks.catalog import PublicationFacts
from lms_core.hooks.site import Panel, Viewer

pages = Blueprint("bad_labs", __name__, url_prefix="/bad_labs")

@pages.get("/open/<uuid:campus_id>")
@access(PUBLIC)
def wide_open(campus_id: UUID): return ""

@pages.get("/fine")
@access(SIGNED_IN)
def fine(): return ""

@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]: return [pages]

@hookimpl
def lms_review_course_publication(facts: PublicationFacts) -> Refusal | None:
    raise LookupError("no such course")

@hookimpl
def lms_show_course_page(viewer: Viewer, course_id: UUID) -> Panel | None: return None
"""
TABLES = """
from sqlalchemy import Column, ForeignKey, Table, Uuid
from lms_core.foundation.database import id_column, metadata

seats = Table("bad_labs_seat", metadata, id_column(), Column("taken_by", Uuid, ForeignKey("people_person.id")))
"""
SETUP = """
[metadata]
name = bad-labs
version = 1.0
[options.entry_points]
lms.plugins =
    bad_labs = bad_labs.plugin
"""


def application_core() -> Core:
    """The core as the command line describes it: only the command that starts it is asked for here."""
    core: Core = plugin_group.context_settings["obj"]
    return core


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    home = tmp_path_factory.mktemp("source")
    files = {"plugin.toml": MANIFEST, "plugin.py": PLUGIN, "tables.py": TABLES, "__init__.py": ""}
    (home / "bad_labs").mkdir()
    (home / "setup.cfg").write_text(SETUP)
    for name, content in files.items():
        (home / "bad_labs" / name).write_text(content)
    return examine("bad_labs", home)


def examine(plugin: str, home: Path) -> dict[str, list[str]]:
    as_installed(home, home / "installed")
    found = examined(application_core(), plugin, [home, home / "installed"])
    return {one.name: [str(each) for each in one.findings] for one in found}


def test_an_object_that_is_shown_to_anyone_is_told(told):
    (line,) = told["permissions"]
    assert "access: GET /bad_labs/open/<uuid:campus_id> is public" in line


def test_a_table_that_names_a_person_unregistered_is_told(told):
    (line,) = told["personal data"]
    assert "tables.py: [bad_labs] personal-data: bad_labs_seat names a person by taken_by." in line


def test_a_table_without_a_migration_is_told_with_the_command_that_writes_one(told):
    assert any("bad_labs_seat" in line and "lms plugin revise bad_labs" in line for line in told["tables"])


def test_a_review_that_fails_on_a_stranger_is_told_at_its_line(told):
    (line,) = told["faults"]
    assert "plugin.py:25: [bad_labs] fault: lms_review_course_publication fails" in line
    assert "LookupError: no such course" in line


def test_nothing_of_it_ran_where_it_was_off(told):
    assert told["gates"] == []


def test_a_plugin_that_is_quarantined_is_told_of_and_no_more(tmp_path):
    home = tmp_path
    (home / "bad_labs").mkdir()
    (home / "setup.cfg").write_text(SETUP)
    (home / "bad_labs" / "plugin.toml").write_text(MANIFEST)
    (home / "bad_labs" / "__init__.py").write_text("")
    (home / "bad_labs" / "plugin.py").write_text("raise OSError('no disk')")
    found = examine("bad_labs", home)
    assert list(found) == ["registering"]
    assert "no disk" in found["registering"][0]
