"""What was measured, as it is looked at: in both languages, on small and large screens, by axe."""

from collections.abc import Mapping
from uuid import UUID

import pytest

from lms_core.assessment.service.measurement import CalibrationService, StatisticsService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.paging import PageRequest
from lms_core.hooks.caller import Hooks
from tests.support.browser import Camera, Served, Visits, overflows, problems
from tests.support.exams import Room, add_bank, fill
from tests.support.measuring import sit


@pytest.fixture(scope="module")
def pages(served: Served) -> Mapping[str, str]:
    """The addresses of the pages, after 36 people sat an exam and its bank was calibrated."""
    here = served.site.house
    room = Room(here.work, here.clock, here.provide(Hooks), here.settings, add_bank(here.work))
    fill(room)
    exam = room.published(forms=1)
    sit(room, exam, 36)
    calibrations = served.site.provide(CalibrationService)
    run_id = calibrations.request(SYSTEM, room.bank_id, "rasch")
    calibrations.compute(run_id)
    _, shown = served.site.provide(StatisticsService).of_bank(SYSTEM, room.bank_id, PageRequest())
    item_id = shown.page.items[0].item_id
    return {
        "exam": f"/assessment/authoring/{exam.id}/statistics",
        "bank": f"/assessment/banks/{room.bank_id}/statistics",
        "item": f"/assessment/banks/{room.bank_id}/statistics/{item_id}",
        "runs": f"/assessment/banks/{room.bank_id}/calibrations",
        "run": f"/assessment/calibrations/{run_id}",
    }


@pytest.fixture(scope="module")
def teacher(served: Served) -> UUID:
    """Somebody who may see every bank."""
    return served.site.administrator()


@pytest.mark.parametrize(("language", "width"), [("ko", 320), ("en", 1280)])
def test_every_page_fits_and_axe_finds_nothing(
    visit: Visits, pages: Mapping[str, str], teacher: UUID, camera: Camera, language: str, width: int
) -> None:
    for name, address in pages.items():
        page = visit(teacher, language, address, width=width)
        assert not overflows(page), name
        assert problems(page) == [], name
        camera.take(page, f"measurement-{name}-{language}-{width}", whole=True)
