"""The page on formats says what was tried: a sample of each type, written and read back."""

from pathlib import Path

import pytest

from lms_core.assessment.domain.formats import CORE_FORMATS
from lms_core.hooks.item_formats import ItemFormat
from tests.support.banks.fidelity import lost_in

PAGE = Path(__file__).parents[5] / "docs/reference/formats.md"
WRITTEN = [one for one in CORE_FORMATS if one.write]


@pytest.mark.parametrize("item_format", WRITTEN, ids=lambda one: one.name)
def test_the_page_says_what_each_format_loses(item_format: ItemFormat) -> None:
    assert lost_in(item_format) in PAGE.read_text(encoding="utf-8")
