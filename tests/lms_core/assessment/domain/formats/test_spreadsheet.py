"""A spreadsheet is read as its text, bombs are refused unopened, and no cell that we write is a formula."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from lms_core.assessment.domain.formats.comma_separated import CommaSeparatedWriter, read_comma_separated
from lms_core.assessment.domain.formats.errors import BrokenFile, FileTooLarge
from lms_core.assessment.domain.formats.spreadsheet import SpreadsheetWriter, read_spreadsheet
from lms_core.assessment.domain.items import choices_of
from lms_core.hooks.item_formats import ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words

OPTIONS = ReadOptions("items.xlsx", language="en")
HEADER = ["id", "stem", "choice_a", "choice_b", "answer"]


def book(*rows: list[object]) -> io.BytesIO:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    stream.seek(0)
    return stream


def read(stream: io.BytesIO) -> list[ReadItem]:
    return list(read_spreadsheet(stream, OPTIONS))


def formula() -> ItemContent:
    choices = (Choice("a", Words(en="=1+1"), correct=True), Choice("b", Words(en="@SUM(A1)")))
    return ItemContent("q", "choice", Words(en="-2 or =HYPERLINK?"), ChoiceInteraction(choices))


def test_numbers_are_read_as_people_wrote_them() -> None:
    (item,) = read(book(HEADER, ["q1", "How many?", 3, 4.5, "A"]))
    assert item.content is not None
    assert [choice.text["en"] for choice in choices_of(item.content)] == ["3", "4.5"]
    assert item.line == 2


def test_a_column_that_is_missing_is_named() -> None:
    with pytest.raises(BrokenFile, match="choice_b"):
        read(book(["id", "stem", "choice_a", "answer"], ["q", "Which?", "x", "A"]))


def test_a_file_that_is_no_spreadsheet_is_refused() -> None:
    with pytest.raises(BrokenFile):
        read(io.BytesIO(b"id,stem\n"))


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_opened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    with pytest.raises(FileTooLarge):
        read(stream)


def test_what_looks_like_a_formula_is_text_in_both_tables_and_comes_back() -> None:
    for writer, reader in ((SpreadsheetWriter, read_spreadsheet), (CommaSeparatedWriter, read_comma_separated)):
        stream = io.BytesIO()
        wrote = writer(stream, WriteOptions("en"))
        wrote.add(formula())
        wrote.close()
        assert b"\n=" not in stream.getvalue()
        assert b",=" not in stream.getvalue()
        stream.seek(0)
        (item,) = reader(stream, OPTIONS)
        assert item.content is not None
        assert [choice.text["en"] for choice in choices_of(item.content)] == ["=1+1", "@SUM(A1)"]


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    stream = io.BytesIO()
    wrote = SpreadsheetWriter(stream, WriteOptions("en"))
    wrote.add(formula())
    wrote.close()
    sheet = load_workbook(stream).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
