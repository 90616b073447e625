"""Who answered what: a matrix of persons and items, with gaps where an item was not given."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import text

Floats = NDArray[np.float64]
Marks = NDArray[np.int8]

MISSING = -1
CELLS = {"0": 0, "1": 1, "": MISSING}
PERSON_COLUMNS = frozenset({"", "id", "person", "person_id"})


@dataclass(frozen=True, slots=True)
class Responses:
    """Scored answers: ``marks[person, item]`` is 1, 0, or MISSING where the item was not given."""

    items: tuple[str, ...]
    marks: Marks

    @property
    def persons(self) -> int:
        """How many persons there are."""
        return int(self.marks.shape[0])

    def only(self, columns: Sequence[int]) -> "Responses":
        """The same persons on some of the items."""
        return Responses(tuple(self.items[one] for one in columns), self.marks[:, list(columns)])

    def complete(self) -> "Responses":
        """The persons who were given every item."""
        return Responses(self.items, self.marks[(self.marks != MISSING).all(axis=1)])


def read_rows(rows: Iterable[Sequence[str]]) -> Responses:
    """Read a table of cells 0, 1 or empty: a row a person, a column an item.

    A first row with anything else in it names the items; a first column called person or id is left out.
    Raises Invalid, naming row, column and cell.
    """
    table = [[cell.strip() for cell in row] for row in rows if row]
    named = bool(table) and not set(table[0]) <= set(CELLS)
    header = table[0] if named else [f"item{number}" for number in range(1, len(table[0]) + 1 if table else 1)]
    start = 1 if named and header[0].lower() in PERSON_COLUMNS else 0
    body = table[1:] if named else table
    _check_shape(header[start:], body, len(header))
    first = 2 if named else 1
    marks = [
        [_cell(row[at], number, header[at]) for at in range(start, len(header))]
        for number, row in enumerate(body, first)
    ]
    return Responses(tuple(header[start:]), np.array(marks, dtype=np.int8))


def read_csv(lines: Iterable[str]) -> Responses:
    """Read a comma-separated file of answers, as `read_rows` says. Raises Invalid."""
    return read_rows(csv.reader(lines))


def _check_shape(items: Sequence[str], body: Sequence[Sequence[str]], width: int) -> None:
    if not body or not items:
        raise Invalid(text("The file holds no answers. Give a row a person and a column an item."))
    if twice := next((one for one in items if items.count(one) > 1), None):
        raise Invalid(text("Two columns are called %(name)s. Give each item a name of its own.", name=twice))
    for number, row in enumerate(body, 1):
        if len(row) != width:
            raise Invalid(
                text(
                    "Person %(number)s has %(found)s cells, not %(wanted)s. Fill the row up with empty cells.",
                    number=number,
                    found=len(row),
                    wanted=width,
                )
            )


def _cell(written: str, row: int, column: str) -> int:
    if written not in CELLS:
        raise Invalid(
            text(
                "Row %(row)s, column %(column)s: %(cell)s is neither 0, 1 nor empty.",
                row=row,
                column=column,
                cell=written[:40],
            )
        )
    return CELLS[written]
