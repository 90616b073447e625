"""A file on its way into a bank as it is looked at: the form, the preview by page, and the report."""

import pytest
from playwright.sync_api import Page, expect

from lms_core.assessment.domain.banks import OpenBank
from lms_core.assessment.service import BankService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.text import Titles
from tests.support.browser import Camera, Served, Visits, overflows, problems
from tests.support.switching import switch_on

pytestmark = pytest.mark.slow
GOOD = "문제 {0} [good-{0}]\n저장소 {0}에서 {1}번째 설정은 무엇인가요?\n① 가\n② 나\n정답: ②\n"
BAD = "문제 {0} [bad-{0}]\n저장소 {0}은 무엇인가요?\n① 가\n② 나\n"
SHEET = "".join([BAD.format(number) for number in range(25)] + [GOOD.format(number, number * 7) for number in range(3)])


def sound(page: Page, camera: Camera, name: str) -> None:
    """Nothing is wrong with the page as it stands, and there is a picture of it."""
    assert problems(page) == []
    assert not overflows(page)
    camera.take(page, name)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_sheet_is_chosen_looked_over_by_page_and_kept(
    served: Served, visit: Visits, camera: Camera, language: str, width: int
) -> None:
    switch_on(served.site, "cert_prep")
    slug = f"sheet-{language}-{width}"
    bank = served.site.provide(BankService).open(SYSTEM, OpenBank(slug, Titles("은행", "Bank")))
    page = visit(served.site.administrator(), language, f"/assessment/banks/{bank.id}/import", width=width)
    expect(page.locator("select[name=format] option", has_text=".sheet.txt")).to_have_count(1)
    sound(page, camera, f"import-form-{language}-{width}")

    sheet = {"name": "a.sheet.txt", "mimeType": "text/plain", "buffer": SHEET.encode()}
    page.locator("input[type=file]").set_input_files([sheet])  # type: ignore[list-item]  # a TypedDict
    page.locator("select[name=licence]").select_option("CC0-1.0")
    page.locator("form[enctype] button[type=submit]").click()
    expect(page.get_by_text("bad-0", exact=True)).to_be_visible()
    sound(page, camera, f"import-preview-{language}-{width}")
    page.locator("nav.pagination a").last.click()
    expect(page.get_by_text("bad-24")).to_be_visible()

    page.locator("main form[method=post] button").first.click()
    expect(page).to_have_url(served.address + "/assessment/imports/" + page.url.rpartition("/")[2].partition("?")[0])
    expect(page.get_by_text("bad-0", exact=True)).to_be_visible()
    sound(page, camera, f"import-report-{language}-{width}")
