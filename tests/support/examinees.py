"""Somebody who sits a mock exam in a browser that dies, on a network that fails, and holds the room to its word."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import BrowserType, Error, Page, Response

from tests.support.browser import PATIENCE
from tests.support.drilling import API, ServedSite
from tests.support.exam_room import ExamRoom
from tests.support.mortal_browser import CUT, SLOW, WHOLE, MortalBrowser
from tests.support.waiting import until

SAVES = re.compile(r"/responses/(\d+)$")
WAITING = """async () => {
  const asked = indexedDB.open("lms-exam");
  const database = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  const found = database.transaction("answers").objectStore("answers").getAll();
  const rows = await new Promise((done) => (found.onsuccess = () => done(found.result)));
  database.close();
  return rows;
}"""
Answer = tuple[str, ...]


@dataclass(eq=False)
class Promises:
    """What somebody answered at one question, and what they were told of it.

    ``receipt``: the sequence and the answer that the server promised to keep. ``lost``: whether a browser died before
    anything was said of the last answer, so that an earlier one may stand.
    """

    meant: list[Answer] = field(default_factory=lambda: [()])
    receipt: tuple[int, Answer] = (0, ())
    lost: bool = False

    def mean(self, answer: Answer) -> None:
        """Give an answer."""
        self.meant.append(answer)
        self.lost = False

    def receive(self, sequence: int, answer: Answer) -> None:
        """Get a receipt."""
        self.receipt = max(self.receipt, (sequence, answer))

    def die(self, held: Answer | None = None) -> None:
        """The browser died, with ``held`` put away."""
        last = self.meant[-1]
        # An answer that was given twice may have its receipt from the first time.
        receipted = last == self.receipt[1] and self.meant.count(last) == 1
        self.lost = self.lost or not (receipted or last == held)

    def check(self, sequence: int, answer: Answer) -> None:
        """What is kept at the end is the last answer, or one that is newer than whatever has a receipt."""
        receipted, promised = self.receipt
        assert sequence >= receipted
        assert sequence > receipted or answer == promised
        assert answer in self.meant[self.meant.index(promised) :]
        assert self.lost or answer == self.meant[-1]


@dataclass(eq=False)
class Examinee:
    """One trainee of the sample academy, at a browser that may be killed."""

    site: ServedSite
    browser: MortalBrowser
    account: dict[str, str]
    random: Random
    promises: dict[int, Promises] = field(default_factory=dict)
    address: str = ""

    @property
    def room(self) -> ExamRoom:
        """The exam room."""
        return ExamRoom(self.browser.page)

    @property
    def attempt_id(self) -> str:
        """The attempt that is sat."""
        return self.address.rpartition("/")[2]

    def begin(self, exam_id: str) -> None:
        """Sign in, agree, and begin the simulation."""
        page = self._listened(self.browser.start())
        self._enter(f"http://127.0.0.1:{self.site.port}/assessment/exams/{exam_id}")
        page.get_by_role("checkbox", name=self.room.word("agree")).check()
        self.room.button("begin").click()
        self.room.at(1)
        self.address = page.url

    # ---- what befalls them ----

    def answer(self) -> None:
        """Go to some question and choose."""
        room, slot = self.room, self.random.randint(1, self.slots)
        room.slot(slot).click()
        room.at(slot)
        choices = room.choices.all()
        one = self.random.choice(choices)
        before = [each.get_attribute("value") or "" for each in choices if each.is_checked()]
        value, single = one.get_attribute("value") or "", one.get_attribute("type") == "radio"
        after = [value] if single else [each for each in (*before, value) if (each == value) != (each in before)]
        self.promises.setdefault(slot, Promises()).mean(tuple(sorted(after)))
        one.click()

    def flag(self) -> None:
        """Flag the question that is shown, or no more."""
        self.browser.page.keyboard.press("f")

    def cut(self) -> None:
        """Lose the network."""
        self.browser.network(CUT)

    def slow(self) -> None:
        """Share the network with everybody."""
        self.browser.network(SLOW)

    def heal(self) -> None:
        """Have the network back."""
        self.browser.network(WHOLE)

    def reload(self) -> None:
        """Load the page again."""
        self._enter(self.address)

    def die_after_a_look(self) -> None:
        """The browser is killed; whatever it had put away by then must not be lost."""
        held = {row["slot"]: tuple(sorted(row["response"]["choices"])) for row in self._waiting()}
        self._die(held)

    def die(self) -> None:
        """The browser is killed with an answer hardly given."""
        self.answer()
        self._die({})

    def vanish(self) -> None:
        """The browser is killed, and nobody comes back."""
        self.browser.kill()

    def _die(self, held: dict[int, Answer]) -> None:
        self.browser.kill()
        for slot, kept in self.promises.items():
            kept.die(held.get(slot))
        self._listened(self.browser.start())
        self._enter(self.address)

    # ---- and what comes of it ----

    @property
    def slots(self) -> int:
        """How many questions there are."""
        return self.browser.page.locator(".palette-list li").count()

    def hand_in(self) -> None:
        """Wait until nothing waits any more, and hand in."""
        self.heal()
        # A room that was opened without a server does not know yet whether one is still signed in.
        self.reload()
        until(lambda: not self._waiting(), 60)
        self.room.hand_in()

    def check(self) -> None:
        """Every question's answer in the result is the one that was promised."""
        status, result = self.site.insist("GET", f"{API}/attempts/{self.attempt_id}/result", self.account["token"])
        assert status == 200, result
        slots = [one["slot"] for one in result["items"]]
        assert slots == sorted(set(slots))
        _, sat = self.site.insist("GET", f"{API}/attempts/{self.attempt_id}", self.account["token"])
        kept = {one["slot"]: one["saved"] for one in sat["items"] if one["saved"]}
        graded = {one["slot"]: _picked(one["response"]) for one in result["items"] if one["response"]}
        assert graded == {slot: _picked(saved["response"]) for slot, saved in kept.items()}
        for slot, promises in self.promises.items():
            saved = kept.get(slot, {"sequence": 0, "response": None})
            promises.check(saved["sequence"], _picked(saved["response"]))
        assert not [slot for slot in set(graded) - set(self.promises) if graded[slot]], "answers that nobody gave"

    def check_receipts(self) -> None:
        """What has a receipt is in the result, though nobody came back to hand in."""
        _, result = self.site.insist("GET", f"{API}/attempts/{self.attempt_id}/result", self.account["token"])
        graded = {one["slot"]: _picked(one["response"]) for one in result["items"]}
        for slot, promises in self.promises.items():
            assert graded[slot] in promises.meant[promises.meant.index(promises.receipt[1]) :]

    def _waiting(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.browser.page.evaluate(WAITING)
        return found

    def _enter(self, address: str) -> None:
        """Go there: over the sign-in page if asked, and once more when nothing answers."""
        page = self.browser.page
        try:
            page.goto(address)
        except Error:
            # Neither the network nor a kept page: somebody repairs the one or the other.
            self.heal()
            if self.site.process is None:
                self.site.start()
            page.goto(address)
        if "/people/sign-in" in page.url:
            page.locator("input[type=email]").fill(self.account["email"])
            page.locator("input[type=password]").fill(self.account["password"])
            page.locator("input[type=password]").press("Enter")
            page.wait_for_url(address)
        if address == self.address:
            page.locator(".palette-list li").first.wait_for(timeout=3 * PATIENCE)

    def _listened(self, page: Page) -> Page:
        page.on("response", self._hear)
        return page

    def _hear(self, response: Response) -> None:
        found = SAVES.search(response.url)
        if found and response.request.method == "PUT" and response.status == 200:
            told = response.request.post_data_json
            kept = self.promises.setdefault(int(found[1]), Promises())
            kept.receive(told["sequence"], _picked(told["response"]))


def _picked(response: dict[str, Any] | None) -> Answer:
    return tuple(sorted(response["choices"])) if response else ()


def examinee(site: ServedSite, engine: BrowserType, folder: Path, number: int, random: Random) -> Examinee:
    """The crowd's trainee ``number``, from 0, at a browser whose profile stands in ``folder``."""
    browser = MortalBrowser(engine, folder / f"profile-{number}")
    return Examinee(site, browser, site.crowd[number], random)
