"""The home page of one trainee, by processor time: what a plugin with a panel, a gate and a menu adds to it.

Sites with none, ten, fifty and two hundred plugins stand side by side and are measured in turns, the quickest turn of
each: what slows the machine for a while slows all of them. Beside the time stand the calls of functions, which are
the same on every machine however busy: should the one grow and the other not, it was the machine.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import TypeAlias

from flask.testing import FlaskClient

from benchmarks.measure import Figure
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

Site: TypeAlias = "subprocess.Popen[str]"
COUNTS = (0, 10, 50, 200)
# One page a turn: short enough that some turns fall between what else the machine does.
TURNS = 200


def measure() -> list[Figure]:
    """A page with so many plugins on, what each plugin adds to it, and how that grows: microseconds, then calls."""
    with ExitStack() as stack:
        sites = {count: stack.enter_context(_site(count)) for count in COUNTS}
        calls = {count: _answer(site) for count, site in sites.items()}
        turns = [{count: _answer(site) for count, site in sites.items()} for _ in range(TURNS)]
    times = {count: min(turn[count] for turn in turns) for count in COUNTS}
    return [*_growth(times, "us"), *_growth(calls, "calls")]


def _growth(pages: dict[int, float], unit: str) -> Iterator[Figure]:
    bare = pages[0]
    for count, page in pages.items():
        yield Figure(f"home page with {count} plugins", page, unit)
        if count:
            yield Figure(f"home page with {count}: a plugin adds", (page - bare) / count, unit)
    for fewer, more in pairwise(pages):
        slope = (pages[more] - pages[fewer]) / (more - fewer)
        yield Figure(f"home page from {fewer} to {more}: a plugin adds", slope, unit)


@contextmanager
def _site(count: int) -> Iterator[Site]:
    """A site with so many plugins, in a process of its own that opens a page whenever it is asked."""
    with tempfile.TemporaryDirectory(prefix="lms-bench-") as room:
        shelf = write_plugins(Path(room) / "shelf", count)
        command = [sys.executable, "-m", "benchmarks.panels"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, env=environment(Path(room), shelf), stdin=pipe, stdout=pipe, text=True) as site:
            yield site
            site.communicate()


def _answer(site: Site) -> float:
    if site.stdin is None or site.stdout is None:
        raise RuntimeError("the site has no pipes")
    print(file=site.stdin, flush=True)
    return float(site.stdout.readline())


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


def _counted(client: FlaskClient) -> int:
    """How many functions are called for one page, those written in C included."""
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        client.get("/home")
    finally:
        sys.setprofile(None)
    return calls


def _timed(client: FlaskClient) -> float:
    began = time.process_time()
    client.get("/home")
    return (time.process_time() - began) * 1e6


def main() -> None:
    """For the first line that is read print the calls of one page, for every other its microseconds."""
    client = _visitor()
    for _ in range(3):
        if client.get("/home").status_code != 200:
            raise RuntimeError("the home page does not open")
    for number, _ in enumerate(sys.stdin):
        print(_timed(client) if number else _counted(client), flush=True)


if __name__ == "__main__":
    main()
