"""JSON lines: one object a line, `{"id", "stem", "choices": [{"text", "correct", "feedback"}], ...}`.

A line may also hold an item content as this house stores it (`content_json`): that is how it is written, without loss.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from lms_core.assessment.domain.bank_file.model import positional, tidy
from lms_core.assessment.domain.content_json import decode, dumps
from lms_core.assessment.domain.formats.base import checked, rejected
from lms_core.assessment.domain.formats.categories import tags_of
from lms_core.assessment.domain.formats.errors import BrokenFile, FileRefused, TruncatedFile
from lms_core.assessment.domain.formats.text_lines import text_lines
from lms_core.foundation.text import Titles, text
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import NO_WORDS, Words


class JsonLinesWriter:
    """An item a line, all of it."""

    def __init__(self, stream: BinaryIO, _options: WriteOptions) -> None:
        """Write into `stream`."""
        self._stream = stream

    def add(self, content: ItemContent) -> None:
        """Write one item."""
        self._stream.write(f"{dumps(content)}\n".encode())

    def close(self) -> None:
        """Nothing stands at the end."""


class _Unreadable(Exception):
    """A record that is JSON and yet no item."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.rule)


def read_json_lines(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every record as an item, or refused with its line."""
    for number, line in text_lines(stream, options):
        if line.strip():
            yield _read(number, _record(number, line, options), options)


def _record(number: int, line: str, options: ReadOptions) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _broken(number, line, options) from error
    if not isinstance(record, dict):
        raise BrokenFile(text("Line %(line)s holds no JSON object.", line=number), options.file, number)
    return record


def _broken(number: int, line: str, options: ReadOptions) -> FileRefused:
    if not line.endswith("\n"):
        return TruncatedFile(text("The file ends in the middle of line %(line)s.", line=number), options.file, number)
    return BrokenFile(text("Line %(line)s is not JSON.", line=number), options.file, number)


def _read(number: int, record: Mapping[str, Any], options: ReadOptions) -> ReadItem:
    identifier = str(record.get("id") or record.get("identifier") or "")
    try:
        return checked(number, _content(identifier, record, options))
    except _Unreadable as error:
        return rejected(number, identifier, error.problem)


def _content(identifier: str, record: Mapping[str, Any], options: ReadOptions) -> ItemContent:
    if "interaction" in record:
        return _stored(record, options)
    kind = record.get("type", "choice")
    if kind not in {"choice", "multiple-response"}:
        raise _Unreadable(_not_yet(str(kind)))
    language = str(record.get("language", options.language))
    choices = _choices(record.get("choices"), language)
    several = sum(choice.correct for choice in choices) > 1
    return ItemContent(
        identifier=identifier,
        type="multiple-response" if several else kind,
        stem=_words(record.get("stem"), language),
        interaction=ChoiceInteraction(choices),
        explanation=_words(record.get("explanation"), language),
        tags=tags_of(str(record.get("module", ""))),
        provenance=options.provenance,
    )


def _stored(record: Mapping[str, Any], options: ReadOptions) -> ItemContent:
    try:
        content = decode(record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _Unreadable(_no_item()) from error
    return replace(content, provenance=options.provenance)


def _choices(written: Any, language: str) -> tuple[Choice, ...]:
    if not isinstance(written, list) or not all(isinstance(each, dict) for each in written):
        raise _Unreadable(_no_item())
    return tuple(_choice(position, each, language) for position, each in enumerate(written))


def _choice(position: int, written: Mapping[str, Any], language: str) -> Choice:
    correct = written.get("correct", False)
    if not isinstance(correct, bool):
        problem = Problem(
            "no-boolean",
            text("“correct” is %(value)s. Write true or false without quotes.", value=repr(correct)),
        )
        raise _Unreadable(problem)
    words = _words(written.get("text"), language)
    return Choice(positional(position), words, correct, _words(written.get("feedback"), language))


def _words(written: Any, language: str) -> Words:
    if written is None:
        return NO_WORDS
    if not isinstance(written, str):
        raise _Unreadable(_no_item())
    return Words({language: tidy(written)})


def _no_item() -> Problem:
    return Problem("no-item", text("The record has not the shape of an item: id, stem, choices with text."))


def _not_yet(kind: str) -> Problem:
    return Problem("not-yet-importable", text("Items of type “%(type)s” cannot be imported yet.", type=kind))


JSON_LINES = ItemFormat(
    "json-lines", Titles("JSON 줄 파일", "JSON lines"), (".jsonl", ".ndjson"), read_json_lines, JsonLinesWriter
)
