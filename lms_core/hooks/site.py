"""Hooks of the site itself: what a room or plugin brings along, and the home page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import click
from flask import Blueprint

from lms_core.foundation.actors import Actor
from lms_core.foundation.host.events import PluginDisabled, PluginEnabled
from lms_core.foundation.host.settings import PluginSettings
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.schedules import Schedule
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import Text, Titles
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.markers import hookspec


@dataclass(frozen=True, slots=True)
class Permission:
    """Something a person can do: ``<room>.<verb_noun>``, and a sentence for the one who grants it."""

    name: str
    title: Text


@dataclass(frozen=True, slots=True)
class Role:
    """A bundle of permissions under the name people know, and the kinds of scope it may be given in."""

    name: str
    title: Text
    permissions: frozenset[str]
    scope_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A way into a room, shown to those who hold ``permission`` anywhere (to all who are signed in if empty)."""

    endpoint: str
    title: Text
    permission: str = ""
    rank: int = 100


@dataclass(frozen=True, slots=True)
class PersonalData:
    """A table that holds personal data: why, for how long, and which column names the person.

    Where a row names no person but something that does, ``via`` is that other table: ``person_column`` holds its id,
    and its ``person_id`` the person. ``on_erasure`` says what becomes of the rows of an erased person: deleted, or
    kept without ``columns``.
    """

    table: str
    person_column: str
    purpose: Text
    retention: Text
    on_erasure: Literal["delete", "blank", "keep"] = "delete"
    columns: tuple[str, ...] = ()
    via: str = ""


@dataclass(frozen=True, slots=True)
class ScopeSource:
    """How the scope set of an object is found from the id in a URL; None when there is no such object.

    ``titles`` names several objects at once, whoever asks; those that are gone are left out. ``choices`` lists where
    an actor holds a permission, for a form to choose from; it is absent for kinds that are too many for a form.
    """

    kind: str
    resolve: Callable[[UnitOfWork, UUID], Scopes | None]
    titles: Callable[[Sequence[UUID]], Mapping[UUID, Titles]]
    choices: Callable[[Actor, str], Sequence[UUID]] | None = None


@dataclass(frozen=True, slots=True)
class Seed:
    """Sample data of a plugin for the demonstration. ``plant`` acts for ``actor`` and may run twice: it adds once.

    The core's own samples (people, campuses, courses, cohorts) stand already; they are found by slug and address.
    """

    title: Text
    plant: Callable[[Actor], None]


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go: an address of this site and its label; with ``post``, in a panel, something to do there."""

    url: str
    label: Text
    post: bool = False

    def __post_init__(self) -> None:
        """Refuse what would run in the page instead of leading somewhere, such as javascript:. Raises ValueError."""
        if not self.url.startswith(("/", "https://", "http://")):
            raise ValueError("a link leads to an address of this site, or begins with https://")


@dataclass(frozen=True, slots=True)
class Panel:
    """What a plugin shows in a slot. Texts are escaped; a lower ``rank`` stands higher; 0 to 99 is urgent."""

    key: str
    title: Text
    body: Text
    facts: tuple[tuple[Text, Text], ...] = ()
    action: Link | None = None
    rank: int = 100
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """Something found: its title, where it is, and a line that tells it from others of the same title."""

    title: Text
    url: str
    detail: Text | None = None


@dataclass(frozen=True, slots=True)
class SearchSource:
    """Things that can be searched for: ``<id>.<things>``, what they are called, and how they are found.

    ``find`` answers one page of what ``actor`` may see of them, by the request's ``search``; it may only read. With
    ``permission``, those who hold it nowhere are not offered the source.
    """

    name: str
    title: Text
    find: Callable[[Actor, PageRequest], Page[SearchHit]]
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a page, for slots: the person, the language, and the places where they hold a role."""

    person_id: UUID
    language: str
    scopes: Scopes


