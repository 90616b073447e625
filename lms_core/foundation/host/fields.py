"""Typed reading of a TOML table that keeps every complaint and goes on."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from lms_core.foundation.host.findings import nearest
from lms_core.foundation.text import Text, Titles, text

# Called with the key's whole path, the rule, the message and a suggestion.
Complain = Callable[[tuple[str, ...], str, Text, str], None]


@dataclass
class Fields:
    """One table and the keys asked of it so far; ``close`` complains of the keys nobody asked for."""

    table: Mapping[str, Any]
    complain: Complain
    path: tuple[str, ...] = ()
    asked: set[str] = field(default_factory=set)

    def string(self, key: str, default: str | None = None) -> str:
        """A non-empty string; without ``default`` it must be there."""
        value = self._take(key, str, default is None)
        if isinstance(value, str) and not value.strip():
            self.wrong(key, "empty", text("“%(key)s” is empty.", key=key))
        return value if isinstance(value, str) else default or ""

    def number(self, key: str) -> int | None:
        """A whole number above zero, or None."""
        value = self._take(key, int, needed=False)
        if isinstance(value, int) and value < 1:
            self.wrong(key, "value", text("“%(key)s” is a whole number above zero.", key=key))
        return value if isinstance(value, int) else None

    def titles(self, key: str) -> Titles:
        """A table with the wordings ``ko`` and ``en``, neither of them empty."""
        inner = self.inner(key, needed=True)
        if inner is None:
            return Titles("", "")
        titles = Titles(inner.string("ko"), inner.string("en"))
        inner.close()
        return titles

    def words(self, key: str, shape: re.Pattern[str], meant: Text) -> tuple[str, ...]:
        """A list of different strings that each match ``shape``; ``meant`` says what that is."""
        value = self._take(key, list, needed=False)
        items = value if isinstance(value, list) else []
        for item in items:
            if not isinstance(item, str) or not shape.fullmatch(item):
                self.wrong(key, "value", Text("“%(item)s”: %(meant)s", {"item": item, "meant": meant}))
        words = [item for item in items if isinstance(item, str)]
        for twice in sorted({word for word in words if words.count(word) > 1}):
            self.wrong(key, "twice", text("“%(item)s” stands here twice.", item=twice))
        return tuple(dict.fromkeys(words))

    def range(self, key: str) -> SpecifierSet:
        """A PEP 440 range, ``>=1.0,<2``; it must be there."""
        return self.parse_range(key, self.string(key))

    def ranges(self, key: str) -> dict[str, SpecifierSet]:
        """A table of names to PEP 440 ranges; absent is empty."""
        inner = self.inner(key, needed=False)
        return {name: inner.range(name) for name in inner.table} if inner else {}

    def parse_range(self, key: str, written: str) -> SpecifierSet:
        """``written`` as a range; a complaint and an open range if it is none."""
        try:
            return SpecifierSet(written)
        except InvalidSpecifier:
            self.wrong(key, "range", text("“%(range)s” is no version range like >=1.0,<2.", range=written))
            return SpecifierSet()

    def inner(self, key: str, *, needed: bool) -> "Fields | None":
        """The table under ``key`` as fields of their own."""
        value = self._take(key, dict, needed)
        return Fields(value, self.complain, (*self.path, key)) if isinstance(value, dict) else None

    def each(self, key: str) -> "list[Fields]":
        """The tables of the array under ``key``; absent is empty."""
        value = self._take(key, list, needed=False)
        items = value if isinstance(value, list) else []
        if wrong := [item for item in items if not isinstance(item, dict)]:
            self.wrong(key, "type", text("“%(key)s” is a list of tables: [[%(key)s]].", key=key, item=wrong[0]))
        return [Fields(item, self.complain, (*self.path, key)) for item in items if isinstance(item, dict)]

    def close(self, also: Iterable[str] = ()) -> None:
        """Complain of every key that nobody asked for."""
        known = self.asked.union(also)
        for key in self.table:
            if key not in known:
                self.wrong(key, "unknown-key", text("There is no key “%(key)s”.", key=key), nearest(key, known))

    def wrong(self, key: str, rule: str, message: Text, suggestion: str = "") -> None:
        """Complain of ``key``."""
        self.complain((*self.path, key), rule, message, suggestion)

    def _take(self, key: str, kind: type, needed: bool) -> object:
        self.asked.add(key)
        value = self.table.get(key)
        if value is None:
            if needed:
                self.wrong(key, "missing-key", text("“%(key)s” is missing.", key=key))
            return None
        if not isinstance(value, kind) or isinstance(value, bool):
            wanted, got = NAMES[kind], NAMES.get(type(value), type(value).__name__)
            message = text("“%(key)s” is %(wanted)s, not %(got)s.", key=key, wanted=wanted, got=got)
            self.wrong(key, "type", message)
            return None
        return value


NAMES: dict[type, str] = {
    str: "a string",
    int: "a whole number",
    list: "a list",
    dict: "a table",
    bool: "true or false",
    float: "a number",
}
