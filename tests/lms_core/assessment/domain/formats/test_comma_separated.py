import io

import pytest

from lms_core.assessment.domain.formats import errors
from lms_core.assessment.domain.formats.comma_separated import read_comma_separated
from lms_core.assessment.domain.items import choices_of
from lms_core.hooks.item_formats import ReadItem, ReadOptions

HEADER = "id,stem,choice_a,choice_b,choice_c,answer,explanation\n"


def read(rows: str, header: str = HEADER) -> list[ReadItem]:
    return list(read_comma_separated(io.BytesIO((header + rows).encode()), ReadOptions("a.csv", language="en")))


def test_several_letters_are_a_multiple_response() -> None:
    (item,) = read("1,Pick two?,a,b,c,A;C,why\n")
    assert item.content is not None
    assert item.content.type == "multiple-response"
    assert [choice.correct for choice in choices_of(item.content)] == [True, False, True]


def test_rows_over_several_lines_are_found_by_their_first_line() -> None:
    first, second = read('1,"Which\nof these?",a,b,,A,\n\n2,Which now?,a,b,,,\n')
    assert (first.line, second.line) == (2, 5)
    assert {problem.rule for problem in second.errors} == {"no-key"}


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("1,Which?,a,b,,E,\n", "unknown-name"),
        ("1,Which?,a,b,,C,\n", "unknown-name"),
        ("1,Which?,a,b\n", "columns-differ"),
        ("1,Which?,a,a,,A,\n", "equal-choices"),
        ("1,,a,b,,A,\n", "empty-stem"),
    ],
)
def test_an_unusable_row_is_refused_by_rule(row: str, rule: str) -> None:
    (item,) = read(row)
    assert item.content is None
    assert rule in {problem.rule for problem in item.errors}


def test_a_file_without_its_columns_is_refused() -> None:
    with pytest.raises(errors.BrokenFile, match="answer"):
        read("1,Which?,a,b\n", "id,stem,choice_a,choice_b\n")


def test_an_open_quotation_mark_at_the_end_is_a_truncated_file() -> None:
    with pytest.raises(errors.TruncatedFile):
        read('1,"Which?,a,b,,A,')
