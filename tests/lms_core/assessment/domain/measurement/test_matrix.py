"""A table of answers is read as it is, or refused by row and column."""

import pytest

from lms_core.assessment.domain.measurement.matrix import read_csv
from lms_core.foundation.errors import Invalid


def test_gaps_names_and_a_column_of_persons_are_understood() -> None:
    found = read_csv(["person,q1,q2", "kim,1,0", "lee,,1"])
    assert found.items == ("q1", "q2")
    assert found.marks.tolist() == [[1, 0], [-1, 1]]


def test_without_names_items_are_numbered() -> None:
    assert read_csv(["1,0", "0,1"]).items == ("item1", "item2")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["a,b", "1,2"], "Row 2, column b: 2 is neither 0, 1 nor empty."),
        (["a,b", "1"], "Person 1 has 1 cells, not 2."),
        (["a,a", "1,0"], "Two columns are called a."),
        (["a,b"], "holds no answers"),
        ([], "holds no answers"),
    ],
)
def test_a_broken_table_is_refused_by_name(lines: list[str], said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_csv(lines)
