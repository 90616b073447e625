from types import SimpleNamespace

import pytest
from flask import Blueprint
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from lms_core.app.declarations import check_registrations
from lms_core.app.ownership import COMMANDS, Owners
from lms_core.app.registration import REGISTERED
from lms_core.cli.group import OWN
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.text import Titles

TITLES = Titles("실습", "Labs")
MANIFEST = Manifest(
    "labs", Version("1"), TITLES, TITLES, SpecifierSet(), permissions=("labs.open",), url_prefix="/labs"
)


@pytest.fixture
def rules():
    def check(**brought) -> list[str]:
        found = dict.fromkeys(REGISTERED, ()) | {f"lms_register_{name}": things for name, things in brought.items()}
        return [finding.rule for finding in check_registrations(MANIFEST, found)]

    return check


def pages() -> Blueprint:
    made = Blueprint("labs", __name__, url_prefix="/labs")
    made.add_url_rule("/", "home", lambda: "")
    return made


OPEN = SimpleNamespace(name="labs.open")


def test_a_plugin_that_keeps_to_its_manifest_is_taken_in(rules):
    menu = SimpleNamespace(endpoint="labs.home")
    kind = SimpleNamespace(name="labs.bench")
    assert rules(permissions=[OPEN], blueprints=[pages()], menus=[menu], activity_kinds=[kind]) == []


@pytest.mark.parametrize(
    ("brought", "rule"),
    [
        ({"permissions": [OPEN, SimpleNamespace(name="people.erase_person")]}, "undeclared"),
        ({"permissions": [OPEN], "tasks": [SimpleNamespace(name="labs.close")]}, "undeclared"),
        ({"permissions": [OPEN], "personal_data": [SimpleNamespace(table="labs_x")]}, "undeclared"),
        ({"permissions": [OPEN], "activity_kinds": [SimpleNamespace(name="catalog.page")]}, "foreign-name"),
        ({"permissions": [OPEN], "menus": [SimpleNamespace(endpoint="labs.home")]}, "dead-link"),
        ({"permissions": []}, "unregistered"),
    ],
)
def test_what_goes_beyond_the_manifest_is_refused_by_rule(rules, brought, rule):
    assert rules(**brought) == [rule]


@pytest.mark.parametrize(("name", "taken"), [("upgrade", True), ("labs", False)])
def test_a_command_of_the_core_is_not_taken_by_a_plugin(name, taken):
    found = dict.fromkeys(REGISTERED, ()) | {"lms_register_commands": [SimpleNamespace(name=name)]}
    findings = check_registrations(MANIFEST, found, Owners(frozenset()))
    assert ("name-taken" in {one.rule for one in findings}) is taken


def test_the_commands_of_the_core_are_those_of_the_command_line():
    assert set(OWN) == COMMANDS
