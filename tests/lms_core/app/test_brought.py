"""What a plugin registers is there: found, run by the clock, called at the command line; places are the core's."""

import pytest

from lms_core.cli import application
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.scopes import KINDS
from tests.support.site import make_site

BRINGING = '''
from collections.abc import Sequence
from datetime import timedelta

import click

from lms_core.foundation.actors import Actor
from lms_core.foundation.outbox.tasks import Task, task
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.schedules import Schedule
from lms_core.foundation.text import text
from lms_core.hooks import hookimpl
from lms_core.hooks.site import SearchHit, SearchSource


@task("labs.sweep")
def sweep() -> None:
    """Sweep the labs."""


@click.command("labs")
def labs() -> None:
    """Tell of labs."""
    click.echo("One lab is open.")


def find(actor: Actor, request: PageRequest) -> Page[SearchHit]:
    """One lab."""
    return Page([SearchHit(text("Lab"), "/labs/")], 1, 1, 20)


@hookimpl
def lms_register_tasks() -> Sequence[Task]:
    """Sweeping."""
    return [sweep]


@hookimpl
def lms_register_schedules() -> Sequence[Schedule]:
    """Once an hour."""
    return [Schedule("labs.sweep", timedelta(hours=1))]


@hookimpl
def lms_register_search_sources() -> Sequence[SearchSource]:
    """Labs."""
    return [SearchSource("labs.labs", text("Labs"), find)]


@hookimpl
def lms_register_commands() -> Sequence[click.Command]:
    """lms labs."""
    return [labs]
'''
HOOKS = ("lms_register_tasks", "lms_register_schedules", "lms_register_search_sources", "lms_register_commands")


@pytest.fixture
def labs(shelf, embedded, clock, tmp_path):
    told = shelf.add("labs", BRINGING, HOOKS) / "plugin.toml"
    told.write_text('tasks = ["labs.sweep"]\n' + told.read_text(encoding="utf-8"), encoding="utf-8")
    site = make_site(embedded, clock, tmp_path)
    assert site.provide(LoadedPlugins).quarantined == {}
    yield site
    site.house.database.dispose()


def registered(site, hook):
    return [thing for owner, thing in site.house.registered[hook] if owner == "labs"]


def test_lms_register_search_sources_is_kept_under_its_name(labs):
    assert [one.name for one in registered(labs, "lms_register_search_sources")] == ["labs.labs"]


def test_lms_register_schedules_is_kept_with_its_task(labs):
    assert [one.name for one in registered(labs, "lms_register_schedules")] == ["labs.sweep"]
    assert [one.name for one in registered(labs, "lms_register_tasks")] == ["labs.sweep"]


def test_lms_register_commands_is_part_of_the_command_line(labs, monkeypatch):
    monkeypatch.setattr(application, "application", lambda: labs.app)
    assert "labs" in application.commands()


def test_lms_register_scope_sources_names_every_kind_of_place_once(site):
    assert sorted(site.house.scope_sources) == sorted(KINDS[1:])
