"""Browser tests: a site that is served, a real Chromium, and pages that are looked at by axe."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from lms_core.foundation.database import Database
from lms_core.foundation.web.assets import VENDOR
from lms_core.people.service import SignInService
from tests.support.clock import BEGINNING, FixedClock
from tests.support.missing import missing
from tests.support.site import Site, make_site

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000
LARGEST_PICTURE = 200_000


@dataclass(eq=False)
class RunningClock(FixedClock):
    """A clock that runs, from the moment it is set to; a test moves it on."""

    set_at: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """The moment it was set to, and what has passed since."""
        return self.moment + timedelta(seconds=time.monotonic() - self.set_at)


class Quiet(WSGIRequestHandler):
    """Answers without a line for each request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing."""


@dataclass(eq=False)
class Served:
    """A site that listens on a port of this machine."""

    site: Site
    server: BaseWSGIServer

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def session(self, person_id: UUID, language: str) -> dict[str, str]:
        """The cookie of a new session of the person."""
        app = self.site.app
        key = self.site.provide(SignInService).open_session(person_id).token
        signing = SecureCookieSessionInterface().get_signing_serializer(app)
        assert signing is not None
        value = str(signing.dumps({"key": key, "language": language}))
        return {"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": self.address}


@dataclass(eq=False)
class Visits:
    """Opens pages for people, each in a browser of their own."""

    served: Served
    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __call__(self, person_id: UUID | None = None, language: str = "ko", path: str = "/", **options: Any) -> Page:
        """A page at ``path``, signed in as ``person_id`` if one is given."""
        size = {"width": options.pop("width", 1280), "height": options.pop("height", 900)}
        context = self.browser.new_context(viewport=size, locale=language, **options)  # type: ignore[arg-type]  # a TypedDict
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        if person_id:
            cookie = self.served.session(person_id, language)
            context.add_cookies([cookie])  # type: ignore[list-item]  # a TypedDict
        page = self.window(context)
        page.goto(self.served.address + path)
        return page

    def window(self, context: BrowserContext) -> Page:
        """Another window of the same browser."""
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self._hear(said.text))
        return page

    def _hear(self, said: str) -> None:
        if "Content Security Policy" in said:
            self.faults.append(said)

    def close(self) -> None:
        """Close every page. What their scripts did wrong fails the test."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        assert not self.faults


def problems(page: Page) -> list[str]:
    """What axe finds on the page as it stands now: rule, and where."""
    if not AXE.is_file():
        missing("axe-core", f"{AXE} is not there", "npm ci")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("async () => (await axe.run()).violations")
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def overflows(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    root = "document.documentElement"
    return bool(page.evaluate(f"{root}.scrollWidth > {root}.clientWidth"))


@dataclass(frozen=True)
class Camera:
    """Keeps pictures where LMS_SCREENSHOTS says; elsewhere it only looks whether one can be taken."""

    folder: Path | None

    def take(self, page: Page, name: str, *, whole: bool = False) -> None:
        """A picture of ``page``, small enough for a repository; a ``whole`` page is only there to be looked at."""
        picture = page.screenshot(full_page=whole)
        assert whole or len(picture) < LARGEST_PICTURE, f"{name} is {len(picture)} bytes"
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{name}.png").write_bytes(picture)


@pytest.fixture(scope="module")
def running_clock() -> RunningClock:
    """A clock that runs, on the morning on which the spring term begins."""
    return RunningClock(BEGINNING)


@pytest.fixture(scope="module")
def served(
    embedded_template: Path, tmp_path_factory: pytest.TempPathFactory, running_clock: RunningClock
) -> Iterator[Served]:
    """A site on SQLite, served from threads of this process."""
    if not (VENDOR / "manifest.json").is_file():
        missing("bundled styles and scripts", f"{VENDOR} is empty", "npm ci && npm run build")
    folder = tmp_path_factory.mktemp("served")
    shutil.copyfile(embedded_template, folder / "lms.sqlite3")
    database = Database(f"sqlite:///{folder / 'lms.sqlite3'}")
    site = make_site(database, running_clock, folder)
    server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(site, server)
    server.shutdown()
    thread.join()
    server.server_close()
    site.house.database.dispose()
    database.dispose()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real Chromium. Made anew for each module: its driver must not outlive the tests that need it."""
    found = os.environ.get("LMS_CHROMIUM") or next((place for place in PLACES if Path(place).exists()), None)
    if found is None:
        missing("Chromium", f"none of {', '.join(PLACES)}", "apt-get install chromium, or set LMS_CHROMIUM")
    with sync_playwright() as driver:
        expect.set_options(timeout=PATIENCE)
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(served: Served, chromium: Browser) -> Iterator[Visits]:
    """Opens pages for people."""
    visits = Visits(served, chromium)
    yield visits
    visits.close()


@pytest.fixture
def camera() -> Camera:
    """Takes pictures."""
    folder = os.environ.get("LMS_SCREENSHOTS")
    return Camera(Path(folder) if folder else None)
