import io
from collections import Counter
from pathlib import Path

import pytest

from lms_core.assessment.domain.formats import CORE_FORMATS, errors, format_of, read_items
from lms_core.assessment.domain.items import canonical_hash
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import Provenance
from tests.support.banks.files import SAMPLE, real_bank

OURS = Provenance("CC0-1.0", attribution="LMS Core contributors")


def read(path: Path, provenance: Provenance = OURS) -> list[ReadItem]:
    with path.open("rb") as stream:
        return list(
            read_items(format_of(CORE_FORMATS, path.name), stream, ReadOptions(path.name, provenance=provenance))
        )


def hashes(path: Path) -> set[tuple[str, str]]:
    return {(item.identifier, canonical_hash(item.content, "ko")) for item in read(path) if item.content}


def rules(path: Path) -> Counter[str]:
    return Counter(problem.rule for item in read(path) for problem in item.problems)


@pytest.mark.parametrize("name", ["gift", "moodle-xml", "csv"])
def test_every_format_gives_the_same_stems_choices_and_keys(name: str) -> None:
    assert hashes(SAMPLE[name]) == hashes(SAMPLE["json-lines"])
    assert len(hashes(SAMPLE[name])) == 24


@pytest.mark.parametrize("name", ["gift", "moodle-xml", "json-lines"])
def test_formats_with_choice_feedback_report_the_same_dirt(name: str) -> None:
    assert rules(SAMPLE[name]) == {
        "shared-explanation": 8,
        "missing-explanation": 3,
        "all-of-the-above": 2,
        "renamed-product": 4,
    }


def test_csv_holds_no_choice_feedback_and_says_so() -> None:
    assert {item.has_choice_feedback for item in read(SAMPLE["csv"])} == {False}
    assert "shared-explanation" not in rules(SAMPLE["csv"])


def test_the_real_bank_is_the_same_in_its_four_formats() -> None:
    files = real_bank()
    read_hashes = {suffix: hashes(path) for suffix, path in files.items()}

    assert all(len(found) == 166 for found in read_hashes.values())
    assert len(set(map(frozenset, read_hashes.values()))) == 1
    for suffix in (".gift", ".jsonl", ".xml"):
        found = rules(files[suffix])
        assert (found["shared-explanation"], found["missing-explanation"], found["all-of-the-above"]) == (73, 12, 6)


def test_a_file_over_the_limit_is_refused_before_a_byte_is_read() -> None:
    class Huge(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            return 200_000_000 if whence == io.SEEK_END else 0

        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError("read")

    with pytest.raises(errors.FileTooLarge, match="200 MB"):
        list(read_items(format_of(CORE_FORMATS, "a.gift"), Huge(), ReadOptions("a.gift", provenance=OURS)))


def test_without_a_licence_nothing_is_read() -> None:
    with pytest.raises(errors.MissingLicence):
        read(SAMPLE["gift"], Provenance())


def test_a_licence_outside_the_list_is_refused() -> None:
    with pytest.raises(errors.UnknownLicence, match="CC-BY-NC"):
        read(SAMPLE["gift"], Provenance("CC-BY-NC-4.0", "x"))


def test_a_licence_that_asks_for_attribution_needs_one() -> None:
    with pytest.raises(errors.MissingAttribution):
        read(SAMPLE["gift"], Provenance("CC-BY-4.0"))


@pytest.mark.parametrize("item_format", CORE_FORMATS, ids=lambda item_format: item_format.name)
def test_an_empty_file_is_refused(item_format: object) -> None:
    with pytest.raises(errors.FileRefused):
        list(read_items(item_format, io.BytesIO(b""), ReadOptions("x", provenance=OURS)))


@pytest.mark.parametrize("item_format", CORE_FORMATS, ids=lambda item_format: item_format.name)
@pytest.mark.parametrize("garbage", ["\ufeffA".encode("utf-16"), "가나다,\n".encode("euc-kr") * 9, b"\x00\x01\x02"])
def test_a_file_that_is_no_utf_8_is_refused_by_name(item_format: object, garbage: bytes) -> None:
    with pytest.raises(errors.FileRefused):
        list(read_items(item_format, io.BytesIO(garbage), ReadOptions("x", provenance=OURS)))


@pytest.mark.parametrize("name", SAMPLE)
def test_a_truncated_file_is_refused_as_a_whole(name: str) -> None:
    cut = SAMPLE[name].read_bytes().rstrip()[:-100]

    with pytest.raises(errors.TruncatedFile):
        list(read_items(format_of(CORE_FORMATS, SAMPLE[name].name), io.BytesIO(cut), ReadOptions("x", provenance=OURS)))


def test_a_format_is_found_by_suffix_or_by_name() -> None:
    assert format_of(CORE_FORMATS, "x.moodle.xml").name == "moodle-xml"
    assert format_of(CORE_FORMATS, "X.GIFT").name == "gift"
    assert format_of(CORE_FORMATS, "x.txt", "gift").name == "gift"
    with pytest.raises(errors.UnknownFormat, match="moodle-xml"):
        format_of(CORE_FORMATS, "x.doc")
