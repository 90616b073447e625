import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lms_core.assessment.domain.bank_file import BankFile, Header, parse, write
from lms_core.assessment.domain.formats import errors
from lms_core.assessment.domain.formats.bank_files import read_bank_file
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import GroupInteraction, ItemContent, Provenance
from tests.support.banks.strategies import contents

OPTIONS = ReadOptions("a.bank.md")

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


CASE = "\n# shop\ntype: case-study\n\n## en\n\nRead about the shop.\n\n### overview: Overview\n\nIt sells.\n"


def question(name: str, **fields: str) -> str:
    """A sound question of that name."""
    written = "".join(f"{field}: {value}\n" for field, value in fields.items())
    return SOUND.replace("# one\n", f"# {name}\n{written}")


def test_a_case_is_read_with_its_questions_wherever_they_stand() -> None:
    items = read(HEADER + question("q1", case="shop") + question("alone") + CASE + question("q2", case="shop"))
    assert [item.identifier for item in items] == ["alone", "shop"]
    case = items[1].content
    assert case is not None
    assert isinstance(case.interaction, GroupInteraction)
    assert [one.identifier for one in case.interaction.items] == ["q1", "q2"]


def test_a_question_of_a_case_that_is_not_there_is_refused_alone() -> None:
    items = read(HEADER + question("q1", case="shop") + question("alone"))
    assert {item.identifier: [problem.rule for problem in item.problems] for item in items if not item.content} == {
        "q1": ["unknown-case"]
    }


def test_a_name_that_stands_twice_refuses_the_file_with_its_second_line() -> None:
    with pytest.raises(errors.BrokenFile) as refused:
        read(HEADER + SOUND + question("two") + SOUND)
    assert refused.value.line == 26


def test_what_looks_like_an_item_inside_a_fence_is_none() -> None:
    fenced = SOUND.replace("Which?", "Which?\n\n```\n# one\n## ko\n```")
    (item,) = read(HEADER + fenced)
    assert item.content is not None
    assert "# one" in item.content.stem["en"]


def test_a_fence_that_never_closes_is_named_with_its_line() -> None:
    with pytest.raises(errors.BrokenFile) as refused:
        read(HEADER + SOUND + question("two").replace("Which?", "```") + question("three"))
    assert refused.value.line == 21


@given(st.lists(contents(), max_size=4, unique_by=lambda content: content.identifier))
def test_piece_by_piece_is_what_the_whole_file_says(items: list[ItemContent]) -> None:
    header = Header(provenance=Provenance("CC0-1.0"))
    written = write(BankFile(header, tuple(items)))
    whole = parse(written, "a.bank.md")
    assume(not whole.findings)
    read_items = {item.identifier: item.content for item in read_bank_file(io.BytesIO(written.encode()), OPTIONS)}
    assert read_items == {content.identifier: content for content in whole.bank.items}
