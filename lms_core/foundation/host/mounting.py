"""Mounts a plugin's blueprints on an application of no consequence, to see what they would do to the real one."""

from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from flask import Blueprint, Flask

from lms_core.foundation.host.entrances import check_access, fault_at
from lms_core.foundation.host.findings import Finding, Findings, nearest
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.text import Text, text

# What Flask runs for every request of the application once a blueprint has asked for it, and for whom it is kept.
_APP_WIDE = (
    "before_request_funcs",
    "after_request_funcs",
    "teardown_request_funcs",
    "url_value_preprocessors",
    "url_default_functions",
    "template_context_processors",
    "error_handler_spec",
)


def check_mounts(
    manifest: Manifest,
    blueprints: Iterable[Blueprint],
    endpoints: Iterable[str] = (),
    permissions: Set[str] | None = None,
) -> Findings:
    """URLs outside the declared prefixes, functions for the whole application, names of others, and dead links.

    ``endpoints`` are those that menus of the plugin lead to. With ``permissions``, those there are, every view has to
    declare one of them.
    """
    trial = Flask("trial", static_folder=None)
    before = _app_wide(trial)
    faults: list[Finding] = []
    for blueprint in blueprints:
        faults += _name(manifest, blueprint)
        faults += _templates(manifest, blueprint)
        try:
            trial.register_blueprint(blueprint)
        except Exception as error:  # noqa: BLE001 a plugin's fault stays the plugin's
            message = text("It cannot be mounted: %(why)s", why=f"{type(error).__name__}: {error}")
            faults.append(_fault(manifest, "blueprint", message))
    faults += _urls(manifest, trial)
    faults += [_everywhere(manifest, name) for name, now in _app_wide(trial).items() if now != before[name]]
    faults += [fault for endpoint in endpoints for fault in _link(manifest, endpoint, trial)]
    if permissions is not None:
        faults += check_access(manifest, trial, permissions)
    return tuple(faults)


def _templates(manifest: Manifest, blueprint: Blueprint) -> Iterator[Finding]:
    """Templates of all houses share one name space: without a folder of its own, one would stand in for another's."""
    folder = Path(blueprint.root_path, blueprint.template_folder) if blueprint.template_folder else None
    for inner in sorted(folder.iterdir()) if folder and folder.is_dir() else ():
        if inner.name != manifest.id:
            message = text("It belongs into %(folder)s/%(id)s/.", folder="templates", id=manifest.id)
            yield Finding(manifest.id, str(inner), 0, "shape", message)


def _name(manifest: Manifest, blueprint: Blueprint) -> Iterator[Finding]:
    if blueprint.name != manifest.id and not blueprint.name.startswith(f"{manifest.id}_"):
        message = text("A blueprint is named %(id)s or %(id)s_…, not “%(name)s”.", id=manifest.id, name=blueprint.name)
        yield _fault(manifest, "blueprint", message)


def _urls(manifest: Manifest, trial: Flask) -> Iterator[Finding]:
    for rule in trial.url_map.iter_rules():
        if not any(rule.rule == prefix or rule.rule.startswith(f"{prefix}/") for prefix in manifest.url_prefixes):
            prefixes = ", ".join(manifest.url_prefixes)
            message = text("%(url)s does not lie under %(prefixes)s.", url=rule.rule, prefixes=prefixes)
            yield fault_at(manifest, trial.view_functions.get(rule.endpoint), "url-prefix", message)


def _app_wide(app: Flask) -> dict[str, object]:
    counts: dict[str, object] = {name: len(getattr(app, name).get(None) or ()) for name in _APP_WIDE}
    counts |= {name: len(getattr(app, name)) for name in ("teardown_appcontext_funcs", "shell_context_processors")}
    counts |= {"wsgi_app": app.wsgi_app, "config": dict(app.config), "extensions": dict(app.extensions)}
    counts |= {"url_map.converters": dict(app.url_map.converters), "json": app.json}
    return counts | {
        f"jinja_env.{name}": dict(getattr(app.jinja_env, name)) for name in ("filters", "tests", "globals")
    }


def _everywhere(manifest: Manifest, what: str) -> Finding:
    message = text("It adds to %(what)s of the whole application: a plugin acts under its own URLs only.", what=what)
    return _fault(manifest, "app-wide", message)


def _link(manifest: Manifest, endpoint: str, trial: Flask) -> Iterator[Finding]:
    """A menu stands on every page: an address that cannot be built would break them all."""
    rules = [rule for rule in trial.url_map.iter_rules() if rule.endpoint == endpoint]
    if not rules:
        message = text("A menu leads to “%(endpoint)s”, and there is no such page.", endpoint=endpoint)
        yield _fault(manifest, "dead-link", message, nearest(endpoint, trial.view_functions))
    elif not any(not rule.arguments and "GET" in (rule.methods or ()) for rule in rules):
        message = text(
            "A menu leads to “%(endpoint)s”, which cannot be opened by its address alone.", endpoint=endpoint
        )
        yield fault_at(manifest, trial.view_functions.get(endpoint), "dead-link", message)


def _fault(manifest: Manifest, rule: str, message: Text, suggestion: str = "") -> Finding:
    return Finding(manifest.id, manifest.file, 0, rule, message, suggestion)
