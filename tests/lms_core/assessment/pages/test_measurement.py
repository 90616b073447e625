"""What instructors see of what was measured: statistics of exams and banks, calibrations."""

from uuid import UUID

import pytest

from lms_core.assessment.service.measurement import CalibrationService
from lms_core.foundation.actors import Actor
from lms_core.hooks.caller import Hooks
from tests.support.exams import Room, add_bank, fill
from tests.support.measuring import sit
from tests.support.site import Site


@pytest.fixture
def measured(embedded_site: Site) -> Room:
    """A site with a bank and an exam."""
    here = embedded_site.house
    room = Room(here.work, embedded_site.clock, here.provide(Hooks), here.settings, add_bank(here.work))
    fill(room)
    return room


def test_the_page_of_an_exam_tells_items_and_forms(embedded_site: Site, measured: Room, teacher: UUID) -> None:
    exam = measured.published(forms=1)
    browser = embedded_site.browser(teacher)
    assert "No figures yet" in browser.get(f"/assessment/authoring/{exam.id}/statistics").text
    sit(measured, exam, 6)
    page = browser.get(f"/assessment/authoring/{exam.id}/statistics")
    assert page.status_code == 200
    for said in ("Reliability (alpha, KR-20)", "Few people", "few answers", "Median time", "What these figures mean"):
        assert said in page.text
    one = browser.get(f"/assessment/authoring/{exam.id}/statistics?sort=-facility&size=1")
    assert one.status_code == 200


def test_an_item_tells_who_picked_what(embedded_site: Site, measured: Room, teacher: UUID) -> None:
    exam = measured.published(forms=1)
    sit(measured, exam, 6)
    browser = embedded_site.browser(teacher)
    page = browser.get(f"/assessment/banks/{measured.bank_id}/statistics").text
    address = next(part for part in page.split('"') if f"{measured.bank_id}/statistics/" in part)
    shown = browser.get(address).text
    assert "Strongest fifth" in shown
    assert "Fewer than 30 people answered it" in shown


def test_the_file_says_the_same_and_holds_no_formula(embedded_site: Site, measured: Room, teacher: UUID) -> None:
    exam = measured.published(forms=1)
    sit(measured, exam, 6)
    browser = embedded_site.browser(teacher)
    browser.get(f"/assessment/authoring/{exam.id}/statistics")
    file = browser.get(f"/assessment/authoring/{exam.id}/statistics.csv")
    rows = file.text.strip().splitlines()
    assert file.headers["Content-Type"].startswith("text/csv")
    assert len(rows) == 7
    assert not any(cell.startswith(("=", "@")) for row in rows for cell in row.split(","))


def test_a_calibration_is_asked_for_and_read(embedded_site: Site, measured: Room, teacher: UUID) -> None:
    sit(measured, measured.published(forms=1), 32)
    browser = embedded_site.browser(teacher)
    runs = f"/assessment/banks/{measured.bank_id}/calibrations"
    assert "This bank was not calibrated yet" in browser.get(runs).text
    asked = browser.submit(runs, model="rasch")
    assert asked.status_code == 302
    assert "How far it is" in browser.get(asked.location).text
    embedded_site.provide(CalibrationService).compute(UUID(asked.location.rsplit("/", 1)[-1]))
    page = browser.get(asked.location).text
    for said in ("What the bank tells about whom", "Log-likelihood", "Reliability of the abilities"):
        assert said in page
    assert "Run 1" in browser.get(runs).text
    assert "This calibration is not in force yet" in page
    browser.submit(f"{asked.location}/acceptance")
    assert "This calibration is in force" in browser.get(asked.location).text
    assert "accepted" in browser.get(runs).text
    assert "±" in browser.get(f"/assessment/banks/{measured.bank_id}/statistics").text


def test_a_trainee_sees_none_of_it(embedded_site: Site, measured: Room, trainee: UUID) -> None:
    exam = measured.published(forms=1)
    browser = embedded_site.browser(trainee)
    run_id = embedded_site.provide(CalibrationService).request(Actor(None, almighty=True), measured.bank_id, "rasch")
    for address in (
        f"/assessment/authoring/{exam.id}/statistics",
        f"/assessment/banks/{measured.bank_id}/statistics",
        f"/assessment/banks/{measured.bank_id}/calibrations",
        f"/assessment/calibrations/{run_id}",
    ):
        assert browser.get(address).status_code in {403, 404}
