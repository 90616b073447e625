"""The rows of an item as people write them: whatever is chosen, placed, ordered or filled in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from lms_core.assessment.domain.bank_file.model import positional, tidy
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema
from lms_core.hooks.words import Words

LONGEST = 20_000
MATCHES = (
    ("folded", text("Whatever the case and spacing")),
    ("exact", text("Exactly as written")),
    ("pattern", text("Regular expression")),
)
SHAPES: Final = ("rect", "circle", "poly")
# The numbers that a row of each type has to hold.
_NUMBERS: Final[Mapping[str, tuple[str, ...]]] = {"numeric": ("mark", "tolerance"), "extended-text": ("mark",)}
_GROUPED: Final = frozenset({"inline-choice", "hot-area", "text-entry", "numeric"})
_A_NUMBER = text("Write a number, such as 2.5.")
_A_PLACE = text("Write its place as a whole number, or leave it empty for a distractor.")
_AN_AREA = text("Write a shape and its pixels, such as rect:10,20,110,60.")


class WordsIn(Schema):
    """One text in both languages; an empty one is not written."""

    ko = fields.String(load_default="", validate=fields.Length(max=LONGEST))
    en = fields.String(load_default="", validate=fields.Length(max=LONGEST))


class RowIn(Schema):
    """One row. ``mark`` is its key: a place in an order, the names it belongs to, a number or points."""

    identifier = fields.String(load_default="", validate=fields.Length(max=40))
    text = fields.Nested(WordsIn, load_default=dict)
    feedback = fields.Nested(WordsIn, load_default=dict)
    correct = fields.Boolean(load_default=False)
    pinned = fields.Boolean(load_default=False)
    group = fields.String(load_default="", validate=fields.Length(max=40))
    mark = fields.String(load_default="", validate=fields.Length(max=200))
    tolerance = fields.String(load_default="", validate=fields.Length(max=40))
    unit = fields.String(load_default="", validate=fields.Length(max=40))
    match = fields.String(load_default="folded", validate=fields.OneOf([name for name, _ in MATCHES]))
    weight = fields.String(load_default="", validate=fields.Length(max=40))
    area = fields.String(load_default="", validate=fields.Length(max=2000))


class TargetIn(Schema):
    """Something that rows belong to, by its name: an answer, a place, a setting."""

    identifier = fields.String(load_default="", validate=fields.Length(max=40))
    text = fields.Nested(WordsIn, load_default=dict)


class PictureIn(Schema):
    """A picture, its size in pixels, and what it shows in words."""

    source = fields.String(load_default="", validate=fields.Length(max=1000))
    width = fields.Integer(load_default=0, validate=fields.Range(min=0, max=20_000))
    height = fields.Integer(load_default=0, validate=fields.Range(min=0, max=20_000))
    alt = fields.Nested(WordsIn, load_default=dict)


def words(written: Mapping[str, str]) -> Words:
    """What is written, tidied."""
    return Words({language: tidy(said) for language, said in written.items()})


def filled(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows that say anything, each with a name: its own, or the first letter that no other row has."""
    said = [row for row in rows if any(row["text"].values()) or row.get("mark") or row.get("area")]
    return [{**row, "identifier": name} for row, name in zip(said, _names(said), strict=True)]


def grouped(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The filled rows by their group, in the order of their first."""
    said: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if any(row["text"].values()) or row.get("mark"):
            said.setdefault(row["group"].strip(), []).append(row)
    return {name: filled(group) for name, group in said.items()}


def row_errors(kind: str, rows: Sequence[Mapping[str, Any]]) -> dict[int, dict[str, list[Text]]]:
    """What cannot be read of the rows of an item of type ``kind``, by row and field."""
    found: dict[int, dict[str, list[Text]]] = {}
    for number, row in enumerate(rows):
        if any(row["text"].values()) or row.get("mark") or row.get("area"):
            for name, said in _unreadable(kind, row):
                found.setdefault(number, {}).setdefault(name, []).append(said)
    return found


def _unreadable(kind: str, row: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    if kind != "numeric" and not any(row["text"].values()):
        yield "text", text("Write its text as well.")
    if kind in _GROUPED and not row["group"].strip():
        yield "group", text("Write where it stands, such as gap1.")
    if kind == "ordering" and row["mark"] and not row["mark"].strip().isdecimal():
        yield "mark", _A_PLACE
    if kind == "hot-spot" and not _is_area(row["area"]):
        yield "area", _AN_AREA
    yield from ((name, _A_NUMBER) for name in _NUMBERS.get(kind, ()) if not _is_number(row[name] or "0"))
    if not _is_number(row["weight"] or "0"):
        yield "weight", _A_NUMBER


def _names(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    own = [row["identifier"].strip() for row in rows]
    free = (name for place in count() if (name := positional(place)) not in own)
    return [name or next(free) for name in own]


def _is_number(written: str) -> bool:
    try:
        return abs(float(written)) < float("inf")
    except ValueError:
        return False


def _is_area(written: str) -> bool:
    shape, _, pixels = written.partition(":")
    return shape in SHAPES and all(each.strip().isdecimal() for each in pixels.split(","))
