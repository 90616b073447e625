"""An upgrade that is killed at any step is taken up again by the next one, on both databases."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from lms_core.foundation.database import Database, metadata

# Each kills a process in the middle of an upgrade.
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[4]
STEPS = ("core:before", "core:after", "base:before", "base:after", "top:before", "top:after", "between")
# Each revision makes a table, and ends its process where it is told to.
REVISION = """
import os, signal
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0001", None, None, None


def end(step):
    if os.environ.get("END_AT") == step:
        os.kill(os.getpid(), signal.SIGKILL)


def upgrade():
    end("{name}:before")
    op.create_table("{name}_thing", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO {name}_thing VALUES (1)")
    end("{name}:after")


def downgrade():
    op.drop_table("{name}_thing")
"""
# What `lms upgrade` does, over lineages of our own.
PROGRAM = """
import os, signal, sys
from pathlib import Path
from packaging.specifiers import SpecifierSet
from packaging.version import Version
from lms_core.foundation.database import Database
from lms_core.foundation.host.discovery import Found
from lms_core.foundation.host.lineage import Lineage, owner
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host import upgrading
from lms_core.foundation.text import Titles

url, home = sys.argv[1], Path(sys.argv[2])
titles = Titles("", "")


def found(name, **requires):
    wanted = {one: SpecifierSet(span) for one, span in requires.items()}
    manifest = Manifest(name, Version("1"), titles, titles, SpecifierSet(), wanted)
    return Found(name, name, name, "1", home / name, manifest)


move = upgrading.upgrade
def upgrade(engine, lineage):
    done = move(engine, lineage)
    if os.environ.get("END_AT") == "between" and lineage.name == "base":
        os.kill(os.getpid(), signal.SIGKILL)
    return done
upgrading.upgrade = upgrade
core = Lineage("core", home / "core" / "migrations", "alembic_version_core", owner("core_"))
print(upgrading.upgrade_site(Database(url), home, core, [found("top", base=">=0"), found("base")]))
"""


@pytest.fixture
def bare(database: Database) -> Database:
    metadata.drop_all(database.engine)
    yield database
    with database.engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            if name.startswith(("alembic_version_", "core_", "base_", "top_")):
                connection.execute(text(f"DROP TABLE {name}"))


@pytest.fixture
def run(bare, tmp_path):
    for name in ("core", "base", "top"):
        versions = tmp_path / name / "migrations" / "versions"
        versions.mkdir(parents=True)
        (versions / "0001.py").write_text(REVISION.format(name=name))
    url = bare.url.render_as_string(hide_password=False)

    def run(end_at: str = "") -> "subprocess.CompletedProcess[str]":
        bare.dispose()
        command = [sys.executable, "-c", PROGRAM, url, str(tmp_path)]
        environment = os.environ | {"END_AT": end_at, "PYTHONPATH": str(ROOT)}
        return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)

    return run


def things(database):
    names = inspect(database.engine).get_table_names()
    with database.engine.connect() as connection:
        found = (name for name in ("core", "base", "top") if f"{name}_thing" in names)
        return {name: connection.execute(text(f"SELECT count(*) FROM {name}_thing")).scalar() for name in found}


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_a_step_no_lineage_is_half_done_and_the_next_upgrade_goes_on(run, bare, step):
    assert run(step).returncode == -signal.SIGKILL
    assert set(things(bare).values()) <= {1}
    assert run().returncode == 0
    assert things(bare) == {"core": 1, "base": 1, "top": 1}
    assert run().stdout.strip() == "{}"
