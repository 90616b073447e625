import json
import subprocess
import sys
import zipfile

import click
import pytest
from click.testing import CliRunner

from lms_core.foundation.database import Database
from lms_core.foundation.host.commands import installing, plugin_commands
from lms_core.foundation.host.markers import FOLDER
from lms_core.foundation.host.overlay import Overlay
from lms_core.foundation.host.settings.inheritance import Stored
from lms_core.foundation.host.settings.repository import StoredSettings
from lms_core.foundation.host.trial import Trial, trial
from lms_core.foundation.scopes import SITE, parse_scope
from lms_core.foundation.uow import Work
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
    monkeypatch.setattr(installing, "trial", lambda *_: Trial())

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


def set_up(tmp_path) -> None:
    """A setting and a sealed secret of labs, as `lms plugin set` leaves them."""
    settings = [Stored("labs", SITE, "seats", 12, False), Stored("labs", parse_scope("campus:1"), "key", "x9", True)]
    database = Database(f"sqlite:///{tmp_path / 'instance' / 'lms.sqlite3'}", pool_size=1)
    with Work(database).write() as uow:
        StoredSettings(uow).put(settings, Work(database).clock.now(), None)
        uow.commit()
    database.dispose()


@pytest.mark.slow
def test_what_it_keeps_can_be_taken_along_and_comes_back_by_nobody_but_a_person(run, tmp_path):
    path = make_wheel(tmp_path, files={"labs/migrations/versions/0001.py": REVISION})
    run("install", str(path), "--yes")
    set_up(tmp_path)
    target = tmp_path / "labs.zip"
    gone = answer(run("uninstall", "labs", "--export", str(target), "--yes", "--json"))
    assert gone["exported"] == {"labs_lab": 0}
    assert gone["dropped"] == ["alembic_version_labs", "labs_lab"]
    with zipfile.ZipFile(target) as archive:
        assert json.loads(archive.read("settings.json")) == [
            {"scope": "campus:1", "name": "key", "secret": True},
            {"scope": "site", "name": "seats", "value": 12},
        ]
        assert not any(b"x9" in archive.read(name) for name in archive.namelist())
    back = answer(run("install", str(path), "--yes", "--json"))["installed"][0]
    assert (back["migrations"], back["found"]) == (["0001"], {})
    assert answer(run("uninstall", "labs", "--json"))["exported"] == {}


@pytest.mark.slow
def test_one_that_comes_back_is_shown_what_was_kept_and_asked_for_anew(run, tmp_path):
    path = make_wheel(tmp_path, files={"labs/migrations/versions/0001.py": REVISION})
    run("install", str(path), "--yes")
    set_up(tmp_path)
    run("uninstall", "labs")
    refused = run("install", str(path), says="n\n")
    assert refused.exit_code == 1
    assert "labs_lab (0); settings: 2; from 1.0" in refused.stdout
    (back,) = answer(run("install", str(path), "--yes", "--json"))["installed"]
    assert back["found"] == {"version": "1.0", "rows": {"labs_lab": 0}, "settings": 2}


PERSONAL = """
[[personal_data]]
table = "labs_lab"
purpose = {ko = "자리", en = "Seats"}
"""


def test_peoples_data_is_not_kept_without_a_word(run, tmp_path):
    files = {"labs/migrations/versions/0001.py": REVISION}
    run("install", str(make_wheel(tmp_path, files=files, manifest=PERSONAL)), "--yes")
    refused = run("uninstall", "labs", says="n\n")
    assert refused.exit_code == 1
    assert "labs_lab holds people's data, which no export and no erasure reaches" in refused.stderr
    assert plugin(run, "labs")["state"] == "off"
    kept = answer(run("uninstall", "labs", "--yes", "--json"))
    assert kept["personal_data_kept"] == kept["personal_data_unreached"] == ["labs_lab"]
    assert plugin(run, "labs")["state"] == "data kept"


def test_what_was_registered_when_it_was_installed_is_kept_within_reach(run, tmp_path, monkeypatch):
    registered = {"table": "labs_lab", "person_column": "id"}
    monkeypatch.setattr(installing, "trial", lambda *_: Trial(personal_data=(registered,)))
    files = {"labs/migrations/versions/0001.py": REVISION}
    run("install", str(make_wheel(tmp_path, files=files, manifest=PERSONAL)), "--yes")
    kept = run("uninstall", "labs")
    assert kept.exit_code == 0
    assert "labs_lab holds people's data; exporting and erasing a person still reach it" in kept.stdout


def test_installing_shows_what_is_disclosed_and_asks(run, tmp_path):
    path = make_wheel(tmp_path, manifest='hosts = ["learn.example.com"]')
    refused = run("install", str(path), says="n\n")
    assert refused.exit_code == 1
    assert "learn.example.com" in refused.stdout
    assert not (tmp_path / "instance" / "plugins" / "labs").exists()
    assert run("install", str(path), says="y\n").exit_code == 0


