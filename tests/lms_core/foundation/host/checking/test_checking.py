from types import SimpleNamespace

import pytest

from lms_core.foundation.host import checking
from lms_core.foundation.host.checking import Checked, check_plugin
from lms_core.foundation.host.checking.checked import fault
from tests.support.cores import small_core
from tests.support.wheels import make_wheel

UP = 'op.create_table("labs_lab", sa.Column("id", sa.Integer))'
REVISION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0001", None, None, None
def upgrade(): {up}
def downgrade(): {down}
"""


def failed(path, overlay) -> dict[str, list[str]]:
    checks = check_plugin(small_core(), path, overlay.folder)
    return {each.name: [str(finding) for finding in each.findings] for each in checks if not each.passed}


@pytest.fixture
def no_trial(monkeypatch):
    """Without the processes that a trial and an examination start."""
    monkeypatch.setattr(checking, "trial", lambda *_: SimpleNamespace(findings=()))
    monkeypatch.setattr(checking, "examined", lambda *_: ())


def with_migration(tmp_path, up: str, down: str):
    page = REVISION.format(up=up, down=down)
    return make_wheel(tmp_path, files={"labs/migrations/versions/0001.py": page})


def test_a_wheel_with_migrations_that_go_up_down_and_up_passes(tmp_path, overlay, no_trial):
    assert failed(with_migration(tmp_path, UP, 'op.drop_table("labs_lab")'), overlay) == {}


@pytest.mark.parametrize(
    ("up", "down", "words"),
    [
        (UP, "pass", "leaves labs_lab"),
        (UP, "raise ValueError('oh')", "down: "),
        ("raise ValueError('oh')", "pass", "up: "),
        ('op.create_table("people_x", sa.Column("id", sa.Integer))', "pass", "not its own"),
        (
            f"{UP} if not op.get_context().opts.get('x') else None",
            'op.drop_table("labs_lab"); raise SystemError',
            "down",
        ),
    ],
)
def test_migrations_that_do_not_go_both_ways_fail(tmp_path, overlay, no_trial, up, down, words):
    (said,) = failed(with_migration(tmp_path, up, down), overlay)["migrations on SQLite"][:1]
    assert words in said


def test_a_broken_wheel_is_all_that_is_told(tmp_path, overlay):
    assert list(failed(make_wheel(tmp_path, files={"lms_core/x.py": ""}), overlay)) == ["manifest"]


def test_a_misspelt_hook_and_a_stray_file_are_told_together(tmp_path, overlay):
    source = "from lms_core.hooks import hookimpl\n@hookimpl\ndef lms_show_hoem() -> None: ...\n"
    path = make_wheel(tmp_path, files={"labs/plugin.py": source, "labs/utils.py": ""})
    told = failed(path, overlay)
    assert list(told) == ["shape", "hooks"]
    assert "labs/utils.py" in told["shape"][0]
    assert 'Did you mean "lms_show_home"?' in told["hooks"][0]


def test_what_could_not_be_tried_is_told_with_what_stood_in_its_way(tmp_path, overlay):
    source = "from lms_core.hooks import hookimpl\n@hookimpl\ndef lms_show_hoem() -> None: ...\n"
    path = make_wheel(tmp_path, files={"labs/plugin.py": source})
    told = {one.name: one.skipped for one in check_plugin(small_core(), path, overlay.folder)}
    assert list(told) == list(checking.NAMES)
    assert {name for name, why in told.items() if "hooks" in why} == set(checking.NAMES[8:])


@pytest.mark.postgresql
def test_migrations_are_tried_on_a_server_too(tmp_path, overlay, no_trial, postgres):
    url = postgres.url.render_as_string(hide_password=False)
    path = with_migration(tmp_path, UP, "pass")
    told = {one.name: one for one in check_plugin(small_core(), path, overlay.folder, url)}
    assert "postgresql: Going down leaves labs_lab" in str(told["migrations on PostgreSQL"].findings[0])
    assert postgres.names("lms_check_") == []


def test_a_server_that_does_not_answer_is_said_and_fails_nothing(tmp_path, overlay, no_trial):
    checks = check_plugin(small_core(), make_wheel(tmp_path), overlay.folder, "postgresql://nobody@127.0.0.1:1/none")
    (server,) = [one for one in checks if one.name == "migrations on PostgreSQL"]
    assert server.passed
    assert server.skipped == "127.0.0.1:1/none does not let us create a database"


def test_a_reinstallation_that_runs_a_migration_twice_is_found(tmp_path, overlay, no_trial):
    forgetful = f"{UP}; op.execute('DELETE FROM alembic_version_labs')"
    assert "migrations on SQLite" in failed(with_migration(tmp_path, forgetful, "pass"), overlay)


def test_a_file_that_is_no_python_is_told_with_its_line(tmp_path, overlay):
    told = failed(make_wheel(tmp_path, files={"labs/domain.py": "x = 1\ndef ("}), overlay)
    assert list(told) == ["syntax"]
    assert "labs/domain.py:2: " in told["syntax"][0]


def test_findings_name_the_file_that_the_author_has(tmp_path):
    checked = Checked("hooks", (fault("labs", tmp_path / "copy" / "labs" / "plugin.py", "x", "wrong", 3),))
    (placed,) = checked.placed(tmp_path / "copy" / "labs", tmp_path / "mine" / "labs").findings
    assert placed.file == str(tmp_path / "mine" / "labs" / "plugin.py")
