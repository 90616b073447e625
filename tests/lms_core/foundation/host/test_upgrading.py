import pytest

from lms_core.foundation.database import Database
from lms_core.foundation.host.discovery import Found
from lms_core.foundation.host.migrations import MigrationFailed
from lms_core.foundation.host.upgrading import lineages, upgrade_all
from tests.support.cores import small_core

REVISION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0001", None, None, None
def upgrade(): {up}
def downgrade(): pass
"""


@pytest.fixture
def found(tmp_path, make_manifest):
    def make(name: str, up: str = "pass", **more) -> Found:
        versions = tmp_path / name / "migrations" / "versions"
        versions.mkdir(parents=True)
        (versions / "0001.py").write_text(REVISION.format(up=up))
        return Found(name, f"{name}.plugin", name, "1.0", tmp_path / name, make_manifest(name, **more))

    return make


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'lms.sqlite3'}")
    yield database
    database.dispose()


def test_the_core_goes_first_and_then_whoever_is_required(found, database):
    plugins = [found("aha", requires={"zoo": ">=0"}), found("zoo")]
    done = list(upgrade_all(database.engine, small_core().lineage(), plugins))
    assert [(each.lineage, each.revisions) for each in done] == [
        ("core", ("0001",)),
        ("zoo", ("0001",)),
        ("aha", ("0001",)),
    ]


def test_after_a_fault_what_ran_stays_and_it_can_go_on(found, database):
    plugins = [found("aha"), found("bad", up="raise ValueError"), found("zoo")]
    with pytest.raises(MigrationFailed, match="bad"):
        list(upgrade_all(database.engine, small_core().lineage(), plugins))
    (plugins[1].folder / "migrations" / "versions" / "0001.py").write_text(REVISION.format(up="pass"))
    done = list(upgrade_all(database.engine, small_core().lineage(), plugins))
    assert [each.lineage for each in done if each.revisions] == ["bad", "zoo"]


def test_who_cannot_run_is_not_migrated(found):
    assert [each.name for each in lineages([found("aha", requires={"gone": ">=0"}), found("zoo")])] == ["zoo"]
