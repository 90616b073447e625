"""What the whole site promises of itself: URLs, tables, tasks, personal data, messages."""

import ast
from collections.abc import Iterator

import pytest

from lms_core.app.plugins import ROOMS
from lms_core.foundation.database import metadata
from lms_core.foundation.outbox.background import Background
from lms_core.foundation.scopes import KINDS
from lms_core.foundation.web.access import BY_TOKEN, PUBLIC, SIGNED_IN, declared
from lms_core.people.domain import PersonalDataBook, RoleBook
from tests.architecture.houses import modules, named, plugins, rooms
from tests.support import translations
from tests.support.site import Site

SCOPES = {"site", "object", "own", "any"}


@pytest.fixture
def views(embedded_site: Site) -> list[tuple[str, str, str]]:
    rules = [rule for rule in embedded_site.app.url_map.iter_rules() if not rule.endpoint.endswith("static")]
    return [
        (rule.endpoint, method, str(rule))
        for rule in rules
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def test_every_url_declares_its_permission_and_scope(embedded_site: Site, views: list[tuple[str, str, str]]) -> None:
    permissions = set(embedded_site.provide(RoleBook).permissions) | {BY_TOKEN, PUBLIC, SIGNED_IN}
    wrong = []
    for endpoint, method, url in views:
        access = declared(embedded_site.app, endpoint, method)
        kind, _, argument = access.scope.partition(":") if access else ("", "", "")
        if access is None or access.permission not in permissions:
            wrong.append(f"{method} {url}: {access}")
        elif kind not in SCOPES and (kind not in KINDS or f":{argument}>" not in url):
            wrong.append(f"{method} {url}: {access.scope}")
    assert not wrong


def test_no_url_with_an_id_is_public(embedded_site: Site, views: list[tuple[str, str, str]]) -> None:
    known = [
        url
        for endpoint, method, url in views
        if "<uuid:" in url and declared(embedded_site.app, endpoint, method).permission == PUBLIC
    ]  # type: ignore[union-attr]  # the test above
    assert not known


def test_every_table_bears_the_name_of_its_house(embedded_site: Site) -> None:
    houses = ("foundation", *ROOMS, *(plugin.name for plugin in plugins()))
    assert embedded_site
    assert not [name for name in metadata.tables if not name.startswith(tuple(f"{house}_" for house in houses))]


def test_every_table_that_names_a_person_is_registered_with_purpose_and_retention(embedded_site: Site) -> None:
    registered = {kept.table for _, kept in embedded_site.provide(PersonalDataBook).tables}
    naming = {
        table.name
        for table in metadata.tables.values()
        if "person_id" in table.c or any(key.column.table.name == "people_person" for key in table.foreign_keys)
    }
    assert naming <= registered, naming - registered
    assert registered <= set(metadata.tables)


def test_every_task_that_somebody_names_resolves(embedded_site: Site) -> None:
    background: Background = embedded_site.app.extensions["lms_background"]
    known = set(background.delivery.tasks)
    assert not {name: place for name, place in _tasks_named() if name not in known}


def test_every_message_has_its_korean() -> None:
    assert not [line for package in translations.packages() for line in translations.missing(package)]


def test_every_message_can_be_filled_in() -> None:
    assert not [line for package in translations.packages() for line in translations.unfit(package)]


def test_no_catalogue_says_what_nobody_asks() -> None:
    assert not [line for package in translations.packages() for line in translations.unused(package)]


def test_only_the_unit_of_work_commits_and_only_repositories_speak_sql() -> None:
    speaking = {
        named(path)
        for path in modules(*rooms(), *plugins())
        if any(line.startswith("from sqlalchemy") for line in path.read_text().splitlines())
        and not {"repository", "tables", "migrations"} & {path.stem, *path.parts}
    }
    # Export and erasure go over every registered table, whoever's it is.
    assert speaking <= {f"lms_core/people/service/{name}.py" for name in ("privacy", "registered")}


def _tasks_named() -> Iterator[tuple[str, str]]:
    for path in modules():
        tree = ast.parse(path.read_text())
        constants = {
            target.id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "later"
                and node.args
            ):
                name = node.args[0]
                value = name.value if isinstance(name, ast.Constant) else constants.get(getattr(name, "id", ""))
                if isinstance(value, str):
                    yield value, f"{named(path)}:{node.lineno}"
