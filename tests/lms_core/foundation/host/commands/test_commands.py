import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from lms_core.foundation.host.commands import installing, plugin_commands
from lms_core.foundation.host.markers import FOLDER
from lms_core.foundation.host.trial import tried
from tests.support.cores import small_core
from tests.support.wheels import make_wheel

REVISION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0001", None, None, None
def upgrade(): op.create_table("labs_lab", sa.Column("id", sa.Integer))
def downgrade(): op.drop_table("labs_lab")
"""


def forget_plugins() -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in ("labs", "exams")]:
        del sys.modules[name]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """`run("list", "--json")` as `lms plugin list --json` on a site of its own, and what came of it.

    Trials, which start a process, are left out but for the tests that are about them.
    """
    monkeypatch.setenv("LMS_INSTANCE_PATH", str(tmp_path / "instance"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(installing, "tried", lambda *_: ())

    def run(*arguments: str, says: str = ""):
        forget_plugins()
        lms = click.Group("lms", commands=[plugin_commands(small_core())])
        return CliRunner().invoke(lms, ["plugin", *arguments], input=says, catch_exceptions=False)

    yield run
    forget_plugins()


def answer(result):
    return json.loads(result.stdout)


def plugin(run, name: str):
    return next((row for row in answer(run("list", "--json")) if row["id"] == name), None)


def test_a_plugin_is_installed_switched_listed_and_taken_away(run, tmp_path):
    path = make_wheel(tmp_path, files={"labs/migrations/versions/0001.py": REVISION})
    installed = answer(run("install", str(path), "--yes", "--json"))
    assert installed["installed"][0]["migrations"] == ["0001"]
    assert plugin(run, "labs")["state"] == "off"
    assert run("enable", "labs", "--scope", "campus:1").exit_code == 0
    assert plugin(run, "labs")["state"] == "on in places"
    assert run("enable", "labs").exit_code == 0
    assert plugin(run, "labs")["state"] == "on"
    shown = answer(run("show", "labs", "--json"))
    assert shown["lock"][0]["sha256"] == installed["installed"][0]["sha256"]
    assert shown["disclosed"]["tables"] == "labs_*"
    gone = answer(run("uninstall", "labs", "--json"))
    assert gone["dropped"] == []
    assert plugin(run, "labs")["state"] == "data kept"
    assert answer(run("install", str(path), "--yes", "--json"))["installed"][0]["migrations"] == []
    dropped = answer(run("uninstall", "labs", "--drop", "--yes", "--json"))
    assert dropped["dropped"] == ["alembic_version_labs", "labs_lab"]
    assert plugin(run, "labs") is None


def test_what_it_keeps_can_be_taken_along(run, tmp_path):
    run("install", str(make_wheel(tmp_path, files={"labs/migrations/versions/0001.py": REVISION})), "--yes")
    target = tmp_path / "labs.zip"
    gone = answer(run("uninstall", "labs", "--export", str(target), "--yes", "--json"))
    assert gone["exported"] == {"labs_lab": 0}
    assert gone["dropped"] == ["alembic_version_labs", "labs_lab"]
    assert target.is_file()


def test_installing_shows_what_is_disclosed_and_asks(run, tmp_path):
    path = make_wheel(tmp_path, manifest='hosts = ["learn.example.com"]')
    refused = run("install", str(path), says="n\n")
    assert refused.exit_code == 1
    assert "learn.example.com" in refused.stdout
    assert not (tmp_path / "instance" / "plugins" / "labs").exists()
    assert run("install", str(path), says="y\n").exit_code == 0


def test_an_upgrade_asks_again_only_where_it_asks_for_more(run, tmp_path):
    run("install", str(make_wheel(tmp_path)), "--yes")
    assert run("install", str(make_wheel(tmp_path, version="1.1"))).exit_code == 0
    more = make_wheel(tmp_path, version="1.2", manifest='hosts = ["learn.example.com"]')
    asked = run("install", str(more), says="n\n")
    assert asked.exit_code == 1
    assert "hosts: learn.example.com" in asked.stdout
    assert plugin(run, "labs")["version"] == "1.1"


def test_one_that_fails_at_import_or_at_migrating_is_never_placed(run, tmp_path, monkeypatch):
    monkeypatch.setattr(installing, "tried", tried)
    kill = make_wheel(tmp_path, files={"labs/plugin.py": "import os; os._exit(1)"})
    refused = run("install", str(kill), "--yes")
    assert refused.exit_code == 1
    assert "ended the process" in refused.stderr
    broken = make_wheel(
        tmp_path, files={"labs/migrations/versions/0001.py": REVISION.replace("labs_lab", "foundation_x")}
    )
    refused = run("install", str(broken), "--yes", "--json")
    assert answer(refused)["code"] == "migration-failed"
    assert not (tmp_path / "instance" / "plugins" / "labs").exists()
    assert plugin(run, "labs") is None


def test_a_quarantined_plugin_is_listed_with_its_reason_and_tried_again_when_enabled(run, tmp_path):
    run("install", str(make_wheel(tmp_path)), "--yes")
    (tmp_path / "instance" / FOLDER).mkdir(exist_ok=True)
    (tmp_path / "instance" / FOLDER / "labs.018f").touch()
    row = plugin(run, "labs")
    assert row["state"] == "quarantined"
    assert row["findings"][0]["rule"] == "unreturned"
    run("enable", "labs")
    assert plugin(run, "labs")["state"] == "on"


def test_a_blocked_plugin_is_listed_as_such(run, tmp_path, monkeypatch):
    run("install", str(make_wheel(tmp_path)), "--yes")
    monkeypatch.setenv("LMS_BLOCKED_PLUGINS", "labs")
    assert plugin(run, "labs")["state"] == "blocked"


def test_what_another_requires_is_neither_disabled_nor_uninstalled(run, tmp_path):
    run("install", str(make_wheel(tmp_path)), "--yes", "--enable")
    run("install", str(make_wheel(tmp_path, "exams", manifest='requires = {labs = ">=1"}')), "--yes", "--enable")
    disabled = run("disable", "labs")
    assert disabled.exit_code == 1
    assert "exams" in disabled.stderr
    uninstalled = run("uninstall", "labs", "--json")
    assert uninstalled.exit_code == 1
    assert "exams" in answer(uninstalled)["reason"]


def test_a_scope_is_written_with_kind_and_id(run, tmp_path):
    run("install", str(make_wheel(tmp_path)), "--yes")
    assert run("enable", "labs", "--scope", "moon:1").exit_code == 2
    assert answer(run("disable", "labs", "--json")) == {"plugin": "labs", "scope": "site", "enabled": False}
    assert answer(run("disable", "labs", "--unset", "--json"))["enabled"] is None


def test_an_unknown_plugin_is_said_to_be_one(run, tmp_path):
    run("install", str(make_wheel(tmp_path)), "--yes")
    for command in ("show", "enable", "uninstall"):
        assert run(command, "no_such").exit_code == 1
    assert "Did you mean “labs”" in run("enable", "lasb").stderr


def test_a_database_that_is_not_up_to_date_is_said_to_be_so(run):
    said = run("list")
    assert said.exit_code == 1
    assert "lms upgrade" in said.stderr


def test_a_serving_process_is_asked_to_reload(run, tmp_path):
    waits = "import signal as s; s.signal(s.SIGHUP, lambda *_: exit(42)); print(1, flush=True); s.pause()"
    process = subprocess.Popen([sys.executable, "-c", waits], stdout=subprocess.PIPE)
    process.stdout.readline()
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "lms.pid").write_text(str(process.pid))
    assert answer(run("install", str(make_wheel(tmp_path)), "--yes", "--json"))["reloaded"]
    assert process.wait(10) == 42
    process.stdout.close()
    assert not answer(run("uninstall", "labs", "--json"))["reloaded"]


def test_a_new_plugin_is_made_and_checked(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = answer(run("new", "study_tips", "--json"))
    assert made["folder"] == str(tmp_path / "study_tips")
    checked = answer(run("check", "study_tips", "--json"))
    assert checked["passed"]
    (tmp_path / "study_tips" / "study_tips" / "utils.py").touch()
    failed = run("check", "study_tips")
    assert failed.exit_code == 1
    assert "FAIL shape" in failed.stdout
