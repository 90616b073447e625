"""Plugins whose ``plugin.toml`` cannot be read, or says what cannot be."""

import pytest

from lms_core.foundation.host.manifest_file import MANIFEST_LIMIT
from tests.lms_core.broken.conftest import Broken, Street, assert_sound, assert_told
from tests.support.shelf import MANIFEST

HOME, MISSING = '"lms_show_home"', '{well_done = ">=1"}'
# Code that would be noticed if it ever ran: none of these is imported.
NEVER = 'raise AssertionError("it was imported")'


def told(name: str, **changes: str) -> str:
    """A sound manifest of ``name``, with some of its lines replaced."""
    lines = MANIFEST.format(id=name, ko=name, en=name, hooks=[], requires="").strip().splitlines()
    kept = [line for line in lines if line.partition(" =")[0] not in changes]
    return "\n".join([*kept, *(f"{key} = {value}" for key, value in changes.items() if value)])


PLUGINS = {
    "man_empty": Broken("missing-key", "id", NEVER, manifest=""),
    "man_toml": Broken("toml", "TOML", NEVER, manifest='id = "man_toml\n'),
    "man_bytes": Broken("unreadable", "plugin.toml", NEVER, manifest=b"\xff\xfe\x00id"),
    "man_huge": Broken("unreadable", "larger", NEVER, manifest="#" * (MANIFEST_LIMIT + 1)),
    "man_other": Broken("one-name", "man_another", NEVER, manifest=told("man_another")),
    "man_type": Broken("type", "a string", NEVER, manifest=told("man_type", summary='"words"', core="1")),
    "man_list": Broken("type", "a list", NEVER, manifest=told("man_list", hooks='"lms_show_home"')),
    "man_key": Broken("unknown-key", "permisions", NEVER, manifest=told("man_key", permisions="[]")),
    "man_twice": Broken("twice", "lms_show_home", NEVER, manifest=told("man_twice", hooks=f"[{HOME}, {HOME}]")),
    "man_url": Broken("value", "/My Plugin", NEVER, manifest=told("man_url", url_prefix='"/My Plugin"')),
    "man_range": Broken("range", "soon", NEVER, manifest=told("man_range", core='"soon"')),
    "man_new": Broken("core-version", ">=9.0", NEVER, manifest=told("man_new", core='">=9.0"')),
    "man_title": Broken("empty", "ko", NEVER, manifest=told("man_title", title='{ko = "", en = "T"}')),
    "man_foreign": Broken("value", "people.erase", NEVER, manifest=told("man_foreign", permissions='["people.erase"]')),
    "man_needs": Broken("missing-requirement", "well_done", NEVER, manifest=told("man_needs", requires=MISSING)),
    "man_old": Broken("requirement-version", ">=2.0", NEVER, manifest=told("man_old", requires='{well = ">=2.0"}')),
    "man_circle_a": Broken("requirement-cycle", "man_circle_b", NEVER, requires="man_circle_b"),
    "man_circle_b": Broken("requirement-cycle", "man_circle_a", NEVER, requires="man_circle_a"),
    "man_self": Broken("requires-itself", "itself", NEVER, requires="man_self"),
    "man_hook": Broken("declared-hook", "lms_show_hoem", "", manifest=told("man_hook", hooks='["lms_show_hoem"]')),
    "man_silent": Broken("declared-hook", "lms_show_home", "", manifest=told("man_silent", hooks='["lms_show_home"]')),
    "man_url_core": Broken("url-prefix", "/people", NEVER, manifest=told("man_url_core", url_prefix='"/people"')),
    "man_url_taken": Broken("url-prefix", "/well", NEVER, manifest=told("well").replace('"well"', '"zell"', 1)),
    "people_more": Broken("table-prefix", "people_", NEVER),
    "well_more": Broken("table-prefix", "well_", NEVER),
}
PLUGINS["zell"] = PLUGINS.pop("man_url_taken")


@pytest.mark.parametrize("name", PLUGINS)
def test_it_is_named_with_its_cause(street: Street, name: str) -> None:
    assert_told(street, name, PLUGINS[name])


def test_what_was_meant_is_said(street: Street) -> None:
    meant = {name: {one.suggestion for one in street.findings(name)} for name in ("man_key", "man_hook")}
    assert meant == {"man_key": {"permissions"}, "man_hook": {"lms_show_home"}}


def test_the_site_works_and_nothing_of_them_is_left(street: Street) -> None:
    assert_sound(street, frozenset(PLUGINS))
