from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from lms_core.foundation.host.checking.doors import check_doors
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.text import Titles

ROOMS = frozenset({"foundation", "people", "catalog"})
INSTALLED = frozenset({"labs", "cert_prep", "other"})
MANIFEST = Manifest(
    "labs", Version("1.0"), Titles("", ""), Titles("", ""), SpecifierSet(), {"cert_prep": SpecifierSet()}
)


def refused(tmp_path: Path, module: str, source: str) -> list[tuple[str, int]]:
    package = tmp_path / "labs"
    package.mkdir(exist_ok=True)
    (package / module).parent.mkdir(parents=True, exist_ok=True)
    (package / module).write_text(source)
    return [(one.rule, one.line) for one in check_doors(MANIFEST, package, ROOMS, INSTALLED)]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("plugin.py", "from labs.pages import pages\nfrom lms_core.hooks import hookimpl"),
        ("service.py", "from lms_core.catalog.service import DraftService\nfrom lms_core.people import domain"),
        ("service.py", "from labs.repository import Labs\nfrom cert_prep.hooks import Certification"),
        ("service/tips.py", "from labs.service import other\nfrom . import more\nfrom ..domain import Tip"),
        ("tables.py", "from sqlalchemy import Table"),
        ("domain.py", "from lms_core.foundation.text import text\nfrom datetime import date"),
        ("migrations/versions/0001.py", "import sqlalchemy as sa"),
        ("domain.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from flask import Flask"),
    ],
)
def test_what_goes_through_a_door_passes(tmp_path, module, source):
    assert refused(tmp_path, module, source) == []


@pytest.mark.parametrize(
    ("module", "source", "rule", "line"),
    [
        ("service.py", "import json\nfrom lms_core.catalog.tables import courses", "doors", 2),
        ("service.py", "import lms_core.people.repository", "doors", 1),
        ("pages.py", "from lms_core.app import create_app", "roof", 1),
        ("service.py", "def late():\n    from lms_core.kit.site import Site", "roof", 2),
        ("service.py", "from other.service import Thing", "requires", 1),
        ("service.py", "from cert_prep.tables import rows", "doors", 1),
        ("domain.py", "from labs.service import LabService", "stairs", 1),
        ("domain.py", "from .service import LabService", "stairs", 1),
        ("pages.py", "from labs import api", "stairs", 1),
        ("repository/rows.py", "from ..service import LabService", "stairs", 1),
        ("domain.py", "import sqlalchemy", "pure", 1),
        ("domain.py", "from lms_core.foundation.database import metadata", "pure", 1),
        ("service.py", "from sqlalchemy import select", "sql", 1),
    ],
)
def test_a_wall_is_told_with_its_line(tmp_path, module, source, rule, line):
    assert refused(tmp_path, module, source) == [(rule, line)]


def test_every_refusal_says_the_way_out(tmp_path):
    package = tmp_path / "labs"
    package.mkdir()
    (package / "service.py").write_text("from other.service import Thing\nfrom lms_core.catalog.tables import courses")
    requires, doors = check_doors(MANIFEST, package, ROOMS, INSTALLED)
    assert 'Write [requires] other = ">=..." into plugin.toml' in str(requires)
    assert "Enter catalog by its domain or service." in str(doors)
