"""A Chromium that can be killed like any process, and begun again with what its profile kept."""

import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserType, CDPSession, Page

from tests.support.browser import FLAGS, PATIENCE, PLACES
from tests.support.missing import missing
from tests.support.waiting import until

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 100_000, "uploadThroughput": 50_000}
CUT = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
WHOLE = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
PORT_FILE = "DevToolsActivePort"


def chromium_path() -> str:
    """Where Chromium is. Skips where there is none."""
    found = os.environ.get("LMS_CHROMIUM") or next((place for place in PLACES if Path(place).exists()), None)
    return found or missing("Chromium", f"none of {', '.join(PLACES)}", "apt-get install chromium, or set LMS_CHROMIUM")


@dataclass(eq=False)
class MortalBrowser:
    """One Chromium with a profile of its own, and one page in it."""

    engine: BrowserType
    profile: Path
    process: subprocess.Popen[bytes] | None = None
    driven: Browser | None = None
    _page: Page | None = field(default=None, repr=False)
    _wire: CDPSession | None = field(default=None, repr=False)

    @property
    def page(self) -> Page:
        """Its page, while it lives."""
        assert self._page is not None
        return self._page

    def start(self) -> Page:
        """Begin it with its profile, as somebody does who comes back; its page, which shows nothing yet."""
        told = self.profile / PORT_FILE
        told.unlink(missing_ok=True)
        asked = (f"--user-data-dir={self.profile}", "--remote-debugging-port=0", "--headless=new", "--lang=ko-KR")
        command = [chromium_path(), *FLAGS, *asked, "about:blank"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, start_new_session=True, **quiet)  # type: ignore[call-overload]
        until(lambda: told.exists() and told.read_text().count("\n"), 30)
        self.driven = self.engine.connect_over_cdp(f"http://127.0.0.1:{told.read_text().split()[0]}")
        (context,) = self.driven.contexts
        context.set_default_timeout(2 * PATIENCE)
        self._page = context.pages[0] if context.pages else context.new_page()
        # One for all conditions: what another session asked for would go on beside it.
        self._wire = context.new_cdp_session(self._page)
        return self._page

    def kill(self) -> None:
        """Take every process of it away at once, in the middle of whatever it does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = self._page = self._wire = None

    def network(self, conditions: dict[str, Any]) -> None:
        """The page's network from now on: WHOLE, SLOW or CUT."""
        assert self._wire is not None
        self._wire.send("Network.emulateNetworkConditions", conditions)
