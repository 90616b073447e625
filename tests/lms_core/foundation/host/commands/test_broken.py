"""Broken plugins of every sort, offered to a site that runs: each is refused for its cause, and nothing of it stays."""

import hashlib
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from lms_core.app import create_app
from lms_core.cli.plugin import plugin
from lms_core.cli.site import migrate
from lms_core.foundation.settings import Settings
from lms_core.foundation.web.house import house
from tests.support.site import SECRET
from tests.support.wheels import make_wheel

# Each installs, migrates or kills for seconds.
pytestmark = pytest.mark.slow

REVISION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{name}", {before}, None, None
def upgrade():
    {up}
def downgrade():
    op.drop_table("labs_lab")
"""
LAB = 'op.create_table("labs_lab", sa.Column("id", sa.Integer, primary_key=True))'
FIRST = "labs/migrations/versions/0001.py"


def step(up: str = LAB, name: str = "0001", before: str = "None") -> str:
    return REVISION.format(up=up, name=name, before=before)


@dataclass
class Workshop:
    """A folder to make broken things in; each maker answers with what is to be installed."""

    folder: Path

    def wheel(self, **spoilt):
        return make_wheel(self.folder, **spoilt)

    def migrations(self, *revisions: str):
        files = {f"labs/migrations/versions/{number:04d}.py": page for number, page in enumerate(revisions, 1)}
        return self.wheel(files=files)

    def file(self, name: str, body: bytes):
        (self.folder / name).write_bytes(body)
        return self.folder / name

    def cut(self, part: float):
        body = self.wheel().read_bytes()
        return self.file("labs-1.0-py3-none-any.whl", body[: int(len(body) * part)])

    def flipped(self):
        """The content of one file is no longer what its checksum says."""
        path = self.wheel(files={"labs/data.bin": bytes(range(256)) * 8})
        with zipfile.ZipFile(path) as archive:
            at = archive.getinfo("labs/data.bin").header_offset + 60
        body = bytearray(path.read_bytes())
        body[at] ^= 0xFF
        return self.file(path.name, bytes(body))

    def bomb(self):
        path = self.wheel()
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("labs/bomb.bin", bytes(257 * 1024 * 1024))
        return path

    def crowd(self):
        path = self.wheel()
        with zipfile.ZipFile(path, "a") as archive:
            for number in range(20_001):
                archive.writestr(f"labs/{number}", b"")
        return path

    def renamed(self, name: str):
        return self.wheel().rename(self.folder / name)

    def source(self, *, setup: str = "", manifest: bool = True):
        home = self.folder / "source"
        (home / "labs").mkdir(parents=True)
        (home / "labs" / "__init__.py").touch()
        if manifest:
            (home / "labs" / "plugin.toml").write_text('id = "labs"', encoding="utf-8")
        (home / "pyproject.toml").write_text('[build-system]\nrequires = ["setuptools"]\n')
        (home / "setup.cfg").write_text(setup)
        return home


ENTRY = "[options]\npackages = labs\n[options.entry_points]\nlms.plugins =\n    labs = labs.plugin\n"
BROKEN = {
    # The archive.
    "an empty file": (lambda at: at.file("labs-1.0-py3-none-any.whl", b""), "archive"),
    "no archive": (lambda at: at.file("labs-1.0-py3-none-any.whl", b"#!/bin/sh\n"), "archive"),
    "a source distribution": (lambda at: at.file("labs-1.0.tar.gz", b"\x1f\x8b\x08\x00"), "archive"),
    "half an archive": (lambda at: at.cut(0.5), "archive"),
    "an archive without its last bytes": (lambda at: at.cut(0.99), "archive"),
    "content that is not what its checksum says": (lambda at: at.flipped(), "archive"),
    "a bomb": (lambda at: at.bomb(), "size"),
    "too many files": (lambda at: at.crowd(), "size"),
    "a path that climbs out": (lambda at: at.wheel(files={"../evil.py": ""}), "path"),
    "a path that climbs out from inside": (lambda at: at.wheel(files={"labs/../../evil.py": ""}), "path"),
    "an absolute path": (lambda at: at.wheel(files={"/tmp/evil.py": ""}), "path"),
    "a path with a drive": (lambda at: at.wheel(files={"C:/evil.py": ""}), "path"),
    "a path with backslashes": (lambda at: at.wheel(files={"labs\\..\\evil.py": ""}), "path"),
    "a symbolic link": (lambda at: at.wheel(links={"labs/config": "/etc/passwd"}), "path"),
    "a name that differs by case alone": (lambda at: at.wheel(files={"labs/PLUGIN.py": ""}), "twice"),
    # What it would place.
    "a .pth file": (lambda at: at.wheel(files={"labs.pth": "import os"}), "stray"),
    "a .data folder": (lambda at: at.wheel(files={"labs-1.0.data/purelib/x.py": ""}), "stray"),
    "a script": (lambda at: at.wheel(files={"labs-1.0.data/scripts/lms": "#!/bin/sh"}), "stray"),
    "a module of the core": (lambda at: at.wheel(files={"lms_core/app/__init__.py": ""}), "stray"),
    "a module of a library": (lambda at: at.wheel(files={"flask/__init__.py": ""}), "stray"),
    "a module that Python runs at its start": (lambda at: at.wheel(files={"sitecustomize.py": ""}), "stray"),
    "a second distribution": (lambda at: at.wheel(files={"other-1.0.dist-info/METADATA": ""}), "dist-info"),
    "no list of its files": (lambda at: at.wheel(record=""), "record"),
    "a file whose hash is another": (lambda at: at.wheel(record="labs/__init__.py,sha256=AAAA,\n"), "record"),
    "a file name that is no wheel's": (lambda at: at.renamed("labs.whl"), "file-name"),
    "another name in the file name": (lambda at: at.renamed("other-1.0-py3-none-any.whl"), "file-name"),
    "another platform": (lambda at: at.wheel(tag="cp27-cp27m-win32"), "platform"),
    "another Python": (lambda at: at.wheel(metadata="Requires-Python: >=4"), "python"),
    # What it says of itself.
    "no manifest": (lambda at: at.wheel(drop=["labs/plugin.toml"]), "missing-file"),
    "a manifest that is no TOML": (lambda at: at.wheel(files={"labs/plugin.toml": "id = "}), "toml"),
    "a manifest in no encoding": (lambda at: at.wheel(files={"labs/plugin.toml": b"\xff\xfe"}), "toml"),
    "a manifest that is too large": (lambda at: at.wheel(files={"labs/plugin.toml": "#" * 300_000}), "size"),
    "a manifest with unknown keys": (lambda at: at.wheel(manifest="hocks = []"), "unknown-key"),
    "no entry point": (lambda at: at.wheel(entry_points="[other]\nlabs = labs.plugin\n"), "entry-points"),
    "entry points of others": (
        lambda at: at.wheel(entry_points="[lms.plugins]\nlabs = labs.plugin\n[pytest11]\nx = labs.x\n"),
        "entry-points",
    ),
    "an entry point of another name": (
        lambda at: at.wheel(entry_points="[lms.plugins]\nother = labs.plugin\n"),
        "missing-file",
    ),
    "an entry point into another package": (
        lambda at: at.wheel(entry_points="[lms.plugins]\nlabs = flask.app\n"),
        "one-name",
    ),
    "no package": (lambda at: at.wheel(drop=["labs/__init__.py"]), "no-package"),
    "the name of a room": (lambda at: at.wheel(name="people"), "table-prefix"),
    "the address of a room": (lambda at: at.wheel(manifest='url_prefix = "/catalog"'), "url-prefix"),
    "the address of another plugin": (lambda at: at.wheel(manifest='url_prefix = "/exams"'), "url-prefix"),
    "the tables of another plugin": (lambda at: at.wheel(name="exams_more"), "table-prefix"),
    "a plugin that is not there": (lambda at: at.wheel(manifest='requires = {moon = ">=1"}'), "missing-requirement"),
    "another core": (
        lambda at: at.wheel(files={"labs/plugin.toml": FUTURE}),
        "core-version",
    ),
    # What it needs.
    "another version of what the core holds": (lambda at: at.wheel(requires=["flask<1"]), "core-change"),
    "another core distribution": (lambda at: at.wheel(requires=["lms-core>=99"]), "core-change"),
    "an address instead of a version": (lambda at: at.wheel(requires=["x @ https://example.org/x.whl"]), "requirement"),
    "a requirement that is none": (lambda at: at.wheel(requires=["!!"]), "requirement"),
    "a requirement that nobody has": (lambda at: at.wheel(requires=["lms-no-such-thing==9"]), "resolver"),
    # What it does.
    "an import that fails": (lambda at: at.wheel(files={"labs/plugin.py": "import no_such_module"}), "import"),
    "an import that ends the process": (
        lambda at: at.wheel(files={"labs/plugin.py": "import os; os._exit(3)"}),
        "unreturned",
    ),
    "a plugin that is no Python": (lambda at: at.wheel(files={"labs/plugin.py": "def ("}), "import"),
    # Its migrations.
    "a migration that is no Python": (lambda at: at.migrations("revision = ("), "revision-syntax"),
    "a migration without a name": (lambda at: at.migrations("def upgrade(): pass"), "revision-name"),
    "a migration without a way back": (
        lambda at: at.migrations(step().replace("def downgrade", "def down")),
        "revision-step",
    ),
    "two heads": (
        lambda at: at.migrations(step(), step("pass", "0002", '"0001"'), step("pass", "0003", '"0001"')),
        "revision-heads",
    ),
    "a missing revision": (lambda at: at.migrations(step("pass", "0002", '"0001"')), "revision-missing"),
    "one revision twice": (lambda at: at.migrations(step(), step("pass")), "revision-twice"),
    "a migration that fails half-way": (
        lambda at: at.migrations(step(), step("op.execute('SELECT no_such')", "0002", '"0001"')),
        "migration-failed",
    ),
    "a migration that fails when it is imported": (
        lambda at: at.migrations(f"raise RuntimeError('no')\n{step()}"),
        "migration-failed",
    ),
    "a table without the prefix": (lambda at: at.migrations(step(LAB.replace("labs_lab", "lab"))), "migration-failed"),
    "a table of the core": (
        lambda at: at.migrations(step('op.add_column("people_person", sa.Column("labs", sa.Integer))')),
        "migration-failed",
    ),
    "a table of another plugin": (
        lambda at: at.migrations(step('op.drop_table("exams_exam")')),
        "migration-failed",
    ),
    # Folders and names.
    "a folder with nothing to build": (lambda at: at.folder / "empty", "build"),
    "a folder without a name or version": (lambda at: at.source(setup="[nothing"), "build"),
    "a folder without a manifest": (
        lambda at: at.source(setup=f"[metadata]\nname = labs\nversion = 1.0\n{ENTRY}", manifest=False),
        "missing-file",
    ),
    "a name that the index does not know": (lambda _: "lms-no-such-thing", "fetch"),
    "a file that is not there": (lambda at: at.folder / "labs-9.0-py3-none-any.whl", "unreadable"),
}
FUTURE = """
id = "labs"
core = ">=9"
title = {ko = "실습", en = "Labs"}
summary = {ko = "실습실을 엽니다.", en = "Opens lab rooms."}
"""
EXAM = 'op.create_table("exams_exam", sa.Column("id", sa.Integer, primary_key=True))'


@dataclass
class Running:
    """A site that serves, with a sound plugin on it."""

    instance: Path
    visitor: FlaskClient

    def state(self) -> dict[str, str]:
        """Every file of the instance by its hash, and every row of the database."""
        files = {path: path.read_bytes() for path in sorted(self.instance.rglob("*")) if path.is_file()}
        kept = {
            str(path): hashlib.sha256(body).hexdigest() for path, body in files.items() if "sqlite3" not in path.name
        }
        with sqlite3.connect(self.instance / "lms.sqlite3") as database:
            rows = "\n".join(database.iterdump())
        database.close()
        return kept | {"database": hashlib.sha256(rows.encode()).hexdigest()}

    def answers(self) -> bool:
        return (
            self.visitor.get("/healthz").status_code == self.visitor.get("/", follow_redirects=True).status_code == 200
        )


def install(*arguments: str):
    return CliRunner().invoke(plugin, ["install", *arguments, "--yes", "--json"], catch_exceptions=False)


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        home = tmp_path_factory.mktemp("running")
        patch.setattr(sys, "path", list(sys.path))
        patch.setenv("LMS_INSTANCE_PATH", str(home / "instance"))
        patch.setenv("LMS_SECRET_KEY", SECRET)
        patch.setenv("PIP_NO_INDEX", "1")
        settings = Settings.load(log_level="ERROR", background=False, rate_limits=False)
        migrate(settings)
        exams = step(EXAM).replace("labs_lab", "exams_exam")
        sound = make_wheel(home, "exams", files={"exams/migrations/versions/0001.py": exams})
        assert install(str(sound), "--enable").exit_code == 0
        app = create_app(settings)
        yield Running(home / "instance", app.test_client())
        house(app).database.dispose()
    for module in [name for name in sys.modules if name.partition(".")[0] == "exams"]:
        del sys.modules[module]


@pytest.fixture
def workshop(tmp_path, monkeypatch):
    """Somewhere to make things; what is unpacked meanwhile lies in a folder that must be empty in the end."""
    (tmp_path / "meanwhile").mkdir()
    (tmp_path / "made" / "empty").mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "meanwhile"))
    yield Workshop(tmp_path / "made")
    assert list((tmp_path / "meanwhile").iterdir()) == []
    shutil.rmtree(tmp_path / "made")


@pytest.mark.parametrize("name", BROKEN)
def test_it_is_refused_for_its_cause_and_leaves_nothing(name, running, workshop):
    make, cause = BROKEN[name]
    before = running.state()
    refused = install(str(make(workshop)))
    assert refused.exit_code == 1, refused.output
    told = refused.stdout
    assert f'"{cause}"' in told, told
    assert running.state() == before
    assert running.answers()
