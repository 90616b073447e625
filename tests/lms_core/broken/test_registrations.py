"""Plugins that answer at boot with what they should not: wrong things, others' names, more than they declare."""

import pytest

from lms_core.app.registration import REGISTERED
from tests.lms_core.broken.conftest import Broken, Street, assert_sound, assert_told

HEAD = """
from collections.abc import Sequence
from typing import Any
import click
from flask import Blueprint
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.schedules import Schedule
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web.access import access
from lms_core.hooks import hookimpl
from lms_core.hooks.catalog import ActivityKind, ActivityView
from lms_core.hooks.item_formats import ItemFormat
from lms_core.hooks.site import MenuItem, Permission, PersonalData, Role, ScopeSource
from datetime import timedelta

pages = Blueprint("{id}", __name__, url_prefix="/{id}")

"""


def answer(hook: str, kind: str, body: str) -> str:
    return f"\n@hookimpl\ndef lms_register_{hook}() -> Sequence[{kind}]:\n    '''Mine.'''\n    {body}\n"


def plugin(name: str, rule: str, said: str, *answers: tuple[str, str, str], before: str = "", more: str = "") -> Broken:
    """A plugin with these answers, each hook, kind and body."""
    code = HEAD.format(id=name) + before + "".join(answer(*one) for one in answers)
    hooks = tuple(f"lms_register_{hook}" for hook, _, _ in answers)
    return Broken(rule, said, code, hooks, more=more)


def item_format(name: str, rule: str, said: str, given: str, *, times: int = 1, own: str = "") -> Broken:
    """A plugin with a format of these suffixes and this reader, under its own name or another."""
    suffix, read = given.split(", ")
    own = own or f"{name}.sheet"
    made = f'ItemFormat("{own}", Titles("표", "Sheet"), ({suffix},), {read})'
    return plugin(name, rule, said, ("item_formats", "ItemFormat", f"return [{made}] * {times}"))


def roles(name: str, rule: str, said: str, role: str, more: str = "") -> Broken:
    return plugin(name, rule, said, ("roles", "Role", f"return [{role}]"), more=more)


def view(name: str, rule: str, said: str, declared: str, url: str = "/") -> Broken:
    arguments = "lab_id" if "lab_id" in url else ""
    before = f'@pages.get("{url}")\n{declared}\ndef home({arguments}): return "home"\n'
    return plugin(name, rule, said, ("blueprints", "Blueprint", "return [pages]"), before=before)


