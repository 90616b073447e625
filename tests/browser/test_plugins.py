"""Plugins in a browser: seen by an operator, switched at one campus, at every width."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import update

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.outbox.rows import PARKED
from lms_core.foundation.tables import outbox
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import CampusDetails, OrganisationDetails
from lms_core.organisation.service import CampusService, OrganisationService
from tests.support.browser import Served, Visits, overflows, problems
from tests.support.shelf import BROKEN_PANEL, GOOD_PANEL, MISSPELT, Shelf, shelf_in

HOME = ("lms_show_home",)
WIDTHS = (320, 768, 1280)
PAGES = {
    "plugins": "/plugins/",
    "plugin": "/plugins/cert_prep?kind=campus",
    "quarantined": "/plugins/terminals",
    "work": "/plugins/parked-work",
}


@pytest.fixture(scope="module", autouse=True)
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Plugins beside the real ones, put there before the site is served."""
    with shelf_in(tmp_path_factory.mktemp("browser") / "shelf") as made:
        made.add("labs", GOOD_PANEL, HOME, ko="실습실")
        made.add("shaky", BROKEN_PANEL, HOME, ko="불안정한 실습실")
        made.add("terminals", MISSPELT, ("lms_show_hoem",), ko="출석 단말 연동")
        yield made


@pytest.fixture(scope="module")
def admin(served: Served) -> UUID:
    """An administrator of a site with two campuses, plugins in every state, and work that failed."""
    site = served.site
    city = site.provide(OrganisationService).add(
        SYSTEM, OrganisationDetails("city", "seoul", Titles("서울시", "City of Seoul"))
    )
    for slug, ko, en in (("mapo", "마포 캠퍼스", "Mapo campus"), ("seongbuk", "성북 캠퍼스", "Seongbuk campus")):
        site.provide(CampusService).open(SYSTEM, CampusDetails(city.id, None, slug, Titles(ko, en), "마포구"))
    for plugin in ("cert_prep", "google_certs", "shaky"):
        site.provide(PluginService).enable(SYSTEM, plugin)
    with site.house.work.write() as uow:
        uow.later("labs.print", 7)
        uow.commit()
    with site.house.work.write() as uow:
        broken = {"state": PARKED, "attempts": 9, "last_error": "ConnectionRefusedError: the printer does not answer"}
        uow.session.execute(update(outbox).values(broken))
        uow.commit()
    person_id = site.administrator()
    for _ in range(6):
        site.browser(person_id).get("/home")
    return person_id


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_fault_that_axe_finds_and_fits(visit: Visits, admin: UUID, name: str, language: str) -> None:
    page = visit(admin, language, PAGES[name])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert not problems(page)
        assert not overflows(page)


def test_one_campus_is_switched_by_keyboard_and_a_refusal_is_shown_beside(visit: Visits, admin: UUID) -> None:
    page = visit(admin, "en", "/plugins/labs?kind=campus")
    page.get_by_role("switch", name=re.compile("Mapo campus")).press("Enter")
    page.get_by_text("Switched on.").wait_for()
    assert page.get_by_role("switch", name=re.compile("Mapo campus")).first.get_attribute("aria-checked") == "true"
    page.goto(page.url.replace("labs", "cert_prep"))
    page.get_by_role("switch", name="Whole site").click()
    page.get_by_text("google_certs” is on there and requires").wait_for()
    assert not problems(page)
