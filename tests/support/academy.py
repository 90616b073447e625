"""The sample academy as tests use it: planted once a session, copied for each test that changes it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms_core.cli.demo.academy import plant_academy
from lms_core.cli.demo.accounts import Accounts
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.clock import SystemClock
from lms_core.foundation.database import Database
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.web.house import house
from tests.support.site import Site, make_site


@dataclass(eq=False)
class Academy(Site):
    """A site with the sample academy in it, and its people by their addresses."""

    tokens: dict[str, str]

    def as_program(self, email: str = "") -> FlaskClient:
        """A program of the person with this address; a stranger's if it is empty."""
        client = self.program()
        if email:
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.tokens[email]}"
        return client


@pytest.fixture(scope="session")
def planted(embedded_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An instance folder with everything that `lms demo` plants, with all plugins on."""
    folder = tmp_path_factory.mktemp("academy")
    shutil.copyfile(embedded_template, folder / "lms.sqlite3")
    database = Database(f"sqlite:///{folder / 'lms.sqlite3'}")
    site = make_site(database, SystemClock(), folder)  # type: ignore[arg-type]  # samples are dated from today
    here = house(site.app)
    accounts = Accounts(folder / "accounts.json")
    with site.app.app_context():
        service = here.provide(PluginService)
        for plugin in service.manifests:
            service.enable(SYSTEM, plugin)
        plant_academy(here, accounts)
        for _, seed in here.registered.get("lms_register_seeds", ()):
            seed.plant(SYSTEM)
    accounts.write()
    site.run_background()
    here.database.dispose()
    database.dispose()
    return folder


@contextmanager
def opened(planted: Path, folder: Path) -> Iterator[Academy]:
    """A copy of the ``planted`` academy in ``folder``, for as long as the block lasts."""
    shutil.copytree(planted, folder)
    database = Database(f"sqlite:///{folder / 'lms.sqlite3'}")
    site = make_site(database, SystemClock(), folder)  # type: ignore[arg-type]  # samples are dated from today
    tokens = {one["email"]: one["token"] for one in json.loads((folder / "accounts.json").read_text())}
    yield Academy(site.app, site.clock, tokens)
    site.house.database.dispose()
    database.dispose()


@pytest.fixture
def academy(planted: Path, tmp_path: Path) -> Iterator[Academy]:
    """The sample academy, to do with as the test likes."""
    with opened(planted, tmp_path / "instance") as made:
        yield made
