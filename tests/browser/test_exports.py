"""The page of an export as it is looked at: both languages, small and large screens, by axe."""

from io import BytesIO

import pytest

from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.service import BankService, ImportService
from lms_core.foundation.actors import SYSTEM
from lms_core.hooks.items import Provenance
from tests.support.banks.files import SAMPLE
from tests.support.browser import Camera, Served, Visits, overflows, problems

OURS = Provenance("CC0-1.0", "LMS Core contributors")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_export_is_looked_over_and_taken(
    served: Served, visit: Visits, camera: Camera, language: str, width: int
) -> None:
    command = ImportFile("academy", "a.gift", OURS)
    served.site.provide(ImportService).commit(SYSTEM, command, BytesIO(SAMPLE["gift"].read_bytes()))
    bank = served.site.provide(BankService).by_slug(SYSTEM, "academy")
    assert bank
    path = f"/assessment/banks/{bank.id}/export?format=csv&language=ko&everything=true"
    page = visit(served.site.administrator(), language, path, width=width)

    assert problems(page) == []
    assert not overflows(page)
    camera.take(page, f"export-{language}-{width}")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download the file" if language == "en" else "파일 받기").click()
    assert taken.value.suggested_filename.startswith("academy.")
