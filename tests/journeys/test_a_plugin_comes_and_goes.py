"""A stranger's plugin: made, tested, checked, installed, switched and taken away, on a site that is serving."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib import request
from urllib.error import HTTPError, URLError

import pytest

ROOT = Path(__file__).parents[2]
LMS = "import sys; from lms_core.cli import main; sys.exit(main())"
PASSWORD = "a long enough password"


@dataclass
class Journey:
    """A site of its own, and commands given to it."""

    home: Path
    port: int
    token: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"PYTHONPATH": str(ROOT), "LMS_INSTANCE_PATH": str(self.home / "instance")}

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", LMS, *arguments]
        return subprocess.Popen(command, cwd=self.home, env=self.environment, stdout=subprocess.PIPE, text=True)

    def lms(self, *arguments: str) -> str:
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=600)
        assert process.returncode == 0, said
        return said

    def status(self, path: str) -> int:
        asked = request.Request(f"http://127.0.0.1:{self.port}{path}")
        asked.add_header("Authorization", f"Bearer {self.token}")
        try:
            with request.urlopen(asked, timeout=10) as answer:
                return int(answer.status)
        except HTTPError as refused:
            return refused.code
        except URLError:
            return 0

    def until(self, path: str, status: int, seconds: float) -> float:
        """How long it took until ``path`` answered ``status``."""
        began = time.monotonic()
        while self.status(path) != status:
            assert time.monotonic() - began < seconds, f"{path} still answers {self.status(path)}"
            time.sleep(0.1)
        return time.monotonic() - began

    def sign_in(self) -> None:
        body = json.dumps({"email": "chief@example.org", "password": PASSWORD}).encode()
        asked = request.Request(f"http://127.0.0.1:{self.port}/api/v1/people/tokens", body)
        asked.add_header("Content-Type", "application/json")
        with request.urlopen(asked, timeout=20) as answer:
            self.token = json.load(answer)["token"]


@pytest.fixture
def journey(tmp_path: Path) -> Iterator[Journey]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        journey = Journey(tmp_path, free.getsockname()[1])
    journey.lms("init")
    journey.lms("user", "add", "chief@example.org", "--name", "Chief", "--password", PASSWORD)
    server = journey.start("serve", "--port", str(journey.port))
    try:
        journey.until("/healthz", 200, 60)
        journey.sign_in()
        yield journey
    finally:
        server.terminate()
        server.communicate(timeout=30)


@pytest.mark.slow
def test_a_plugin_comes_and_goes_while_the_site_serves(journey):
    journey.lms("plugin", "new", "study_tips", "--title", "Study tips")
    tests = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    passed = subprocess.run(
        tests, cwd=journey.home / "study_tips", env=journey.environment, capture_output=True, check=False
    )
    assert passed.returncode == 0, passed.stdout.decode()
    journey.lms("plugin", "check", "study_tips")
    assert journey.status("/study_tips/") == 404

    installed = json.loads(journey.lms("plugin", "install", "study_tips", "--yes", "--enable", "--json"))
    assert installed["reloaded"]
    journey.until("/study_tips/", 200, 30)

    journey.lms("plugin", "disable", "study_tips")
    assert journey.until("/study_tips/", 404, 2) < 2
    assert journey.status("/study_tips") == 404
    journey.lms("plugin", "enable", "study_tips")
    assert journey.until("/study_tips/", 200, 2) < 2

    journey.lms("plugin", "uninstall", "study_tips", "--drop", "--yes")
    journey.until("/study_tips/", 404, 30)
    journey.until("/healthz", 200, 30)
    listed = {row["id"] for row in json.loads(journey.lms("plugin", "list", "--json"))}
    assert "study_tips" not in listed
    assert not (journey.home / "instance" / "plugins" / "study_tips").exists()
