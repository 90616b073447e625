import io

import pytest

from lms_core.assessment.domain.formats import errors
from lms_core.assessment.domain.formats.bank_files import read_bank_file
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import Provenance

HEADER = "---\nformat: lms-bank/1\nlicence: CC0-1.0\n---\n"
SOUND = "\n# one\ntype: choice\n\n## en\n\nWhich?\n\n- [x] a\n- [ ] b\n"


def read(written: str) -> list[ReadItem]:
    options = ReadOptions("a.bank.md", provenance=Provenance("CC-BY-4.0", source_url="https://example.org"))
    return list(read_bank_file(io.BytesIO(written.encode()), options))


def test_what_the_file_says_of_its_origin_wins_over_what_the_importer_says() -> None:
    (item,) = read(HEADER + SOUND)
    assert item.content is not None
    assert item.content.provenance == Provenance("CC0-1.0", source_url="https://example.org")


def test_one_broken_item_is_refused_and_the_others_are_read() -> None:
    items = read(HEADER + SOUND + "\n# two\n\n## en\n\nWhich?\n\n- [ ] a\n- [ ] b\n")
    assert {item.identifier: item.content is not None for item in items} == {"one": True, "two": False}


def test_a_broken_header_refuses_the_file() -> None:
    with pytest.raises(errors.BrokenFile):
        read("---\nformat: other/1\nlicence: CC0-1.0\n---\n" + SOUND)