BLUEPRINTS = ("blueprints", "Blueprint", "return [pages]")
PERMIT = ("permissions", "Permission", 'return [Permission("{id}.see", text("See"))]')
PLUGINS = {
    "reg_raises": plugin("reg_raises", "register", "ZeroDivisionError", ("menus", "MenuItem", "return [1 / 0]")),
    "reg_exits": plugin("reg_exits", "register", "SystemExit", ("menus", "MenuItem", "raise SystemExit(1)")),
    "reg_none": plugin("reg_none", "answer-type", "NoneType, not Sequence", ("menus", "MenuItem", "return None")),
    "reg_words": plugin("reg_words", "answer-type", "str, not Sequence", ("menus", "MenuItem", 'return "menu"')),
    "reg_set": plugin("reg_set", "answer-type", "set, not Sequence", ("menus", "MenuItem", "return {1}")),
    "reg_yields": plugin("reg_yields", "wrapper", "yields", ("menus", "MenuItem", "yield 1")),
    "reg_inside": plugin(
        "reg_inside", "answer-type", "title is str, not Text", ("menus", "MenuItem", 'return [MenuItem("x", "Menu")]')
    ),
    "reg_second": plugin(
        "reg_second",
        "answer-type",
        "number 2 is int, not Permission",
        ("permissions", "Permission", 'return [Permission("reg_second.a", text("A")), 2]'),
        more='permissions = ["reg_second.a"]',
    ),
    "reg_undeclared": plugin(
        "reg_undeclared",
        "undeclared",
        "reg_undeclared.see",
        ("permissions", "Permission", PERMIT[2].format(id="reg_undeclared")),
    ),
    "reg_foreign": plugin(
        "reg_foreign",
        "undeclared",
        "people.erase",
        ("permissions", "Permission", 'return [Permission("people.erase", text("E"))]'),
    ),
    "reg_twice": plugin(
        "reg_twice",
        "twice",
        "reg_twice.run",
        ("tasks", "Task", 'return [Task("reg_twice.run", print), Task("reg_twice.run", print)]'),
        more='tasks = ["reg_twice.run"]',
    ),
    "reg_task": plugin(
        "reg_task", "undeclared", "people.send_mail", ("tasks", "Task", 'return [Task("people.send_mail", print)]')
    ),
    "reg_schedule": plugin(
        "reg_schedule",
        "unknown-task",
        "reg_schedule.run",
        ("schedules", "Schedule", 'return [Schedule("reg_schedule.run", timedelta(hours=1))]'),
    ),
    "reg_scope": plugin(
        "reg_scope",
        "name-taken",
        "campus",
        ("scope_sources", "ScopeSource", 'return [ScopeSource("campus", lambda uow, id: None, lambda ids: {})]'),
    ),
    "reg_kind": plugin(
        "reg_kind",
        "name-taken",
        "catalog.page",
        ("activity_kinds", "ActivityKind", 'return [ActivityKind("catalog.page", text("P"), text("H"), ActivityView)]'),
    ),
    "reg_format": item_format("reg_format", "answer-type", "read is str, not Callable", '".lab", "read"'),
    "reg_suffix": item_format("reg_suffix", "register", "a suffix begins with a dot", '"lab", print'),
    "reg_gift": item_format("reg_gift", "name-taken", "gift", '".lab", print', own="gift"),
    "reg_formats": item_format("reg_formats", "twice", "reg_formats.sheet", '".lab", print', times=2),
    "reg_prefix": item_format("reg_prefix", "foreign-name", "sheet", '".lab", print', own="sheet"),
    "reg_menu": plugin(
        "reg_menu",
        "dead-link",
        "reg_menu.nowhere",
        ("menus", "MenuItem", 'return [MenuItem("reg_menu.nowhere", text("N"))]'),
    ),
    "reg_link": plugin(
        "reg_link",
        "dead-link",
        "by its address alone",
        BLUEPRINTS,
        ("menus", "MenuItem", 'return [MenuItem("reg_link.home", text("N"))]'),
        before='@pages.get("/<lab_id>")\n@access("public")\ndef home(lab_id): return "home"\n',
    ),
    "reg_asks": plugin(
        "reg_asks",
        "unknown-permission",
        "people.invite_persom",
        BLUEPRINTS,
        ("menus", "MenuItem", 'return [MenuItem("reg_asks.home", text("N"), "people.invite_persom")]'),
        before='@pages.get("/")\n@access("public")\ndef home(): return "home"\n',
    ),
    "rol_core": roles(
        "rol_core",
        "role-widened",
        "instructor",
        'Role("instructor", text("I"), frozenset({"people.erase_person"}), ("course",))',
    ),
    "rol_kinds": roles(
        "rol_kinds", "role-widened", "course", 'Role("administrator", text("A"), frozenset(), ("course",))'
    ),
    "rol_own": roles(
        "rol_own",
        "undeclared",
        "catalog.read_course",
        'Role("rol_own", text("O"), frozenset({"catalog.read_course"}), ("site",))',
    ),
    "rol_unknown": roles(
        "rol_unknown",
        "unknown-permission",
        "catalog.raed_course",
        'Role("rol_unknown", text("U"), frozenset({"catalog.raed_course"}), ("site",))',
    ),
    "rol_empty": roles(
        "rol_empty",
        "unregistered",
        "catalog.read_course",
        'Role("rol_empty", text("E"), frozenset(), ("site",))',
        more='grants = ["catalog.read_course"]',
    ),
    "rol_others": roles(
        "rol_others",
        "unknown-permission",
        "cert_prep.",
        'Role("rol_others", text("O"), frozenset({"cert_prep.manage_exams"}), ("site",))',
    ),
    "vie_open": view("vie_open", "no-access", "declares no access", ""),
    "vie_slip": view("vie_slip", "unknown-permission", "people.invite_persom", '@access("people.invite_persom")'),
    "vie_scope": view(
        "vie_scope",
        "unknown-scope",
        "campus:campus_id",
        '@access("catalog.read_course", "campus:campus_id")',
        "/<lab_id>",
    ),
    "vie_taken": Broken(
        "url-prefix",
        "/people",
        HEAD.replace('url_prefix="/{id}"', 'url_prefix="/people/vie"').format(id="vie_taken")
        + '@pages.get("/")\n@access("public")\ndef home(): return "mine"\n'
        + answer(*BLUEPRINTS),
        ("lms_register_blueprints",),
    ),
    "vie_wide": plugin(
        "vie_wide", "app-wide", "before_request_funcs", BLUEPRINTS, before="pages.before_app_request(lambda: None)\n"
    ),
    "vie_wsgi": plugin(
        "vie_wsgi",
        "app-wide",
        "wsgi_app",
        BLUEPRINTS,
        before='pages.record(lambda s: setattr(s.app, "wsgi_app", None))\n',
    ),
    "vie_config": plugin(
        "vie_config",
        "app-wide",
        "config",
        BLUEPRINTS,
        before="pages.record(lambda s: s.app.config.update(DEBUG=True))\n",
    ),
    "vie_error": plugin(
        "vie_error",
        "app-wide",
        "error_handler_spec",
        BLUEPRINTS,
        before='pages.app_errorhandler(404)(lambda e: "mine")\n',
    ),
    "vie_name": plugin("vie_name", "blueprint", "people", BLUEPRINTS, before='pages.name = "people"\n'),
    "vie_template": Broken(
        "shape",
        "vie_template",
        HEAD.format(id="vie_template").replace('url_prefix="/vie_template"', 'template_folder="templates"')
        + answer(*BLUEPRINTS),
        ("lms_register_blueprints",),
        {"templates/layout/page.html": "mine now"},
    ),
}


@pytest.mark.parametrize("name", PLUGINS)
def test_it_is_named_with_its_cause(street: Street, name: str) -> None:
    assert_told(street, name, PLUGINS[name])


def test_the_site_works_and_nothing_of_them_is_left(street: Street) -> None:
    assert_sound(street, frozenset(PLUGINS))


def test_a_fault_in_code_is_told_with_its_line(street: Street) -> None:
    for name in ("reg_raises", "reg_words", "rol_core", "vie_slip", "reg_scope"):
        assert all(one.line and one.file.endswith(".py") for one in street.findings(name)), street.findings(name)


def test_what_was_meant_is_said(street: Street) -> None:
    for name in ("rol_unknown", "vie_slip", "reg_asks"):
        assert {one.suggestion for one in street.findings(name)} & {"catalog.read_course", "people.invite_person"}


def test_every_register_hook_is_checked_by_what_it_promises() -> None:
    assert all(hook.startswith("lms_register_") for hook in REGISTERED)
    assert len(REGISTERED) >= 12
