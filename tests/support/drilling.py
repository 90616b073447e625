"""A served site that can be killed, and people who sit its exams whatever happens to it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any

from tests.support.cluster import free_port

API = "/api/v1/assessment"
LMS = (sys.executable, "-m", "lms_core.cli")
GIVING_UP = 60.0


@dataclass
class ServedSite:
    """The sample academy, served by processes of its own."""

    folder: Path
    environ: Mapping[str, str]
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until it answers."""
        serving = [*LMS, "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(serving, env=self.environ, start_new_session=True, stderr=subprocess.DEVNULL)
        until = time.monotonic() + GIVING_UP
        while time.monotonic() < until:
            try:
                self.ask("GET", "/healthz", "")
            except (OSError, HTTPException):
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("the site did not come up")

    def kill(self) -> None:
        """Take every serving process away at once, in the middle of whatever it does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def ask(self, method: str, path: str, token: str, body: Any = None) -> tuple[int, Any]:
        """One request on a connection of its own: the status, and the answer read."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"} if token else {}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            data = answer.read()
            return answer.status, json.loads(data) if data and "json" in answer.headers.get(
                "Content-Type", ""
            ) else None
        finally:
            connection.close()

    def insist(self, method: str, path: str, token: str, body: Any = None) -> tuple[int, Any]:
        """Ask again until there is an answer of the site's own, as a browser's outbox does."""
        until = time.monotonic() + GIVING_UP
        while time.monotonic() < until:
            try:
                status, answer = self.ask(method, path, token, body)
            except (OSError, HTTPException, ValueError):
                time.sleep(0.1)
                continue
            if status < 500:
                return status, answer
            time.sleep(0.1)
        raise TimeoutError(f"{method} {path}")

    @property
    def tokens(self) -> list[str]:
        """The tokens of its crowd."""
        return [one["token"] for one in self.crowd]

    @property
    def crowd(self) -> list[dict[str, str]]:
        """The accounts of its crowd."""
        return [one for one in self.accounts if "@load." in one["email"]]

    @property
    def accounts(self) -> list[dict[str, str]]:
        """Everybody's role, email, password and token."""
        told: list[dict[str, str]] = json.loads((self.folder / "demo-accounts.json").read_text())
        return told


@contextmanager
def served_site(folder: Path, url: str, people: int) -> Iterator[ServedSite]:
    """The sample academy with so many people, on the database at ``url`` (empty: the embedded one)."""
    given = {"LMS_INSTANCE_PATH": str(folder), "LMS_LOG_LEVEL": "CRITICAL", "LMS_RATE_LIMITS": "0"}
    environ = os.environ | given | ({"LMS_DATABASE_URL": url} if url else {})
    planting = [*LMS, "demo", "--no-serve", "--trainees", str(people)]
    subprocess.run(planting, env=environ, check=True, stdout=subprocess.DEVNULL)
    site = ServedSite(folder, environ, free_port())
    site.start()
    try:
        yield site
    finally:
        site.kill()


@dataclass
class Candidate:
    """Somebody who answers, changes answers, and keeps every receipt."""

    site: ServedSite
    token: str
    random: Random
    attempt_id: str = ""
    receipted: dict[int, tuple[int, list[str]]] = field(default_factory=dict)

    def sit(self, exam_id: str, answers: int) -> None:
        """Begin, and give so many answers, each until there is a receipt."""
        attempt = self._begun(exam_id)
        self.attempt_id = attempt["id"]
        questions = [one for one in attempt["items"] if one["type"] in {"choice", "multiple-response"}]
        for sequence in range(1, answers + 1):
            question = self.random.choice(questions)
            picked = [self.random.choice(question["choices"])["id"]]
            path = f"{API}/attempts/{self.attempt_id}/responses/{question['slot']}"
            body = {"sequence": sequence, "response": {"choices": picked}}
            status, receipt = self.site.insist("PUT", path, attempt["save_token"], body)
            assert status == 200, receipt
            assert receipt["sequence"] == sequence
            self.receipted[question["slot"]] = (sequence, picked)

    def check(self) -> None:
        """Hand in; everything that has a receipt is in the result, as it was answered last."""
        url = f"{API}/attempts/{self.attempt_id}"
        _, stored = self.site.insist("GET", url, self.token)
        kept = {one["slot"]: one["saved"] for one in stored["items"] if one["saved"]}
        assert {slot: (one["sequence"], one["response"]["choices"]) for slot, one in kept.items()} == self.receipted
        status, _ = self.site.insist("POST", f"{url}/submission", self.token)
        assert status == 200
        _, result = self.site.insist("GET", f"{url}/result", self.token)
        answered = {one["slot"]: one["response"]["choices"] for one in result["items"] if one["response"]}
        assert answered == {slot: picked for slot, (_, picked) in self.receipted.items()}

    def _begun(self, exam_id: str) -> Any:
        status, begun = self.site.insist("POST", f"{API}/exams/{exam_id}/attempts", self.token, {"mode": "practice"})
        if status == 201:
            return begun
        # The answer to an earlier try was lost, the attempt was not: take it over.
        assert begun["type"] == "attempt-open", begun
        url = f"{API}/attempts/{begun['attempt_id']}"
        _, session = self.site.insist("POST", f"{url}/session", self.token)
        _, attempt = self.site.insist("GET", url, self.token)
        return {**attempt, **session}
