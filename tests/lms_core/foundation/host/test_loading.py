import sys

import pytest

from lms_core.foundation.database import metadata
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.findings import Finding
from lms_core.foundation.host.loading import load
from lms_core.foundation.host.markers import FOLDER
from lms_core.foundation.text import text

MANIFEST = """
id = "{id}"
core = ">=1.0,<2"
title = {{ko = "가", en = "A"}}
summary = {{ko = "가", en = "A"}}
[requires]
{requires}
"""


def add(shelf, name: str, *requires: str, plugin: str = "") -> None:
    lines = "\n".join(f'{other} = ">=0"' for other in requires)
    shelf.add(name, plugin=plugin, manifest=MANIFEST.format(id=name, requires=lines))


def loaded(shelf, tmp_path, **more):
    return load(discover(shelf.group), tmp_path, **more)


def rules(plugins, name: str) -> list[str]:
    return [finding.rule for finding in plugins.quarantined[name]]


def test_plugins_are_imported_in_order_of_requirement(shelf, tmp_path):
    add(shelf, "aha_top", "zoo_base")
    add(shelf, "zoo_base")
    plugins = loaded(shelf, tmp_path)
    assert plugins.ids == ("zoo_base", "aha_top")
    assert plugins.loaded[0].module is sys.modules["zoo_base.plugin"]
    assert plugins.quarantined == {}


@pytest.mark.parametrize(
    "broken",
    ["raise ValueError('no')", "import nothing_of_that_name", "raise SystemExit(3)", "def f(:", "raise BaseException"],
)
def test_an_import_that_fails_is_quarantined_with_its_line_and_its_dependents(shelf, tmp_path, broken):
    add(shelf, "bad_one", plugin=f"x = 1\n{broken}\n")
    add(shelf, "rider", "bad_one")
    add(shelf, "late_rider", "rider")
    add(shelf, "well")
    plugins = loaded(shelf, tmp_path)
    assert plugins.ids == ("well",)
    (finding,) = plugins.quarantined["bad_one"]
    assert finding.rule == "import"
    assert finding.file.endswith("bad_one/plugin.py")
    assert finding.line == 2
    assert rules(plugins, "rider") == rules(plugins, "late_rider") == ["requires-quarantined"]
    assert "bad_one" not in sys.modules


def test_control_c_is_nobodys_fault(shelf, tmp_path):
    add(shelf, "bad_one", plugin="raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        loaded(shelf, tmp_path)
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_blocked_plugin_is_never_imported_nor_what_requires_it(shelf, tmp_path):
    add(shelf, "bad_one", plugin="raise SystemExit")
    add(shelf, "rider", "bad_one")
    plugins = loaded(shelf, tmp_path, block=["bad_one"])
    assert plugins.ids == ()
    assert plugins.blocked == {"bad_one"}
    assert set(plugins.quarantined) == {"rider"}
    assert "bad_one" not in sys.modules


def test_one_that_never_returned_is_not_tried_again(shelf, tmp_path):
    add(shelf, "bad_one", plugin="raise SystemExit")
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "bad_one.018f").touch()
    plugins = loaded(shelf, tmp_path)
    assert rules(plugins, "bad_one") == ["unreturned"]
    assert "lms plugin enable bad_one" in str(plugins.quarantined["bad_one"][0])


def test_what_the_check_finds_is_quarantined_before_dependents_are_imported(shelf, tmp_path):
    add(shelf, "bad_one")
    add(shelf, "rider", "bad_one", plugin="raise AssertionError")
    fault = Finding("bad_one", "plugin.py", 1, "strict", text("No."))
    plugins = loaded(shelf, tmp_path, check=lambda plugin: (fault,) if plugin.id == "bad_one" else ())
    assert plugins.quarantined["bad_one"] == (fault,)
    assert rules(plugins, "rider") == ["requires-quarantined"]


def test_a_later_fault_takes_those_who_require_it_along(shelf, tmp_path):
    add(shelf, "base")
    add(shelf, "rider", "base")
    add(shelf, "well")
    plugins = loaded(shelf, tmp_path)
    fault = Finding("base", "plugin.py", 1, "register", text("No."))
    left = plugins.without({"base": (fault,)})
    assert left.ids == ("well",)
    assert set(left.quarantined) == {"base", "rider"}
    assert rules(left, "rider") == ["requires-quarantined"]
    assert plugins.without({}) is plugins


def test_clashes_and_broken_manifests_keep_the_others_running(shelf, tmp_path):
    add(shelf, "people_plus")
    shelf.add("broken", manifest="id = ")
    add(shelf, "well")
    plugins = loaded(shelf, tmp_path, rooms=frozenset({"people"}))
    assert plugins.ids == ("well",)
    assert rules(plugins, "people_plus") == ["table-prefix"]
    assert rules(plugins, "broken") == ["toml"]


def test_tables_without_the_plugins_prefix_are_quarantined(shelf, tmp_path):
    table = "from sqlalchemy import Table\nfrom lms_core.foundation.database import id_column, metadata\n"
    add(shelf, "bad_one", plugin=f'{table}Table("somebodys_table", metadata, id_column())')
    plugins = loaded(shelf, tmp_path, rooms=frozenset({"people"}))
    (finding,) = plugins.quarantined["bad_one"]
    assert (finding.rule, finding.line) == ("table-prefix", 3)
    assert finding.file.endswith("bad_one/plugin.py")
    assert "somebodys_table" not in metadata.tables
