import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from lms_core.foundation.database import Database
from lms_core.foundation.identity import new_id
from lms_core.foundation.settings import Settings
from lms_core.foundation.tables import mails
from tests.support.clock import BEGINNING
from tests.support.databases import create_tables
from tests.support.missing import missing

SECRET = "k" * 43


@dataclass
class Site:
    """A site with a database, uploads and a config.py."""

    settings: Settings

    @property
    def home(self) -> Path:
        return self.settings.instance_path

    def write(self, *subjects: str) -> None:
        database = Database(self.settings.database)
        rows = [
            {"id": new_id(), "recipient": "a@b.kr", "subject": one, "body": "", "created_at": BEGINNING}
            for one in subjects
        ]
        with database.writing() as session:
            session.execute(insert(mails), rows)
            session.commit()
        database.dispose()

    def subjects(self) -> list[str]:
        database = Database(self.settings.database)
        with database.reading() as session:
            found = sorted(session.scalars(select(mails.c.subject)))
        database.dispose()
        return found

    def upload(self, name: str, content: str) -> None:
        path = self.home / "uploads" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)

    def uploads(self) -> dict[str, str]:
        folder = self.home / "uploads"
        return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def prepared(home: Path, url: str = "") -> Site:
    home.mkdir(parents=True)
    site = Site(Settings(instance_path=home, database_url=url, secret_key=SECRET))
    create_tables(site.settings.database)
    database = Database(site.settings.database)
    with database.writing() as session:
        for table, head in (("alembic_version", "0003"), ("alembic_version_labs", "0001")):
            session.execute(text(f"CREATE TABLE {table} (version_num VARCHAR(32) NOT NULL)"))
            session.execute(text(f"INSERT INTO {table} VALUES ('{head}')"))
        session.commit()
    database.dispose()
    (home / "config.py").write_text(f'SITE_NAME_EN = "Academy"\nSECRET_KEY = (\n    "{SECRET}"\n)\nPOOL_SIZE = 8\n')
    return site


@pytest.fixture
def embedded_site(tmp_path):
    return prepared(tmp_path / "instance")


def _pg_dump() -> int:
    if shutil.which("pg_dump") is None:
        return 0
    said = subprocess.run(["pg_dump", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].split(".")[0])


@pytest.fixture
def site_on_server(tmp_path, postgres):
    if (ours := _pg_dump()) < postgres.version():
        why = f"pg_dump {ours or 'absent'}, server {postgres.version()}"
        missing("pg_dump of the server's version", why, "`apt-get install postgresql-client`")
    name = f"lms_test_backup_{secrets.token_hex(4)}"
    url = postgres.create(name)
    yield prepared(tmp_path / "instance", url.render_as_string(hide_password=False))
    for found in postgres.names(name):
        postgres.drop(found)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def site(request):
    return request.getfixturevalue("embedded_site" if request.param == "sqlite" else "site_on_server")


@pytest.fixture
def target(tmp_path):
    return tmp_path / "backups" / "lms.zip"
