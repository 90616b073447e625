"""XLSX: the rows of `table` on the first sheet. Cells are read as their text; formulas and macros never run."""

from collections.abc import Iterator
from typing import Any, BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from lms_core.assessment.domain.formats.errors import BrokenFile, too_large
from lms_core.assessment.domain.formats.table import COLUMNS, header_of, item_of, row_of
from lms_core.foundation.text import Titles, text
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import ItemContent

_UNPACKED: Final = 256_000_000
_RATIO: Final = 200


def read_spreadsheet(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every row as an item, or refused with its number."""
    _check_size(stream, options)
    header: list[str] | None = None
    for number, row in enumerate(_rows(stream, options), 1):
        if header is None:
            header = header_of(row, options)
        elif any(row):
            yield item_of(number, header, row[: len(header)], options)


def _check_size(stream: BinaryIO, options: ReadOptions) -> None:
    """Refuse an archive that unpacks to more than is read, before anything is unpacked."""
    try:
        with ZipFile(stream) as archive:
            packed = sum(one.compress_size for one in archive.infolist()) or 1
            unpacked = sum(one.file_size for one in archive.infolist())
    except BadZipFile as error:
        raise _no_spreadsheet(options) from error
    stream.seek(0)
    if unpacked > _UNPACKED or (unpacked > 10_000_000 and unpacked / packed > _RATIO):
        raise too_large(options.file, unpacked, _UNPACKED)


def _rows(stream: BinaryIO, options: ReadOptions) -> Iterator[list[str]]:
    try:
        book = load_workbook(stream, read_only=True, data_only=True)
        yield from (list(map(_text, row)) for row in book.worksheets[0].iter_rows(values_only=True))
    except (KeyError, ValueError, IndexError, OSError, SyntaxError, BadZipFile) as error:
        raise _no_spreadsheet(options) from error


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


class SpreadsheetWriter:
    """Writes a workbook of one sheet, every cell as text."""

    def __init__(self, stream: BinaryIO, options: WriteOptions) -> None:
        """Write into `stream` in the one language of the options."""
        self._stream = stream
        self._language = options.language
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("items")
        self._sheet.append(list(COLUMNS))

    def add(self, content: ItemContent) -> None:
        """Write one row. Raises CannotHold."""
        self._sheet.append([self._cell(written) for written in row_of(content, self._language)])

    def close(self) -> None:
        """Write the workbook."""
        self._book.save(self._stream)

    def _cell(self, written: str) -> Any:
        cell = WriteOnlyCell(self._sheet, value=written)
        cell.data_type = "s"
        return cell


def _no_spreadsheet(options: ReadOptions) -> BrokenFile:
    return BrokenFile(text("This is no spreadsheet that we can read. Save it as XLSX, then try again."), options.file)


SPREADSHEET = ItemFormat(
    "xlsx", Titles("엑셀", "Spreadsheet"), (".xlsx",), read_spreadsheet, SpreadsheetWriter, binary=True
)
