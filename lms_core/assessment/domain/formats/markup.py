"""XML read as it streams in, an element of interest at a time: no document type, no entities, faults named."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from lms_core.assessment.domain.formats.errors import (
    BrokenFile,
    EntitiesRefused,
    FileRefused,
    TruncatedFile,
    WrongEncoding,
)
from lms_core.assessment.domain.xml_faults import fault_of
from lms_core.foundation.text import text

_CHUNK = 64 * 1024


@dataclass
class Element:
    """One element with its attributes, children and text."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def all(self, name: str) -> list["Element"]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Element | None":
        """The first child of that name."""
        return next(iter(self.all(name)), None)

    def words(self, *path: str) -> str:
        """The text at the end of `path`, empty if it leads nowhere."""
        element: Element | None = self
        for name in path:
            element = element.first(name) if element else None
        return "".join(element.parts).strip() if element else ""


class _Elements:
    """Collects the elements of interest as the parser meets them."""

    def __init__(self, file: str, root: str, name: str) -> None:
        self.done: list[Element] = []
        self._file, self._root, self._name = file, root, name
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._open: list[Element] = []
        self._in_root = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if not self._in_root:
            if name != self._root:
                reason = text("The file starts with “%(name)s”, not with “%(root)s”.", name=name, root=self._root)
                raise BrokenFile(reason, self._file, line)
            self._in_root = True
        elif self._open or name == self._name:
            element = Element(name, attributes, line)
            if self._open:
                self._open[-1].children.append(element)
            self._open.append(element)

    def _end(self, _name: str) -> None:
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.done.append(element)

    def _text(self, data: str) -> None:
        if self._open:
            self._open[-1].parts.append(data)

    def _doctype(self, *_declaration: object) -> None:
        raise _entities(self._file, self.parser.CurrentLineNumber)


def elements(stream: IO[bytes], file: str, root: str, name: str) -> Iterator[Element]:
    """Every `name` under a document called `root`, one after the other. Raises an error of `formats.errors`."""
    found = _Elements(file, root, name)
    at_end = False
    while not at_end:
        chunk = stream.read(_CHUNK)
        at_end = not chunk
        _feed(found, chunk, at_end, file)
        yield from found.done
        found.done.clear()


def _feed(found: _Elements, chunk: bytes, at_end: bool, file: str) -> None:
    try:
        found.parser.Parse(chunk, at_end)
    except expat.ExpatError as error:
        raise _refusal(error, chunk, file) from error
    except ValueError as error:  # expat's way of saying that it does not know a declared encoding
        raise _wrong_encoding(file, 1) from error


def _refusal(error: expat.ExpatError, chunk: bytes, file: str) -> FileRefused:
    place = (file, error.lineno)
    match fault_of(error, chunk):
        case "truncated":
            return TruncatedFile(text("The file ends in the middle of an element."), *place)
        case "xml-entities":
            return _entities(*place)
        case "wrong-encoding":
            return _wrong_encoding(*place)
        case "broken-file":
            return BrokenFile(text("Line %(line)s is not well-formed XML.", line=error.lineno), *place)


def _wrong_encoding(file: str, line: int) -> FileRefused:
    return WrongEncoding(text("The file is not UTF-8. Save it as UTF-8, then try again."), file, line)


def _entities(file: str, line: int) -> FileRefused:
    return EntitiesRefused(
        text("The XML uses a document type or entities of its own. Export it without, then try again."),
        file,
        line,
    )
