"""Browsers, networks and servers die while people sit a mock exam: the room keeps its word to each of them."""

import os
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import sync_playwright

from tests.support.cluster import cluster
from tests.support.drilling import API, ServedSite, served_site
from tests.support.examinees import Examinee, examinee
from tests.support.waiting import until

PEOPLE = 3
# How often each thing befalls somebody, in an order and at moments that the seed decides.
FATES = {"answer": 32, "flag": 3, "cut": 3, "slow": 3, "heal": 5, "reload": 3, "die_after_a_look": 3, "die": 3}
SERVER_BLOWS = 4
QUESTIONS = {"ai-901.1": 4, "ai-901.2": 6}
WINDOW = timedelta(seconds=15)

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture
def random(capsys: pytest.CaptureFixture[str]) -> Random:
    """What decides the fates; LMS_DRILL_SEED repeats a drill."""
    seed = int(os.environ.get("LMS_DRILL_SEED") or secrets.randbelow(1_000_000))
    with capsys.disabled():
        sys.stdout.write(f"\nLMS_DRILL_SEED={seed}\n")
    return Random(seed)


def test_killed_browsers_lose_no_answer_on_sqlite(tmp_path: Path, random: Random) -> None:
    with served_site(tmp_path, "", PEOPLE + 1) as site:
        _drill(site, tmp_path, random, [lambda: _toggle(site)])


def test_killed_browsers_lose_no_answer_on_postgresql(tmp_path: Path, random: Random) -> None:
    with cluster() as server, served_site(tmp_path, server.url, PEOPLE + 1) as site:
        _drill(site, tmp_path, random, [lambda: _toggle(site), server.crash])


def _toggle(site: ServedSite) -> None:
    """The server dies, and is missed until the next blow."""
    if site.process is None:
        site.start()
    else:
        site.kill()


def _drill(site: ServedSite, folder: Path, random: Random, blows: list[Callable[[], None]]) -> None:
    with sync_playwright() as driver:
        seats = range(PEOPLE + 1)
        *people, lost = [examinee(site, driver.chromium, folder, seat, Random(random.random())) for seat in seats]
        try:
            exam_id = _published(site)
            for one in people:
                one.begin(exam_id)
            abandoned = _abandon(site, lost)
            _befall(people, blows, random)
            if site.process is None:
                site.start()
            for one in people:
                one.hand_in()
                one.check()
            _handed_in_by_the_server(site, lost, abandoned)
        finally:
            for one in (*people, lost):
                one.browser.kill()


def _befall(people: list[Examinee], blows: list[Callable[[], None]], random: Random) -> None:
    deck: list[Callable[[], None]] = [blows[turn % len(blows)] for turn in range(SERVER_BLOWS)]
    for name, times in FATES.items():
        deck += [getattr(random.choice(people), name) for _ in range(times)]
    random.shuffle(deck)
    for fate in deck:
        fate()


# ---- somebody whose browser never comes back ----


def _abandon(site: ServedSite, lost: Examinee) -> str:
    """Somebody begins an exam that closes soon, answers, and is gone."""
    exam_id = _published(site, closes_at=(datetime.now(UTC) + WINDOW).isoformat())
    lost.begin(exam_id)
    for _ in range(5):
        lost.answer()
    lost.room.saved()
    lost.vanish()
    return exam_id


def _handed_in_by_the_server(site: ServedSite, lost: Examinee, exam_id: str) -> None:
    staff = _token(site, "instructor@example.org")

    def closed() -> bool:
        # The list of those who read results closes nothing by being looked at.
        _, listed = site.insist("GET", f"{API}/exams/{exam_id}/attempts", staff)
        return [one["state"] for one in listed["items"]] == ["submitted"]

    until(closed, 2 * WINDOW.total_seconds() + 60)
    lost.check_receipts()


# ---- the exam ----


def _published(site: ServedSite, **limits: Any) -> str:
    """A mock exam of single and multiple choice, open to the crowd."""
    staff = _token(site, "instructor@example.org")
    _, banks = site.insist("GET", f"{API}/banks", staff)
    (bank,) = [one for one in banks["items"] if one["slug"] == "ai-901"]
    _, exams = site.insist("GET", f"{API}/exams", staff)
    sample = next(one for one in exams["items"] if one["certification"] == "AI-901")
    quotas = [{"domain": name, "items": count, "titles": {"ko": name, "en": name}} for name, count in QUESTIONS.items()]
    titles = {"ko": "훈련", "en": "Drill"}
    draft = {"titles": titles, "campus_id": sample["campus_id"], "certification": "AI-901", "bank_ids": [bank["id"]]}
    _, made = site.insist("POST", f"{API}/exams", staff, {**draft, "quotas": quotas, "seconds": 2700, **limits})
    status, answer = site.insist("POST", f"{API}/exams/{made['id']}/publication", staff)
    assert status == 200, answer
    return str(made["id"])


def _token(site: ServedSite, email: str) -> str:
    return next(one["token"] for one in site.accounts if one["email"] == email)
