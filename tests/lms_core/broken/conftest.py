"""Broken plugins by the dozen on one site: it starts, works, names each with its cause, and keeps nothing of them.

A module describes its family as ``PLUGINS``: name -> files, hooks declared, and what has to be said of it.
"""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest
from flask import Flask

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.database import Database, metadata
from lms_core.foundation.host.findings import Findings
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.host.markers import FOLDER
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.scopes import SITE
from tests.support.clock import FixedClock
from tests.support.databases import create_tables
from tests.support.shelf import GOOD_PANEL, Shelf, shelf_in
from tests.support.site import Site, make_site

HOME = ("lms_show_home",)


@dataclass(frozen=True)
class Broken:
    """One broken plugin: its letter box, the hooks it declares, other files, and what must be said of it.

    ``rule`` is the rule it breaks and ``said`` a part of the message; ``manifest`` stands in place of the usual one,
    ``more`` at its end.
    """

    rule: str
    said: str
    code: str = ""
    hooks: tuple[str, ...] = ()
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    manifest: str | bytes | None = None
    more: str = ""
    requires: str = ""

    def put(self, shelf: Shelf, name: str) -> None:
        """Put it on the shelf."""
        home = shelf.add(name, self.code, self.hooks, self.requires)
        for path, content in self.files.items():
            (home / path).parent.mkdir(parents=True, exist_ok=True)
            (home / path).write_bytes(content.encode() if isinstance(content, str) else content)
        manifest = home / "plugin.toml"
        if self.manifest is not None:
            manifest.write_bytes(self.manifest.encode() if isinstance(self.manifest, str) else self.manifest)
        if self.more:
            told = manifest.read_text(encoding="utf-8")
            table = told.index("requires")
            manifest.write_text(f"{told[:table]}{self.more}\n{told[table:]}", encoding="utf-8")


@dataclass(frozen=True)
class Street:
    """A site between broken plugins, and what there was before it was made."""

    site: Site
    tables: frozenset[str]
    modules: frozenset[str]
    instance: Path

    @property
    def plugins(self) -> LoadedPlugins:
        """What runs and what does not."""
        loaded: LoadedPlugins = self.site.house.tools[LoadedPlugins]
        return loaded

    def findings(self, name: str) -> Findings:
        """What is said of one plugin."""
        return self.plugins.quarantined.get(name, ())


@pytest.fixture(scope="module")
def street(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Street]:
    """One site with every plugin of the module's ``PLUGINS``, and a good one."""
    module: ModuleType = request.module
    folder = tmp_path_factory.mktemp("street")
    url = f"sqlite:///{folder / 'site.sqlite3'}"
    create_tables(url)
    before, known = frozenset(metadata.tables), frozenset(sys.modules)
    with shelf_in(folder / "shelf") as shelf:
        shelf.add("well", GOOD_PANEL, HOME)
        for name, broken in module.PLUGINS.items():
            broken.put(shelf, name)
        site = make_site(Database(url), FixedClock(), folder / "instance")
        site.provide(PluginService).enable(SYSTEM, "well", SITE)
        yield Street(site, before, known, folder / "instance")
        site.house.database.dispose()


def app_wide(app: Flask) -> dict[str, int]:
    """How many functions run for every request."""
    names = ("before_request_funcs", "after_request_funcs", "teardown_request_funcs", "url_value_preprocessors")
    return {name: len(getattr(app, name).get(None, ())) for name in names}


def assert_sound(street: Street, names: frozenset[str]) -> None:
    """The site answers, the good plugin works, and nothing of ``names`` is left in the process."""
    home = street.site.browser(street.site.person("mina")).get("/home")
    assert home.status_code == 200
    assert "One lab is open." in home.text
    assert not names.intersection(street.plugins.ids)
    assert not {one for one in sys.modules if one.partition(".")[0] in names}
    assert frozenset(metadata.tables) == street.tables
    assert not {rule.endpoint.partition(".")[0] for rule in street.site.app.url_map.iter_rules()} & names
    notes = street.instance / FOLDER
    assert not notes.is_dir() or not list(notes.iterdir())


def assert_told(street: Street, name: str, broken: Broken) -> None:
    """What is wrong is said with plugin, place, rule and words, on the page of plugins as well."""
    found = street.findings(name)
    told = [one for one in found if one.rule == broken.rule]
    assert told, [str(one) for one in found]
    assert any(broken.said in str(one) for one in told), [str(one) for one in told]
    assert {one.plugin for one in found} == {name}
    assert all(name in one.file for one in told)
    page = street.site.browser(street.site.administrator()).get(f"/plugins/{name}").text
    assert "does not run" in page
    assert f"<code>{broken.rule}</code>" in page
