"""A PostgreSQL server of the drill's own, which may be killed."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Cluster:
    """A server in ``folder``, listening on ``port``, run by nobody of importance."""

    tools: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self._run("pg_ctl", "-D", self.data, "-w", "-l", f"{self.folder}/log", "-o", options, "start")

    def crash(self) -> None:
        """Stop it as a power cut would: no checkpoint, every connection dropped; then start it again."""
        self._run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")
        self.start()

    def stop(self) -> None:
        """Stop it for good."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def create(self) -> None:
        """Make its data folder."""
        self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust")

    @property
    def data(self) -> str:
        """Where its data is."""
        return str(self.folder / "data")

    def _run(self, tool: str, *arguments: str) -> None:
        # PostgreSQL refuses to be run by root.
        someone = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*someone, str(self.tools / tool), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A server that is gone afterwards. Skips where PostgreSQL's tools are not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    tool = shutil.which("initdb") or (str(found[-1]) if found else "")
    if not tool:
        pytest.skip("PostgreSQL's own tools are not installed")
    with tempfile.TemporaryDirectory(prefix="lms-drill-") as folder:
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
        one = Cluster(Path(tool).parent, Path(folder), free_port())
        one.create()
        one.start()
        try:
            yield one
        finally:
            one.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
