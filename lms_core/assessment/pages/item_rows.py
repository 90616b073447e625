"""The rows of an item's form: what was sent, what a button did to them, and how they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import request

from lms_core.assessment.schemas.items import MOST_CHOICES

ROWS: Final = "rows"
"""The name of the buttons that add, move and remove rows, and of the one that only shows."""
LANGUAGES: Final = ("ko", "en")
LEAST_ROWS: Final = 4
LEAST_TARGETS: Final = 2
_LINES: Final = ("identifier", "group", "mark", "tolerance", "unit", "match", "weight", "area")
_BOXES: Final = ("correct", "pinned")
# The names of the fields of a row, by the list it stands in.
_PREFIX: Final = {"choices": "choice", "targets": "target"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form: its list, its number from 1, what is in it, and what is wrong with it by field."""

    list: str
    number: int
    values: Mapping[str, Any]
    errors: Mapping[str, tuple[str, ...]]

    @property
    def prefix(self) -> str:
        """What the names of its fields start with."""
        return f"{_PREFIX[self.list]}.{self.number - 1}"

    def said(self, part: str, language: str) -> str:
        """The text or feedback in one language."""
        return str(self.values.get(part, {}).get(language, ""))

    def wrong(self, part: str) -> tuple[str, ...]:
        """What is wrong with one of its fields."""
        return tuple(
            each for key, said in self.errors.items() if key == part or key.startswith(f"{part}.") for each in said
        )

    def action(self, verb: str) -> str:
        """What the button sends that does ``verb`` to this row."""
        return f"{self.list}.{verb}.{self.number - 1}"


def sent_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a list as the browser sent them."""
    prefix = _PREFIX[name]
    there = [number for number in range(MOST_CHOICES) if f"{prefix}.{number}.ko" in request.form]
    return [_sent(f"{prefix}.{number}") for number in there]


def rearranged(name: str, rows: Sequence[Mapping[str, Any]], action: str) -> list[Mapping[str, Any]]:
    """The rows after a button was pressed: ``<list>.<verb>[.<number>]``; as they are for a button of another list."""
    told, verb, number = (*action.split("."), "", "")[:3]
    found = list(rows)
    place = int(number) if number.isdecimal() else -1
    if told != name:
        return found
    if verb == "add" and len(found) < MOST_CHOICES:
        return [*found, {}]
    if 0 <= place < len(found):
        row = found.pop(place)
        to = {"up": max(0, place - 1), "down": place + 1}.get(verb)
        return found if to is None else [*found[:to], row, *found[to:]]
    return found


def shown_rows(
    name: str, rows: Sequence[Mapping[str, Any]], errors: Mapping[str, tuple[str, ...]], least: int
) -> tuple[Row, ...]:
    """The rows of a list, at least so many of them."""
    count = min(MOST_CHOICES, max(least, len(rows)))
    padded = [*rows, *({} for _ in range(count - len(rows)))]
    return tuple(Row(name, n + 1, row, _under(errors, f"{name}.{n}.")) for n, row in enumerate(padded))


def _sent(prefix: str) -> dict[str, Any]:
    sent = request.form
    lines = {name: sent[f"{prefix}.{name}"] for name in _LINES if f"{prefix}.{name}" in sent}
    row: dict[str, Any] = {**lines, "text": {code: sent.get(f"{prefix}.{code}", "") for code in LANGUAGES}}
    if prefix.startswith("choice."):
        row |= {name: sent.get(f"{prefix}.{name}") == "true" for name in _BOXES}
        row["feedback"] = {code: sent.get(f"{prefix}.feedback.{code}", "") for code in LANGUAGES}
    return row


def _under(errors: Mapping[str, tuple[str, ...]], start: str) -> Mapping[str, tuple[str, ...]]:
    return {key.removeprefix(start): said for key, said in errors.items() if key.startswith(start)}
