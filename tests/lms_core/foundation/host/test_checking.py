import pytest

from lms_core.foundation.host import checking
from lms_core.foundation.host.checking import check_plugin
from lms_core.foundation.host.scaffolding import make_plugin
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
    """Without the process that a trial starts."""
    monkeypatch.setattr(checking, "tried", lambda *_: ())


def with_migration(tmp_path, up: str, down: str):
    page = REVISION.format(up=up, down=down)
    return make_wheel(tmp_path, files={"labs/migrations/versions/0001.py": page})


def test_a_new_plugin_passes_every_check(tmp_path, overlay):
    home = make_plugin("study_tips", tmp_path, frozenset())
    checks = list(check_plugin(small_core(), home, overlay.folder))
    assert [(each.name, each.findings) for each in checks] == [
        ("wheel", ()),
        ("shape", ()),
        ("hooks", ()),
        ("migrations", ()),
    ]


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
    (said,) = failed(with_migration(tmp_path, up, down), overlay)["migrations"][:1]
    assert words in said


def test_a_broken_wheel_is_all_that_is_told(tmp_path, overlay):
    assert list(failed(make_wheel(tmp_path, files={"lms_core/x.py": ""}), overlay)) == ["wheel"]


def test_a_misspelt_hook_and_a_stray_file_are_told_together(tmp_path, overlay):
    source = "from lms_core.hooks import hookimpl\n@hookimpl\ndef lms_show_hoem() -> None: ...\n"
    path = make_wheel(tmp_path, files={"labs/plugin.py": source, "labs/utils.py": ""})
    told = failed(path, overlay)
    assert list(told) == ["shape", "hooks"]
    assert 'Did you mean "lms_show_home"?' in told["hooks"][0]
