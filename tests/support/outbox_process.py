"""A process that works off an outbox, to be killed in the middle of it: ``python -m tests.support.outbox_process``.

Its one task, ``drill.note``, takes a moment and writes into a diary when it began and when it ended.
"""

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from lms_core.foundation.clock import SystemClock
from lms_core.foundation.database import Database
from lms_core.foundation.outbox.background import Background
from lms_core.foundation.outbox.tasks import Task
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import Work
from lms_core.worker import run

NOTE = "drill.note"
ROOT = Path(__file__).parents[2]


def note(diary: Path, line: str) -> None:
    """Append a line; short ones are written whole by the system, whatever happens next."""
    handle = os.open(diary, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def background(database: str, broker: str, queue: str, diary: Path, takes: float, lease: float) -> Background:
    """A background with nothing but the task of the drill."""

    def drill(number: int) -> None:
        note(diary, f"begin {number}")
        time.sleep(takes)
        note(diary, f"end {number}")

    settings = Settings(instance_path=diary.parent, database_url=database, broker_url=broker, outbox_threads=3)
    made = Background(
        settings,
        Work(Database(database), SystemClock()),
        [Task(NOTE, drill)],
        deliver=lambda *_: None,
        gate=lambda *_: True,
        epoch=lambda: 1,
        lease=timedelta(seconds=lease),
    )
    if broker:
        made.celery.conf.task_default_queue = queue
    return made


def queue(database: Database, numbers: Iterable[int]) -> None:
    """Queue the task once for each number."""
    with Work(database, SystemClock()).write() as uow:
        for number in numbers:
            uow.later(NOTE, number)
        uow.commit()


def ended(diary: Path) -> Counter[int]:
    """How often the task has ended for each number."""
    lines = diary.read_text().splitlines() if diary.exists() else []
    return Counter(int(line.split()[1]) for line in lines if line.startswith("end"))


def begun(diary: Path) -> int:
    """How often the task has begun."""
    lines = diary.read_text().splitlines() if diary.exists() else []
    return sum(line.startswith("begin") for line in lines)


def url(database: Database) -> str:
    """What another process connects to."""
    return database.url.render_as_string(hide_password=False)


@contextmanager
def process(
    database: Database, broker: str, name: str, diary: Path, takes: float = 0.1, lease: float = 1.5
) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that works the outbox off, killed at the end at the latest."""
    command = [sys.executable, "-m", "tests.support.outbox_process", url(database), broker, name, str(diary)]
    times = [f"--takes={takes}", f"--lease={lease}"]
    with diary.with_suffix(".log").open("ab") as log:
        started = subprocess.Popen([*command, *times], cwd=ROOT, stdout=log, stderr=log)
        try:
            yield started
        finally:
            started.kill()
            started.wait()


def main() -> None:
    """Work until told to stop, or killed."""
    parser = argparse.ArgumentParser()
    for name in ("database", "broker", "queue", "diary"):
        parser.add_argument(name)
    parser.add_argument("--takes", type=float, default=0.1)
    parser.add_argument("--lease", type=float, default=1.5)
    given = parser.parse_args()
    run(background(given.database, given.broker, given.queue, Path(given.diary), given.takes, given.lease), 3)


if __name__ == "__main__":
    main()
