"""Moodle XML, read as it streams in: one question in memory, no document type, no entities."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.parsers import expat

from lms_core.assessment.domain.bank_file.model import tidy
from lms_core.assessment.domain.findings import Problem, warning
from lms_core.assessment.domain.formats.base import ReadItem, ReadOptions, checked, rejected
from lms_core.assessment.domain.formats.categories import tags_of
from lms_core.assessment.domain.formats.errors import (
    BrokenFile,
    EntitiesRefused,
    FileRefused,
    TruncatedFile,
    WrongEncoding,
)
from lms_core.assessment.domain.formats.html import markdown_of
from lms_core.assessment.domain.formats.weights import by_weights, weighted_choice
from lms_core.foundation.text import text
from lms_core.hooks.items import Choice, ItemContent
from lms_core.hooks.words import NO_WORDS, Words

_CHUNK = 64 * 1024
_CUT_OFF = {
    expat.errors.codes[message]
    for message in (
        expat.errors.XML_ERROR_NO_ELEMENTS,
        expat.errors.XML_ERROR_UNCLOSED_TOKEN,
        expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
        expat.errors.XML_ERROR_PARTIAL_CHAR,
    )
}
_ENCODING = {
    expat.errors.codes[message]
    for message in (expat.errors.XML_ERROR_UNKNOWN_ENCODING, expat.errors.XML_ERROR_INCORRECT_ENCODING)
}
_INVALID = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_UNDEFINED = expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]


@dataclass
class _Element:
    """One element with its attributes, children and text."""

    name: str
    attributes: dict[str, str]
    line: int
    children: list["_Element"] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def all(self, name: str) -> list["_Element"]:
        """The children of that name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "_Element | None":
        """The first child of that name."""
        return next(iter(self.all(name)), None)

    def words(self, *path: str) -> str:
        """The text at the end of `path`, empty if it leads nowhere."""
        element: _Element | None = self
        for name in path:
            element = element.first(name) if element else None
        return "".join(element.parts).strip() if element else ""


class _Questions:
    """Collects the `question` elements as the parser meets them."""

    def __init__(self, file: str) -> None:
        self.done: list[_Element] = []
        self.file = file
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._open: list[_Element] = []
        self._is_quiz = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if not self._is_quiz:
            if name != "quiz":
                reason = text("This XML is no Moodle quiz: it starts with “%(name)s”.", name=name)
                raise BrokenFile(reason, self.file, line)
            self._is_quiz = True
        elif self._open or name == "question":
            element = _Element(name, attributes, line)
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
        raise _entities(self.file, self.parser.CurrentLineNumber)


def read_moodle_xml(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every question as an item, or refused with its line."""
    questions = _Questions(options.file)
    category = ""
    at_end = False
    while not at_end:
        chunk = stream.read(_CHUNK)
        at_end = not chunk
        _feed(questions, chunk, at_end, options)
        for question in questions.done:
            if question.attributes.get("type") == "category":
                category = question.words("category", "text")
            else:
                yield _read(question, category, options)
        questions.done.clear()


def _feed(questions: _Questions, chunk: bytes, at_end: bool, options: ReadOptions) -> None:
    try:
        questions.parser.Parse(chunk, at_end)
    except expat.ExpatError as error:
        raise _refusal(error, chunk, options) from error
    except ValueError as error:  # expat's way of saying that it does not know a declared encoding
        raise _wrong_encoding(options.file, 1) from error


def _refusal(error: expat.ExpatError, chunk: bytes, options: ReadOptions) -> FileRefused:
    place = (options.file, error.lineno)
    if error.code in _CUT_OFF:
        return TruncatedFile(text("The file ends in the middle of an element."), *place)
    if error.code == _UNDEFINED:
        return _entities(*place)
    if error.code in _ENCODING or (error.code == _INVALID and not _is_utf_8(chunk)):
        return _wrong_encoding(*place)
    return BrokenFile(text("Line %(line)s is not well-formed XML.", line=error.lineno), *place)


def _is_utf_8(chunk: bytes) -> bool:
    """Whether a piece of a file is UTF-8, whichever characters its ends cut through."""
    whole = chunk.lstrip(bytes(range(0x80, 0xC0)))
    try:
        codecs.getincrementaldecoder("utf-8")().decode(whole)
    except UnicodeDecodeError:
        return False
    return True


def _wrong_encoding(file: str, line: int) -> FileRefused:
    return WrongEncoding(text("The file is not UTF-8. Save it as UTF-8, then try again."), file, line)


def _entities(file: str, line: int) -> FileRefused:
    return EntitiesRefused(
        text("The XML uses a document type or entities of its own. Export it without, then try again."),
        file,
        line,
    )


def _read(question: _Element, category: str, options: ReadOptions) -> ReadItem:
    name = question.words("idnumber") or question.words("name", "text")
    kind = question.attributes.get("type", "")
    if kind != "multichoice":
        problem = text("Items of type “%(type)s” cannot be imported yet.", type=kind)
        return rejected(question.line, name, Problem("not-yet-importable", problem))
    try:
        choices = [_choice(number, answer, options) for number, answer in enumerate(question.all("answer"))]
    except ValueError:
        problem = text("A fraction is no number. Write 100 for the right choice.")
        return rejected(question.line, name, Problem("unreadable-mark", problem))
    content = _content(question, name, choices, category, options)
    return checked(question.line, content, *_told(question))


def _content(question: _Element, name: str, choices: list[Choice], category: str, options: ReadOptions) -> ItemContent:
    single = question.words("single").lower() not in {"false", "0"}
    kind, scoring, interaction = by_weights(choices, single=single)
    tags = [tidy(tag.words("text")) for element in question.all("tags") for tag in element.all("tag")]
    return ItemContent(
        identifier=name,
        type=kind,
        stem=_words(question.first("questiontext"), options),
        interaction=interaction,
        scoring=scoring,
        explanation=_words(question.first("generalfeedback"), options),
        tags=tuple(dict.fromkeys([*tags_of(category), *tags])),
        provenance=options.provenance,
    )


def _choice(position: int, answer: _Element, options: ReadOptions) -> Choice:
    share = float(answer.attributes.get("fraction", "0")) / 100
    return weighted_choice(position, _words(answer, options), _words(answer.first("feedback"), options), share)


def _words(element: _Element | None, options: ReadOptions) -> Words:
    if element is None:
        return NO_WORDS
    written = element.words("text")
    if element.attributes.get("format") in {"html", "moodle_auto_format"}:
        written = markdown_of(written)
    return Words({options.language: tidy(written)})


def _told(question: _Element) -> Iterator[Problem]:
    stem = question.first("questiontext")
    if stem and stem.attributes.get("format") in {"html", "moodle_auto_format"}:
        yield warning("converted-markup", text("The text was HTML and is Markdown now. Look at it once."))
    if stem and stem.all("file"):
        yield warning("lost-picture", text("A picture inside the question was not taken along."))
