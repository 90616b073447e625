"""What stands in the way of an upgrade is told beforehand, with the true culprit's name."""

import pytest
from packaging.version import Version

from lms_core.foundation.database import Database
from lms_core.foundation.host.discovery import Found
from lms_core.foundation.host.findings import Finding
from lms_core.foundation.host.migrations import upgrade
from lms_core.foundation.host.preflight import preflight
from lms_core.foundation.text import text
from tests.support.cores import small_core

REVISION = """
revision, down_revision = "{name}", {before}
def upgrade(): raise RuntimeError("a preflight runs nothing")
def downgrade(): pass
"""


@pytest.fixture
def found(tmp_path, make_manifest):
    def make(name, *revisions, **more):
        versions = tmp_path / name / "migrations" / "versions"
        versions.mkdir(parents=True)
        for number, (revision, before) in enumerate(revisions):
            (versions / f"{number}.py").write_text(REVISION.format(name=revision, before=repr(before)))
        return Found(name, f"{name}.plugin", name, "1.0", tmp_path / name, make_manifest(name, **more))

    return make


@pytest.fixture
def ahead(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'lms.sqlite3'}")
    core = small_core().lineage()
    upgrade(database.engine, core)

    def look(*plugins, quarantined=None, contract="1.0"):
        return preflight(database.engine, core, plugins, quarantined=quarantined or {}, contract=Version(contract))

    yield look
    database.dispose()


def rules(seen):
    return [(fault.plugin, fault.rule) for fault in seen.findings]


def test_where_all_fit_nothing_stands_in_the_way_and_the_pending_revisions_are_told(found, ahead):
    seen = ahead(found("base", ("0001", None)), found("top", requires={"base": ">=1"}))
    assert (seen.findings, seen.waiting) == ((), {})
    assert seen.pending == {"base": ("0001",)}
    assert list(seen.lines())[-1] == "Nothing stands in the way of core 1.0."


def test_a_newer_core_names_who_does_not_fit_and_who_only_waits_for_them(found, ahead):
    plugins = (
        found("base", core=">=1.0,<2"),
        found("top", requires={"base": ">=1"}, core=">=1.0"),
        found("aside", core=">=1.0"),
    )
    seen = ahead(*plugins, contract="2.0")
    assert rules(seen) == [("base", "core-version")]
    assert seen.waiting == {"top": ("base",)}
    assert "top waits for base" in list(seen.lines())


def test_a_hook_that_the_core_does_not_know_is_its_plugins_fault(found, ahead):
    unknown = Finding("base", "plugin.py", 3, "unknown-hook", text("There is no such hook."))
    held = Finding("top", "plugin.toml", 1, "requires-quarantined", text("It waits."))
    seen = ahead(
        found("base"), found("top", requires={"base": ">=1"}), quarantined={"base": (unknown,), "top": (held,)}
    )
    assert seen.findings == (unknown,)
    assert seen.waiting == {"top": ("base",)}


def test_broken_migrations_are_told_and_nothing_of_them_is_run(found, ahead):
    forked = found("forked", ("0001", None), ("0002", "0001"), ("0003", "0001"))
    gap = found("gap", ("0002", "0001"))
    assert rules(ahead(forked, gap)) == [("forked", "revision-heads"), ("gap", "revision-missing")]


def test_it_can_be_read_by_programs(found, ahead):
    told = ahead(found("base", ("0001", None), core=">=1.0,<2"), contract="2.0").as_json()
    assert (told["core"], told["findings"][0]["rule"], told["pending"]) == ("2.0", "core-version", {"base": ["0001"]})
