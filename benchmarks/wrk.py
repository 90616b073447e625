"""Saves sent by wrk, which costs a tenth of what a client in Python does."""

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sitting import API, Sitting

SCRIPT = Path(__file__).with_name("saves.lua")


@dataclass(frozen=True, slots=True)
class Sent:
    """What wrk saw: answers, in how many seconds, how many were no success, and percentiles in milliseconds."""

    requests: int
    seconds: float
    wrong: int
    p50: float
    p95: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.requests / self.seconds


def send_saves(port: int, sittings: Iterable[Sitting], connections: int, seconds: int, pause: int = 0) -> Sent:
    """Send saves over so many connections, each waiting about ``pause`` milliseconds in between.

    Raises RuntimeError where any save was refused.
    """
    with tempfile.NamedTemporaryFile("w", prefix="lms-bench-", suffix=".tsv") as told:
        told.writelines(line for sitting in sittings for line in _lines(sitting))
        told.flush()
        first = str(time.time_ns() // 1_000_000)
        given = {"LMS_BENCH_SITTINGS": told.name, "LMS_BENCH_FIRST": first, "LMS_BENCH_PAUSE": str(pause)}
        plan = ["-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(SCRIPT)]
        command = ["wrk", *plan, f"http://127.0.0.1:{port}/"]
        answer = subprocess.run(command, env=os.environ | given, check=True, capture_output=True, text=True).stdout
    sent = Sent(**json.loads(answer.strip().rsplit("\n", 1)[-1]))
    if sent.wrong:
        raise RuntimeError(f"{sent.wrong} of {sent.requests} saves were refused")
    return sent


def _lines(sitting: Sitting) -> Iterable[str]:
    for item in sitting.items:
        first, second = (choice["id"] for choice in item["choices"][:2])
        path = f"{API}/attempts/{sitting.id}/responses/{item['slot']}"
        yield f"{path}\t{sitting.save_token}\t{first}\t{second}\n"


def read_page(port: int, path: str, token: str, connections: int, seconds: int) -> float:
    """How often a second a page is answered. Raises RuntimeError where it was refused."""
    plan = ["-t1", f"-c{connections}", f"-d{seconds}s", "-H", f"Authorization: Bearer {token}"]
    command = ["wrk", *plan, f"http://127.0.0.1:{port}{path}"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", told)
    if found is None or "Non-2xx" in told:
        raise RuntimeError(f"{path}: {told}")
    return float(found[1])
