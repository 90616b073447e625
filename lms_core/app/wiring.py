"""Putting hooks, gates, rooms, background work and health together."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import Flask
from flask_smorest import Api
from pluggy import PluginManager

import lms_core
from lms_core.app.extension import opened_by
from lms_core.app.plugins import HOUSES, ROOMS, room_plugins
from lms_core.app.registration import Registered
from lms_core.assessment.service.formats import KnownFormats
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.calling.figures import HookFigures
from lms_core.foundation.host.gates import Gates
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.host.migrations import pending
from lms_core.foundation.host.order import required
from lms_core.foundation.host.repository import StoredGates
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.host.settings import DeclaredSettings
from lms_core.foundation.outbox.background import Background
from lms_core.foundation.web.access import guard
from lms_core.foundation.web.api import ApiBlueprint
from lms_core.foundation.web.health import health
from lms_core.foundation.web.house import house
from lms_core.foundation.web.languages import Languages
from lms_core.foundation.web.tracing import traced_work
from lms_core.hooks import PROJECT
from lms_core.hooks.caller import SPECIFICATIONS, Hooks
from lms_core.migrations import core_lineage
from lms_core.people.domain import PersonalDataBook, RoleBook

PACKAGE = Path(lms_core.__file__).parent


def install_hooks(app: Flask, plugins: LoadedPlugins) -> None:
    """Register rooms and plugins with pluggy, in the order of their requirements."""
    manager = PluginManager(PROJECT)
    for module in SPECIFICATIONS:
        manager.add_hookspecs(module)
    for name, letter_box in room_plugins().items():
        manager.register(letter_box, name=name)
    for plugin in plugins.loaded:
        if opened := opened_by(plugin):
            manager.add_hookspecs(opened)
        manager.register(plugin.module, name=plugin.id)
    app.extensions["lms"].tools[PluginManager] = manager


def open_gates(app: Flask, registered: Registered) -> None:
    """Decide from memory where each plugin is on, and give services the voice that asks hooks."""
    here = house(app)
    manifests = registered.plugins.manifests
    needs = {name: required(name, manifests) for name in manifests}
    gates = Gates(StoredGates(here.work), needs, frozenset({"core", *HOUSES}))
    engine = Engine(here.tools[PluginManager], gates.snapshot, here.settings.hook_budget)
    here.gate = gates.enabled
    here.prefixes = {prefix: one.id for one in manifests.values() for prefix in one.url_prefixes}
    here.registered = dict(registered.answers)
    here.work.listeners = engine.listeners
    here.tools |= {Gates: gates, Engine: engine, Hooks: Hooks(engine), LoadedPlugins: registered.plugins}
    book = RoleBook.bind(registered.of("lms_register_roles"), registered.of("lms_register_permissions"))
    here.tools |= {RoleBook: book, PersonalDataBook: PersonalDataBook(registered.answers["lms_register_personal_data"])}
    here.tools[KnownFormats] = KnownFormats(registered.answers.get("lms_register_item_formats", ()))
    here.tools[PluginService] = PluginService(here.work, manifests)
    here.tools[DeclaredSettings] = DeclaredSettings.of(registered.answers["lms_register_settings"])


def mount_rooms(app: Flask, api: Api, registered: Registered) -> None:
    """Mount every blueprint, teach the app its languages, and put the guard before all views."""
    here = house(app)
    places = registered.of("lms_register_scope_sources")
    here.scope_sources |= {one.kind: one.resolve for one in places}
    here.scope_titles |= {one.kind: one.titles for one in places}
    here.scope_choices |= {one.kind: one.choices for one in places if one.choices}
    folders = [PACKAGE / name for name in ("foundation", *ROOMS, "app")]
    folders += [plugin.folder for plugin in registered.plugins.loaded]
    Languages(app, [folder / "translations" for folder in folders])
    app.register_blueprint(health)
    for blueprint in registered.of("lms_register_blueprints"):
        mount: Callable[..., None] = (
            api.register_blueprint if isinstance(blueprint, ApiBlueprint) else app.register_blueprint
        )
        mount(blueprint)
    app.before_request(guard)


def install_background(app: Flask, registered: Registered) -> Background:
    """Gather tasks, schedules and listeners behind the outbox. Threads start only when somebody serves."""
    here = house(app)
    hooks: Hooks = here.tools[Hooks]
    gates: Gates = here.tools[Gates]
    background = Background(
        here.settings,
        here.work,
        registered.of("lms_register_tasks"),
        deliver=lambda plugin, hook, event, _: hooks.deliver(plugin, hook, event),
        gate=gates.enabled,
        anywhere=lambda plugin: gates.snapshot().anywhere(plugin),
        epoch=lambda: gates.snapshot().epoch,
        schedules=registered.of("lms_register_schedules"),
        context=partial(traced_work, app),
    )
    app.extensions["lms_background"] = here.tools[Background] = background
    return background


def watch_health(app: Flask) -> None:
    """What /readyz asks, and what /metrics counts of hooks."""
    here = house(app)
    here.figures.append(HookFigures(here.tools[Engine]))
    here.ready_checks["migrations"] = lambda: "; ".join(pending(here.database.engine, core_lineage())) or None
    here.ready_checks["plugins"] = lambda: ", ".join(sorted(here.tools[LoadedPlugins].quarantined)) or None