@hookspec
def lms_register_blueprints() -> Sequence[Blueprint]:
    """At boot: the pages and the API of a room or plugin, under its URL prefix.

    Every view declares its permission and where its scope comes from. All answers are mounted.
    """
    raise NotImplementedError


@hookspec
def lms_register_permissions() -> Sequence[Permission]:
    """At boot: every permission the room or plugin asks for. Names begin with its id and a dot."""
    raise NotImplementedError


@hookspec
def lms_register_roles() -> Sequence[Role]:
    """At boot: roles people can be given. Answers under one name are joined into one role."""
    raise NotImplementedError


@hookspec
def lms_register_menus() -> Sequence[MenuItem]:
    """At boot: entries of the main menu. Shown by rank, to those with the permission, where the plugin is on.

    A menu's address names no place: the entry, as its page, is there only while the plugin is on for the whole site.
    Where it is on for some campuses alone, a panel leads in.
    """
    raise NotImplementedError


@hookspec
def lms_register_tasks() -> Sequence[Task]:
    """At boot: the background tasks, named ``<id>.<verb>``. Tasks take ids and may run twice."""
    raise NotImplementedError


@hookspec
def lms_register_schedules() -> Sequence[Schedule]:
    """At boot: tasks that run by the clock. Each period is queued once, however many processes run."""
    raise NotImplementedError


@hookspec
def lms_register_personal_data() -> Sequence[PersonalData]:
    """At boot: every table with personal data. By it a person's data is exported and erased."""
    raise NotImplementedError


@hookspec
def lms_register_settings() -> Sequence[PluginSettings]:
    """At boot: what the plugin can be told, at most one answer. The admin form and ``lms plugin set`` are made of it.

    Its fields are those that the manifest declares. A value set for a narrower place goes before a wider one's:
    cohort, course, campus, organisation, site; then the schema's default.
    """
    raise NotImplementedError


@hookspec
def lms_register_scope_sources() -> Sequence[ScopeSource]:
    """At boot: how an id in a URL becomes a scope set. One answer for each kind of scope."""
    raise NotImplementedError


@hookspec
def lms_register_seeds() -> Sequence[Seed]:
    """At boot: sample data for ``lms demo``. Planted once, in plugin order, after the core's own."""
    raise NotImplementedError


@hookspec
def lms_register_search_sources() -> Sequence[SearchSource]:
    """At boot: what the site's search looks through. Results stand source by source, in plugin order.

    A source that fails is told of in its place, and the others answer all the same.
    """
    raise NotImplementedError


@hookspec
def lms_register_commands() -> Sequence[click.Command]:
    """At boot of the command line: commands or groups of ``lms``. The core's own names cannot be taken."""
    raise NotImplementedError


@hookspec
def lms_after_plugin_enabled(event: PluginEnabled) -> None:
    """After a plugin was switched on in a place, by a rule of its own or because one was taken away.

    Every listener that is on there is told, of itself too. By then it may be off again: what holds is to be looked at.
    At least once; retried, then parked.
    """
    raise NotImplementedError


@hookspec
def lms_after_plugin_disabled(event: PluginDisabled) -> None:
    """After a plugin was switched off in a place. Told like ``lms_after_plugin_enabled``.

    The plugin itself is off by then: it is told once it is on there again.
    """
    raise NotImplementedError


@hookspec
def lms_show_home(viewer: Viewer) -> Panel | None:
    """While the home page is made: one panel for this viewer, or None.

    Panels stand by rank. A failure shows a short notice to staff and nothing to others.
    """
    raise NotImplementedError


@hookspec
def lms_show_admin_dashboard(viewer: Viewer) -> Panel | None:
    """While the page about the site itself is made, for its staff: one panel, or None.

    What needs somebody to act belongs here. Whoever looks after the whole site hears of every plugin that is on
    anywhere, be it at one campus; others of those that are on where they hold a role. Panels stand by rank; in the
    place of one that fails stands its reason.
    """
    raise NotImplementedError
