"""``lms upgrade``: what would stand in the way, what would run, and running it."""

import json

import pytest
from click.testing import CliRunner

from lms_core.cli import application as behind
from lms_core.cli import site as commands
from lms_core.foundation.host.migrations import pending
from lms_core.foundation.web.house import house
from lms_core.migrations import core_lineage
from tests.support.site import SECRET


@pytest.fixture
def instance(tmp_path, monkeypatch):
    """An instance without a database."""
    monkeypatch.setenv("LMS_INSTANCE_PATH", str(tmp_path / "instance"))
    monkeypatch.setenv("LMS_SECRET_KEY", SECRET)
    behind.application.cache_clear()
    yield tmp_path / "instance"
    house(behind.application()).database.dispose()
    behind.application.cache_clear()


def run(*arguments):
    return CliRunner().invoke(commands.upgrade, arguments, catch_exceptions=False)


def test_looking_ahead_names_who_does_not_fit_and_what_would_run(instance):
    now = json.loads(run("--check", "--json").stdout)
    assert now["findings"] == []
    assert now["pending"]["core"][0] == "0001"
    later = run("--check", "--core", "9.0", "--json")
    assert later.exit_code == 1
    told = json.loads(later.stdout)
    assert {one["rule"] for one in told["findings"]} == {"core-version"}
    assert "cert_prep" in {one["plugin"] for one in told["findings"]}
    assert run("--check", "--core", "new").exit_code == 2


def test_a_dry_run_prints_the_sql_and_runs_none_of_it(instance):
    said = run("--dry-run").stdout
    assert said.startswith("-- core\n")
    assert "CREATE TABLE people_person" in said
    assert pending(house(behind.application()).database.engine, core_lineage())[0] == "0001"
    assert "core" in json.loads(run("--json").stdout)
    assert "CREATE TABLE" not in run("--dry-run").stdout
