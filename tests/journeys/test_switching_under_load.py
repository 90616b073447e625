"""Switching a plugin under load: two serving processes, two workers, PostgreSQL and each broker; no restart."""

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from urllib import request
from urllib.error import HTTPError, URLError

import pytest
from kombu import Connection

from lms_core.foundation.database import Database
from lms_core.foundation.uow import Work
from tests.support.postgres import Postgres
from tests.support.wheels import make_wheel

ROOT = Path(__file__).parents[2]
LMS = "import sys; from lms_core.cli import main; sys.exit(main())"
# Seconds after which nobody may see the old state.
PROMISE = 2.0
CODE = '''
import os
import time
from collections.abc import Sequence

from flask import Blueprint

from lms_core.foundation.outbox.tasks import Task, task
from lms_core.foundation.web import PUBLIC, access
from lms_core.hooks import hookimpl

pages = Blueprint("bells", __name__, url_prefix="/bells")


@pages.get("/")
@access(PUBLIC)
def ring() -> str:
    """It rings."""
    return "ding"


@task("bells.ring")
def bells_ring(number: str) -> None:
    """Note when it was rung."""
    with open(os.environ["BELLS_RUNG"], "a", encoding="utf-8") as rung:
        rung.write(f"{time.time()} {number}\\n")


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    """The page."""
    return [pages]


@hookimpl
def lms_register_tasks() -> Sequence[Task]:
    """The task."""
    return [bells_ring]
'''
MANIFEST = 'hooks = ["lms_register_blueprints", "lms_register_tasks"]\ntasks = ["bells.ring"]'


@dataclass
class Load:
    """Requests and tasks, again and again, each noted with the moment at which it began."""

    url: str
    work: Work
    rung: Path
    seen: list[tuple[float, int]] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def visit(self) -> None:
        while not self._over.is_set():
            began = time.time()
            with suppress(URLError, HTTPException, OSError):
                try:
                    with request.urlopen(self.url, timeout=30) as answer:
                        self.seen.append((began, int(answer.status)))
                except HTTPError as refused:
                    self.seen.append((began, refused.code))

    def queue(self) -> None:
        number = 0
        while not self._over.wait(0.05):
            with self.work.write() as uow:
                uow.later("bells.ring", str(number))
                uow.commit()
            number += 1

    def rings(self) -> list[float]:
        return [float(line.split()[0]) for line in self.rung.read_text().splitlines()] if self.rung.exists() else []

    def statuses(self, since: float, until: float) -> set[int]:
        return {status for began, status in self.seen if since <= began < until}

    def going(self, stack: ExitStack) -> None:
        jobs: tuple[Callable[[], None], ...] = (self.visit, self.visit, self.visit, self.visit, self.queue)
        threads = [threading.Thread(target=job) for job in jobs]
        for thread in threads:
            thread.start()
        stack.callback(lambda: [thread.join(40) for thread in threads])
        stack.callback(self._over.set)


@dataclass
class Site:
    """A scaled-out site of its own."""

    home: Path
    environment: dict[str, str]

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", LMS, *arguments]
        with (self.home / "output").open("a") as output:
            return subprocess.Popen(
                command, cwd=self.home, env=self.environment, stdout=subprocess.PIPE, stderr=output, text=True
            )

    def lms(self, *arguments: str) -> str:
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=180)
        assert process.returncode == 0, said + (self.home / "output").read_text()[-2000:]
        return said


def empty(broker_url: str) -> None:
    with Connection(broker_url) as connection:
        connection.default_channel.queue_delete("lms")


@pytest.fixture
def broker(broker_url: str) -> Iterator[str]:
    """A broker with no message of this drill before it and none after it."""
    empty(broker_url)
    yield broker_url
    empty(broker_url)


@pytest.fixture
def site(tmp_path: Path, postgres: Postgres, broker: str) -> Iterator[Site]:
    name = f"lms_test_switch_{secrets.token_hex(4)}"
    url = postgres.create(name)
    told = {
        "PYTHONPATH": str(ROOT),
        "LMS_INSTANCE_PATH": str(tmp_path / "instance"),
        "LMS_DATABASE_URL": url.render_as_string(hide_password=False),
        "LMS_BROKER_URL": broker,
        "LMS_RATE_LIMITS": "false",
        "BELLS_RUNG": str(tmp_path / "rung"),
    }
    yield Site(tmp_path, os.environ | told)
    postgres.drop(name)


@pytest.fixture
def load(site: Site) -> Iterator[Load]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site.lms("init")
    wheel = make_wheel(site.home, "bells", files={"bells/plugin.py": CODE}, manifest=MANIFEST)
    site.lms("plugin", "install", str(wheel), "--yes", "--enable")
    database = Database(site.environment["LMS_DATABASE_URL"], pool_size=2)
    made = Load(f"http://127.0.0.1:{port}/bells/", Work(database), Path(site.environment["BELLS_RUNG"]))
    with ExitStack() as stack:
        stack.callback(database.dispose)
        servers = [site.start("serve", "--port", str(port), "--processes", "2")]
        servers += [site.start("worker", "--concurrency", "2") for _ in range(2)]
        for server in servers:
            stack.callback(server.communicate, timeout=60)
            stack.callback(server.terminate)
        made.going(stack)
        wait(lambda: any(status == 200 for _, status in made.seen[-1:]) and bool(made.rings()))
        yield made


def wait(until: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


@pytest.mark.slow
@pytest.mark.postgresql
def test_two_seconds_after_a_switch_no_request_and_no_task_sees_the_old_state(site: Site, load: Load) -> None:
    for _ in range(2):
        assert not json.loads(site.lms("plugin", "disable", "bells", "--json"))["enabled"]
        off = time.time()
        rung = len(load.rings())
        time.sleep(PROMISE + 3)
        assert load.statuses(off + PROMISE, time.time()) == {404}
        assert [moment for moment in load.rings() if moment >= off + PROMISE] == []
        site.lms("plugin", "enable", "bells")
        on = time.time()
        time.sleep(PROMISE + 3)
        assert load.statuses(on + PROMISE, time.time()) == {200}
        # What was held meanwhile is not lost: it goes on by itself.
        wait(lambda known=rung: len(load.rings()) > known)
