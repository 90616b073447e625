"""Reading the XML of QTI safely, whichever version it is, into one shape.

`read_document(data)` answers a `Document`: its `version` and its `root`, an `Element`. An element has

* `name`: the local name in the camel case of QTI 2.x (`assessmentItem`, `responseIf`, `mapResponse`), also where the
  file is QTI 3 and writes `qti-map-response`;
* `kind`: "qti"; "html" for what QTI takes over from HTML (`p`, `img`, `table`); "foreign" for other namespaces (MathML,
  SSML, the manifest of a package), whose address is `namespace`;
* `attributes`: by camel case names (`baseType`, also for QTI 3's `base-type`); `data-*`, `aria-*` and `xml:lang` as
  written, other namespaces as `{address}name`;
* `line`: where its start tag stands, from 1;
* `content`: elements and texts in the order written; `children` are its elements, `text` is its own text, joined and
  stripped; `all_text` includes that of everything inside.

What could reach into the machine or exhaust it is refused before it is read: document types (and with them every
entity), files past `SIZE_LIMIT`, elements nested past `DEPTH_LIMIT`, more than `ELEMENT_LIMIT` of them.
No address in a document is ever opened.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final, Literal
from xml.parsers import expat

from lms_core.assessment.domain.qti.errors import UnreadableDocument
from lms_core.assessment.domain.qti.names import HTML, PREFIX, VERSIONS, Version, attribute_name, element_name
from lms_core.assessment.domain.xml_faults import XmlFault, fault_of
from lms_core.foundation.text import Text, text

SIZE_LIMIT: Final = 16_000_000
"""Bytes of one XML file that are read at most (pictures may be embedded in it)."""
DEPTH_LIMIT: Final = 100
ELEMENT_LIMIT: Final = 200_000

Kind = Literal["qti", "html", "foreign"]

_REASONS: Final[dict[XmlFault, Callable[[int], Text]]] = {
    "truncated": lambda _line: text("The file ends in the middle of an element."),
    "wrong-encoding": lambda _line: text("The file is not in the encoding it declares."),
    "broken-file": lambda line: text("Line %(line)s is not well-formed XML.", line=line),
}


@dataclass(eq=False, slots=True)
class Element:
    """One element of a document; the module's page tells its fields."""

    name: str
    kind: Kind
    namespace: str
    attributes: dict[str, str]
    line: int
    content: list["Element | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Element"]:
        """The elements directly inside, in the order written."""
        return [each for each in self.content if isinstance(each, Element)]

    @property
    def text(self) -> str:
        """The text directly inside, joined, without the space around it."""
        return "".join(each for each in self.content if isinstance(each, str)).strip()

    @property
    def all_text(self) -> str:
        """The text inside, at whatever depth, as written."""
        return "".join(each if isinstance(each, str) else each.all_text for each in self.content)

    def all(self, name: str) -> list["Element"]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Element | None":
        """The first child of that name."""
        return next(iter(self.all(name)), None)

    def walk(self) -> Iterator["Element"]:
        """This element and every one inside it, in the order written."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """An XML file as read. `version` is empty for a root of another namespace; without one, names tell it."""

    version: Version
    root: Element


def read_stream(stream: BinaryIO, limit: int = SIZE_LIMIT) -> Document:
    """The document of a seekable stream, measured before a byte of it is read. Raises UnreadableDocument."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    require_size(size, limit)
    return read_document(stream.read(limit + 1), limit)


def read_document(data: bytes, limit: int = SIZE_LIMIT) -> Document:
    """The document that `data` is the XML of. Raises UnreadableDocument."""
    require_size(len(data), limit)
    builder = _Builder()
    try:
        builder.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise _refusal(error, data) from error
    except (ValueError, LookupError) as error:  # expat's way of saying that it does not know a declared encoding
        raise _unreadable("wrong-encoding", text("The file's encoding is unknown. Save it as UTF-8."), 1) from error
    return Document(builder.version, builder.top.children[0])


def require_size(size: int, limit: int = SIZE_LIMIT) -> None:
    """Raise UnreadableDocument if a file of `size` bytes is larger than is read."""
    if size > limit:
        reason = text(
            "The file has %(size)s MB; at most %(limit)s MB are read. Move its pictures into files of their own.",
            size=round(size / 1_000_000),
            limit=round(limit / 1_000_000),
        )
        raise _unreadable("file-too-large", reason, 0)


class _Builder:
    """Builds elements as the parser meets them, and stops it at what is refused."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.top = Element("", "foreign", "", {}, 0)
        self.version: Version = ""
        self._open = [self.top]
        self._count = 0

    def _start(self, written: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        namespace, _, local = written.rpartition(" ")
        if not self._count:
            self.version = _version(namespace, local)
        self._count += 1
        self._require_measure(line)
        element = Element(local, "foreign", namespace, {}, line)
        self._name(element)
        version = self.version if element.kind != "foreign" else ""
        element.attributes = {attribute_name(name, version): value for name, value in attributes.items()}
        self._open[-1].content.append(element)
        self._open.append(element)

    def _name(self, element: Element) -> None:
        """Give an element of QTI its kind and its name in the one vocabulary."""
        if not self.version or (element.namespace and element.namespace not in VERSIONS):
            return
        is_html = not element.name.startswith(PREFIX) if self.version == "3.0" else element.name in HTML
        element.kind = "html" if is_html else "qti"
        if not is_html:
            element.name = element_name(element.name, self.version)

    def _require_measure(self, line: int) -> None:
        if len(self._open) > DEPTH_LIMIT:
            reason = text("Elements are nested more than %(limit)s deep.", limit=DEPTH_LIMIT)
            raise _unreadable("too-deep", reason, line)
        if self._count > ELEMENT_LIMIT:
            reason = text("The file has more than %(limit)s elements.", limit=ELEMENT_LIMIT)
            raise _unreadable("too-many-elements", reason, line)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _text(self, data: str) -> None:
        self._open[-1].content.append(data)

    def _doctype(self, *_declaration: object) -> None:
        raise _entities(self.parser.CurrentLineNumber)


def _version(namespace: str, local: str) -> Version:
    """The version of a document by its root: files without a namespace are told by their names."""
    if namespace:
        return VERSIONS.get(namespace, "")
    return "3.0" if local.startswith(PREFIX) else "2.2"


def _refusal(error: expat.ExpatError, data: bytes) -> UnreadableDocument:
    fault = fault_of(error, data)
    if fault == "xml-entities":
        return _entities(error.lineno)
    return _unreadable(fault, _REASONS[fault](error.lineno), error.lineno)


def _entities(line: int) -> UnreadableDocument:
    reason = text("The XML uses a document type or entities of its own. Export it without, then try again.")
    return _unreadable("xml-entities", reason, line)


def _unreadable(rule: str, reason: Text, line: int) -> UnreadableDocument:
    return UnreadableDocument(rule, reason, "", line)
