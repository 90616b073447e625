"""From a file to a regrade: an instructor's exam, gone through in the browser by everybody it takes."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import CampusDetails, OrganisationDetails
from lms_core.organisation.service import CampusService, OrganisationService
from tests.support.browser import Served, Visits, chromium, problems, running_clock, served, visit
from tests.support.exam_room import ExamRoom

__all__ = ["chromium", "running_clock", "served", "visit"]

pytestmark = [pytest.mark.slow, pytest.mark.browser]

FILE = """
$CATEGORY: tides.1

::tides-1:: What pulls the sea towards the moon? { =Gravity ~Magnetism ~Wind ~Salt }

::tides-2:: How many high tides does a lunar day bring to most coasts? { =Two ~One ~Five ~Twelve }

::tides-3:: When are tides strongest? { =At new and full moon ~At half moon ~At dusk ~In fog }

$CATEGORY: tides.2

::tides-4:: What is a tide table for? { =Telling when the water is high ~Telling salt ~Telling fish }

::tides-5:: What does a tide gauge measure? { =The height of the water ~Its colour ~Its taste ~Its age }

::tides-6:: Which coast knows the widest range? { =The Bay of Fundy ~The Baltic ~A pond ~A well }
"""


@dataclass(eq=False)
class Desk:
    """A window of somebody who works at the site."""

    page: Page

    def go(self, path: str) -> None:
        """Open another page of the site."""
        self.page.goto(urljoin(self.page.url, path))

    def link(self, name: str) -> None:
        """Follow the link in the page called so."""
        self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()

    def button(self, name: str) -> Locator:
        """The button called so."""
        return self.page.get_by_role("main").get_by_role("button", name=name, exact=True)

    def sure(self, name: str) -> None:
        """Press it, and say yes to the question that it asks."""
        self.button(name).click()
        self.page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()

    def fill(self, **fields: str) -> None:
        """Write into fields of the form, by their names."""
        for name, value in fields.items():
            self.page.locator(f"[name='{name.replace('__', '.')}']").fill(value)

    def said(self, words: str) -> None:
        """Wait until the page says so; axe finds nothing on it."""
        expect(self.page.get_by_text(words).first).to_be_visible()
        assert problems(self.page) == []

    def tick(self, *questions: str) -> None:
        """Tick the rows of these questions."""
        for words in questions:
            self.page.get_by_role("row").filter(has_text=words).get_by_role("checkbox").check()


def test_an_instructor_brings_a_bank_in_and_ends_with_a_regrade(served: Served, visit: Visits, tmp_path: Path) -> None:
    campus = Scope("campus", str(_campus(served)))
    author, second = (served.site.person(name, instructor=campus) for name in ("Ada", "Bea"))
    desk = Desk(visit(author, "en", "/assessment/banks"))
    bank = _bank_from_a_file(desk, tmp_path)
    _approved_by_somebody_else(Desk(visit(second, "en", bank)))
    _mapped(desk, bank)
    exam = _published(desk)
    for name in ("Cho", "Dan", "Eun"):
        _sat(visit, served.site.person(name, campus_trainee=campus), exam)
    _measured_and_regraded(served, desk, exam)


def _campus(served: Served) -> UUID:
    provide = served.site.provide
    city = provide(OrganisationService).add(SYSTEM, OrganisationDetails("city", "seoul", Titles("서울시", "Seoul")))
    details = CampusDetails(city.id, None, "mapo", Titles("마포 캠퍼스", "Mapo campus"), "마포구")
    campus_id: UUID = provide(CampusService).open(SYSTEM, details).id
    return campus_id


def _bank_from_a_file(desk: Desk, folder: Path) -> str:
    desk.link("Open a bank")
    desk.fill(title_ko="조석", title_en="Tides", slug="tides", certification="TIDES")
    desk.button("Open the bank").click()
    desk.said("The bank is open.")
    bank = urlsplit(desk.page.url).path
    desk.link("Import")
    file = folder / "tides.gift"
    file.write_text(FILE, encoding="utf-8")
    desk.page.locator("[name=file]").set_input_files(file)
    desk.page.locator("[name=language]").select_option("en")
    desk.page.locator("[name=licence]").select_option("LicenseRef-Own")
    desk.fill(attribution="Written for this test", author="Ada")
    desk.button("Look the file over").click()
    desk.said("nothing is kept yet")
    desk.button("Keep the items").click()
    desk.said("6 items came in. They wait for a second person's approval.")
    return bank


def _approved_by_somebody_else(desk: Desk) -> None:
    desk.page.get_by_role("checkbox", name=re.compile("all", re.IGNORECASE)).check()
    desk.sure("Approve")
    desk.said("6 items were approved.")


def _mapped(desk: Desk, bank: str) -> None:
    for domain, numbers in (("tides.1", "123"), ("tides.2", "456")):
        desk.go(bank)
        desk.tick(*(f"tides-{number}" for number in numbers))
        desk.page.get_by_text("Put the ticked items into a domain").click()
        desk.fill(certification="TIDES", domain=domain)
        desk.button("Put into the domain").click()
        desk.said("3 items were put into their domain.")


def _published(desk: Desk) -> str:
    desk.go("/assessment/authoring")
    desk.link("New exam")
    desk.fill(title_ko="조석 모의고사", title_en="Mock exam on tides", certification="TIDES")
    desk.fill(minutes="30", pass_percent="60")
    desk.page.get_by_role("checkbox", name="Tides").check()
    desk.page.get_by_role("checkbox", name="Korean").uncheck()
    for place, (domain, ko, en) in enumerate((("tides.1", "원리", "Causes"), ("tides.2", "관측", "Measuring"))):
        cells = {"domain": domain, "ko": ko, "en": en, "items": "3"}
        desk.fill(**{f"quotas__{place}__{name}": value for name, value in cells.items()})
    desk.button("Save").click()
    desk.said("This exam can be published")
    desk.sure("Publish the exam")
    desk.said("The exam is open to those it is for.")
    return urlsplit(desk.page.url).path


def _sat(visit: Visits, person_id: UUID, exam: str) -> None:
    room = ExamRoom(visit(person_id, "en", exam.replace("/authoring/", "/exams/")), "en")
    room.page.get_by_role("checkbox", name=room.word("agree")).check()
    room.button("begin").click()
    for slot in range(1, 7):
        room.at(slot)
        room.choose(1)
        room.saved()
        if slot < 6:
            room.button("next").click()
    room.hand_in()
    expect(room.page.get_by_text(room.word("estimate")).first).to_be_visible()


def _measured_and_regraded(served: Served, desk: Desk, exam: str) -> None:
    desk.go(exam)
    desk.link("Statistics")
    desk.said("Mock exam on tides")
    desk.go(exam)
    desk.link("Attempts and results")
    expect(desk.page.get_by_role("row")).to_have_count(4)
    desk.go(f"{exam}/questions")
    desk.link("tides-5")
    desk.page.get_by_label("Give everybody its points").check()
    desk.fill(reason="Two of its choices could be read as right.")
    desk.button("Show what would change").click()
    served.site.run_background()
    desk.page.reload()
    desk.said("This is what would change")
    desk.sure("Apply the regrade")
    desk.said("The regrade is applied.")
