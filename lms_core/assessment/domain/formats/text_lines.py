"""The lines of a text file as they come in: UTF-8 with or without a mark, any line end, refused by name."""

from collections.abc import Iterator
from typing import BinaryIO

from lms_core.assessment.domain.formats.errors import BrokenFile, FileRefused, TruncatedFile, WrongEncoding
from lms_core.foundation.text import text
from lms_core.hooks.item_formats import ReadOptions

_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def text_lines(stream: BinaryIO, options: ReadOptions) -> Iterator[tuple[int, str]]:
    """Number and text of every line, line ends kept as one newline. Raises WrongEncoding or BrokenFile."""
    for number, line in enumerate(stream, 1):
        if number == 1 and line.startswith(_UTF_16_MARKS):
            raise _wrong_encoding(options.file, number)
        if b"\0" in line:
            raise BrokenFile(text("The file holds binary data; it is no text."), options.file, number)
        yield number, _decoded(line.removeprefix(_UTF_8_MARK) if number == 1 else line, options.file, number)


def _decoded(line: bytes, file: str, number: int) -> str:
    try:
        return line.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and not line.endswith(b"\n"):
            raise TruncatedFile(text("The file ends in the middle of a letter."), file, number) from error
        raise _wrong_encoding(file, number) from error


def _wrong_encoding(file: str, line: int) -> FileRefused:
    return WrongEncoding(text("The file is not UTF-8. Save it as UTF-8, then try again."), file, line)
