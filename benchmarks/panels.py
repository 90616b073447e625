"""The home page of one trainee in one process, by processor time: what a plugin with a panel and a menu adds to it."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from benchmarks.measure import Figure, median
from benchmarks.plugins import environment, write_plugins
from lms_core.app import create_app
from lms_core.cli.site import migrate
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.scopes import SITE
from lms_core.foundation.settings import Settings
from lms_core.foundation.web.house import house
from lms_core.people.service import EnlistService, SignInService

COUNTS = (0, 10, 50, 200)
ROUNDS, PAGES = 3, 20


def measure() -> list[Figure]:
    """Microseconds of a page with so many plugins on, and how many of them each plugin adds."""
    figures, bare = [], 0.0
    for count in COUNTS:
        page = median([_page(count) for _ in range(ROUNDS)])
        bare = bare or page
        figures.append(Figure(f"home page with {count} plugins", page, "us"))
        if count:
            figures.append(Figure(f"home page with {count}: a plugin adds", (page - bare) / count, "us"))
    return figures


def _page(count: int) -> float:
    with tempfile.TemporaryDirectory(prefix="lms-bench-") as room:
        shelf = write_plugins(Path(room) / "shelf", count)
        command = [sys.executable, "-m", "benchmarks.panels"]
        told = subprocess.run(command, env=environment(Path(room), shelf), check=True, capture_output=True, text=True)
        return float(told.stdout.split()[-1])


def _visitor() -> FlaskClient:
    """A trainee at a browser, on a site where every measured plugin is on."""
    settings = Settings.load()
    migrate(settings)
    app = create_app(settings)
    here = house(app)
    for plugin in here.tools[LoadedPlugins].ids:
        if plugin.startswith("bench_"):
            here.provide(PluginService).enable(SYSTEM, plugin, SITE)
    with here.work.write() as uow:
        person = here.provide(EnlistService).enlist_within(uow, SYSTEM, "t@example.org", "T", "", "en")
        uow.commit()
    client = app.test_client()
    with client.session_transaction() as session:
        session["key"] = here.provide(SignInService).open_session(person).token
    return client


def main() -> None:
    """Print the microseconds of one page: the quickest of five rounds."""
    client, rounds = _visitor(), []
    if client.get("/home").status_code != 200:
        raise RuntimeError("the home page does not open")
    for _ in range(5):
        began = time.process_time()
        for _ in range(PAGES):
            client.get("/home")
        rounds.append((time.process_time() - began) / PAGES * 1e6)
    print(min(rounds))


if __name__ == "__main__":
    main()
