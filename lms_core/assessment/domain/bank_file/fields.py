"""The `name: value` lines of a header and of an item."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any, Final

from lms_core.assessment.domain.bank_file.lines import Field
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.items import Difficulty, Provenance, Reference, Scoring

PROVENANCE: Final = {
    "licence": "licence",
    "attribution": "attribution",
    "author": "author",
    "source": "source_url",
    "originality": "originality",
}
"""Field of a file -> field of `Provenance`."""
HEADER_FIELDS: Final = frozenset({"format", "certification", "domain", "objective", "title", *PROVENANCE})
ITEM_FIELDS: Final = frozenset(
    {
        "type",
        "difficulty",
        "tags",
        "reference",
        "objective",
        "scoring",
        "shuffle",
        "picture",
        "words",
        "case",
        *PROVENANCE,
    }
)
_DIFFICULTIES: Mapping[str, Difficulty] = {"easy": "easy", "medium": "medium", "hard": "hard"}
_SCORINGS: Mapping[str, Scoring] = {"all-or-nothing": "all-or-nothing", "partial": "partial", "map": "map"}
_DAY = re.compile(r"(checked|expires) (\S+)")


class FieldReader:
    """Reads the fields of one header or item; `problems` holds those it could not read, by line."""

    def __init__(self, fields: Sequence[Field], known: frozenset[str]) -> None:
        self._fields = fields
        self._known = known
        self.problems = list(self._unknown())

    def values(self) -> dict[str, str]:
        """Each field by its name; the last one where it stands twice."""
        return {field.name: field.value for field in self._fields}

    def line(self, name: str) -> int:
        """The line of the field, or 0."""
        return next((field.line for field in self._fields if field.name == name), 0)

    def provenance(self, inherited: Provenance) -> Provenance:
        """`inherited` with whatever this header or item says itself."""
        values = self.values()
        own = {attribute: values[name] for name, attribute in PROVENANCE.items() if values.get(name)}
        return replace(inherited, **own)

    def references(self) -> tuple[Reference, ...]:
        """Every `reference: address | title | checked day | expires day`."""
        return tuple(self._reference(field) for field in self._fields if field.name == "reference")

    def tags(self) -> tuple[str, ...]:
        """The words of `tags: one, two`."""
        return tuple(tag.strip() for tag in self.values().get("tags", "").split(",") if tag.strip())

    def difficulty(self) -> tuple[Difficulty | None, float | None]:
        """`difficulty: easy`, `difficulty: easy -0.7` or `difficulty: -0.7`."""
        level: Difficulty | None = None
        value: float | None = None
        for word in self.values().get("difficulty", "").split():
            if word in _DIFFICULTIES:
                level = _DIFFICULTIES[word]
            else:
                value = self._number("difficulty", word)
        return level, value

    def scoring(self) -> Scoring:
        """`scoring: partial`; all or nothing where nothing is said."""
        written = self.values().get("scoring", "all-or-nothing")
        if written not in _SCORINGS:
            self._unreadable("scoring", written)
        return _SCORINGS.get(written, "all-or-nothing")

    def _reference(self, field: Field) -> Reference:
        address, *rest = (part.strip() for part in field.value.split(" | "))
        days: dict[str, Any] = {}
        titles = []
        for part in rest:
            dated = _DAY.fullmatch(part)
            if dated:
                days[f"{dated[1]}_on"] = self._day(dated[2])
            else:
                titles.append(part)
        return Reference(address, " | ".join(titles), **days)

    def _day(self, written: str) -> date | None:
        with suppress(ValueError):
            return date.fromisoformat(written)
        self._unreadable("reference", written)
        return None

    def _number(self, name: str, written: str) -> float | None:
        with suppress(ValueError):
            return float(written)
        self._unreadable(name, written)
        return None

    def _unreadable(self, name: str, written: str) -> None:
        problem = Problem(
            "unreadable-field",
            text(
                "“%(value)s” is no value of “%(name)s”. See the format's page for the values.",
                value=written,
                name=name,
            ),
        )
        self.problems.append((self.line(name), problem))

    def _unknown(self) -> Iterator[tuple[int, Problem]]:
        for field in self._fields:
            if field.name.partition(".")[0] not in self._known:
                near = difflib.get_close_matches(field.name, self._known, 1)
                yield field.line, _unknown_field(field.name, near[0] if near else "")


def _unknown_field(name: str, near: str) -> Problem:
    if near:
        message = text("There is no field “%(name)s”. Did you mean “%(near)s”?", name=name, near=near)
    else:
        message = text("There is no field “%(name)s” here. Take it out.", name=name)
    return Problem("unknown-field", message)
