"""Servers and databases are killed while 200 people answer: what has a receipt is in the result, once and in order."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from tests.support.cluster import cluster
from tests.support.drilling import API, Candidate, ServedSite, served_site

PEOPLE, AT_ONCE, ANSWERS, BLOWS = 200, 24, 12, 6

pytestmark = pytest.mark.slow


def test_a_web_process_killed_at_any_moment_loses_no_receipt_on_sqlite(tmp_path: Path) -> None:
    # The embedded database lives in the serving process: this kills both.
    with served_site(tmp_path, "", PEOPLE) as site:
        _drill(site, [lambda: _restart(site)])


def test_web_processes_and_a_server_killed_at_any_moment_lose_no_receipt_on_postgresql(tmp_path: Path) -> None:
    with cluster() as server, served_site(tmp_path, server.url, PEOPLE) as site:
        _drill(site, [lambda: _restart(site), server.crash])


def _restart(site: ServedSite) -> None:
    site.kill()
    site.start()


def _drill(site: ServedSite, blows: list[Callable[[], None]]) -> None:
    random = Random(2026)
    people = [Candidate(site, token, Random(number)) for number, token in enumerate(site.tokens)]
    _, listed = site.insist("GET", f"{API}/exams", site.tokens[0])
    exam_id = max(listed["items"], key=lambda exam: exam["questions"])["id"]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sittings = [pool.submit(one.sit, exam_id, ANSWERS) for one in people]
        struck = _strike(sittings, blows, random)
        for sitting in sittings:
            sitting.result()
        list(pool.map(Candidate.check, people))
    assert struck >= len(blows), "everybody was done before anything was killed"
    assert sum(len(one.receipted) for one in people) > PEOPLE


def _strike(sittings: list[Future[None]], blows: list[Callable[[], None]], random: Random) -> int:
    struck = 0
    while struck < BLOWS and not all(one.done() for one in sittings):
        time.sleep(random.uniform(0.3, 2.0))
        blows[struck % len(blows)]()
        struck += 1
    return struck