@pytest.mark.slow
def test_an_upgrade_asks_again_only_where_it_asks_for_more(run, tmp_path):
    run("install", str(make_wheel(tmp_path)), "--yes")
    assert run("install", str(make_wheel(tmp_path, version="1.1"))).exit_code == 0
    more = make_wheel(tmp_path, version="1.2", manifest='hosts = ["learn.example.com"]')
    asked = run("install", str(more), says="n\n")
    assert asked.exit_code == 1
    assert "동의한 내용 / agreed to" in asked.stdout
    assert "learn.example.com" in asked.stdout
    assert plugin(run, "labs")["version"] == "1.1"


def test_one_that_fails_at_import_or_at_migrating_is_never_placed(run, tmp_path, monkeypatch):
    monkeypatch.setattr(installing, "trial", trial)
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


@pytest.mark.slow
def test_a_quarantined_plugin_is_listed_with_its_reason_and_tried_again_when_enabled(run, tmp_path):
    run("install", str(make_wheel(tmp_path)), "--yes")
    (tmp_path / "instance" / FOLDER).mkdir(exist_ok=True)
    (tmp_path / "instance" / FOLDER / "labs.018f").touch()
    row = plugin(run, "labs")
    assert row["state"] == "quarantined"
    assert row["findings"][0]["rule"] == "unreturned"
    run("enable", "labs")
    assert plugin(run, "labs")["state"] == "on"


@pytest.mark.slow
def test_a_blocked_plugin_is_listed_as_such(run, tmp_path, monkeypatch):
    run("install", str(make_wheel(tmp_path)), "--yes")
    monkeypatch.setenv("LMS_BLOCKED_PLUGINS", "labs")
    assert plugin(run, "labs")["state"] == "blocked"


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_looking_first_tells_what_would_be_asked_and_run_and_changes_nothing(run, tmp_path):
    run("install", str(make_wheel(tmp_path)), "--yes")
    more = {"files": {"labs/migrations/versions/0001.py": REVISION}, "manifest": 'hosts = ["learn.example.com"]'}
    newer = str(make_wheel(tmp_path, version="1.1", **more))
    (looked,) = answer(run("upgrade", "labs", "--from", newer, "--check", "--json"))["would_install"]
    assert (looked["installed"], looked["version"]) == ("1.0", "1.1")
    assert looked["asks"] == [{"what": "hosts", "before": "", "now": "learn.example.com"}]
    assert any("CREATE TABLE labs_lab" in statement for statement in looked["sql"])
    assert "nothing was changed" in run("install", newer, "--check").stdout
    assert plugin(run, "labs")["version"] == "1.0"
    assert answer(run("install", newer, "--yes", "--json"))["installed"][0]["migrations"] == ["0001"]


@pytest.mark.slow
def test_an_upgrade_shows_only_what_is_new_and_takes_no_other_plugin(run, tmp_path):
    run("install", str(make_wheel(tmp_path, manifest='hosts = ["one.example.com"]')), "--yes")
    both = 'hosts = ["one.example.com", "two.example.com"]'
    asked = run("upgrade", "labs", "--from", str(make_wheel(tmp_path, version="1.1", manifest=both)), says="y\n")
    assert "two.example.com" in asked.stdout
    assert "one.example.com" not in asked.stdout
    assert plugin(run, "labs")["version"] == "1.1"
    other = run("upgrade", "labs", "--from", str(make_wheel(tmp_path, "exams")), "--yes", "--json")
    assert answer(other)["findings"][0]["rule"] == "another-plugin"
    assert run("upgrade", "exams").exit_code == 1


@pytest.mark.slow
def test_an_upgrade_that_would_stop_another_plugin_names_it(run, tmp_path):
    run("install", str(make_wheel(tmp_path)), "--yes")
    run("install", str(make_wheel(tmp_path, "exams", manifest='requires = {labs = "<2"}')), "--yes")
    for arguments in (("--check",), ("--yes",)):
        refused = run("upgrade", "labs", "--from", str(make_wheel(tmp_path, version="2.0")), "--json", *arguments)
        assert (refused.exit_code, answer(refused)["findings"][0]["plugin"]) == (1, "exams")
        assert "Upgrade “exams” first." in answer(refused)["findings"][0]["message"]
    assert plugin(run, "labs")["version"] == "1.0"


@pytest.mark.slow
def test_when_the_files_cannot_be_placed_the_embedded_tables_are_as_before(run, tmp_path, monkeypatch):
    run("install", str(make_wheel(tmp_path, "exams")), "--yes")

    def full(*_):
        raise OSError(28, "No space left on device")

    path = make_wheel(tmp_path, files={"labs/migrations/versions/0001.py": REVISION})
    with monkeypatch.context() as patch:
        patch.setattr(Overlay, "place", full)
        with pytest.raises(OSError, match="No space"):
            run("install", str(path), "--yes")
    assert plugin(run, "labs") is None
    assert answer(run("install", str(path), "--yes", "--json"))["installed"][0]["migrations"] == ["0001"]
