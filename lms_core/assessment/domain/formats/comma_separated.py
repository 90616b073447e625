"""CSV with a header: `id, stem, choice_a ... choice_z, answer, explanation`. One explanation for the item.

The rows are those of `table`, which spreadsheets share.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import BinaryIO

from lms_core.assessment.domain.formats.errors import BrokenFile, TruncatedFile
from lms_core.assessment.domain.formats.table import COLUMNS, header_of, item_of, row_of
from lms_core.assessment.domain.formats.text_lines import text_lines
from lms_core.foundation.text import Titles, text
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import ItemContent


def read_comma_separated(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every row as an item, or refused with its line."""
    lines = _Lines(stream, options)
    rows = csv.reader(lines, strict=True)
    header: list[str] | None = None
    start = 1
    for row in _rows(rows, options):
        if header is None:
            header = header_of(row, options)
        elif len(row) < len(header) and lines.ends_open:
            raise TruncatedFile(text("The last row is not complete."), options.file, start)
        elif any(row):
            yield item_of(start, header, row, options)
        start = rows.line_num + 1


class _Lines:
    """The lines of the file; `ends_open` once the last one read has no line end."""

    def __init__(self, stream: BinaryIO, options: ReadOptions) -> None:
        self._lines = text_lines(stream, options)
        self.ends_open = False

    def __iter__(self) -> Iterator[str]:
        for _, line in self._lines:
            self.ends_open = not line.endswith("\n")
            yield line


def _rows(rows: Iterator[list[str]], options: ReadOptions) -> Iterator[list[str]]:
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            line = getattr(rows, "line_num", 0)
            if "unexpected end" in str(error):
                raise TruncatedFile(text("The file ends inside quotation marks."), options.file, line) from error
            raise BrokenFile(text("Line %(line)s is not CSV.", line=line), options.file, line) from error


class CommaSeparatedWriter:
    """Writes single and multiple choice items of at most eight choices."""

    def __init__(self, stream: BinaryIO, options: WriteOptions) -> None:
        """Write into `stream` in the one language of the options."""
        self._stream = stream
        self._language = options.language
        self._write(COLUMNS)

    def add(self, content: ItemContent) -> None:
        """Write one row. Raises CannotHold."""
        self._write(row_of(content, self._language))

    def close(self) -> None:
        """Nothing stands at the end."""

    def _write(self, row: Sequence[str]) -> None:
        line = StringIO()
        csv.writer(line, lineterminator="\n").writerow(row)
        self._stream.write(line.getvalue().encode())


COMMA_SEPARATED = ItemFormat("csv", Titles("CSV", "CSV"), (".csv",), read_comma_separated, CommaSeparatedWriter)
