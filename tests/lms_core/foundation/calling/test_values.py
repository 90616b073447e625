"""An answer of the right class may be wrong inside: every field is held against what the class says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pytest

from lms_core.foundation.calling.values import LONGEST, MOST, Verified, fault_in
from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import Text, text
from lms_core.hooks.site import Link, Panel, Role


@dataclass(frozen=True)
class Everything:
    """One field of every shape that hooks' values have."""

    word: str = ""
    share: float | None = None
    fate: Literal["keep", "drop"] = "keep"
    pairs: tuple[tuple[str, int], ...] = ()
    pair: tuple[str, int] = ("", 0)
    names: frozenset[str] = frozenset()
    table: Mapping[str, int] | None = None
    many: Sequence[Text] = ()
    act: Callable[[int], int] = abs
    kind: type | None = None
    link: Link | None = None
    whatever: Any = None


def test_what_a_class_promises_is_sound():
    assert fault_in(Everything(), Everything) == ""
    full = Everything("a", 1, "drop", (("a", 1),), ("b", 2), frozenset("c"), {"d": 3}, [text("e")], len, int, None, 4)
    assert fault_in(full, Everything) == ""


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("word", 1, "word is int, not str"),
        ("word", None, "word is NoneType, not str"),
        ("share", "much", "share is str, not float | None"),
        ("fate", "sell", "fate is 'sell', not Literal"),
        ("pairs", [("a", 1)], "pairs is list, not tuple[tuple[str, int], ...]"),
        ("pairs", (("a", "b"),), "pairs holds one that holds one that is str, not int"),
        ("pair", ("a",), "pair has 1 parts, not 2"),
        ("names", {"a", "b"}, "names is set, not frozenset[str]"),
        ("names", frozenset({1}), "names holds one that is int, not str"),
        ("table", {"a": "b"}, "table holds one that is str, not int"),
        ("many", "text", "many is str, not Sequence[Text]"),
        ("many", [text("a"), "b"], "many holds one that is str, not Text"),
        ("act", "abs", "act is str, not Callable"),
        ("link", Link("/", "Go"), "link label is str, not Text"),  # type: ignore[arg-type]
        ("word", "x" * (LONGEST + 1), "word is longer than 100,000 characters"),
        ("many", [text("a")] * (MOST + 1), "many holds more than 10,000 things"),
    ],
)
def test_a_field_that_is_something_else_is_named(field, value, said):
    assert fault_in(Everything(**{field: value}), Everything).startswith(said)


def test_the_values_that_plugins_answer_with_are_looked_into():
    assert fault_in(Panel("key", text("Title"), text("Body")), Panel) == ""
    assert fault_in(Panel("key", "Title", text("Body")), Panel) == "title is str, not Text"  # type: ignore[arg-type]
    assert fault_in(Panel("key", text("Title"), text("Body"), rank="high"), Panel) == "rank is str, not int"  # type: ignore[arg-type]
    assert fault_in(Refusal("full", "It is full."), Refusal) == "reason is str, not Text"  # type: ignore[arg-type]
    assert fault_in(Role("r", text("R"), {"a"}, ()), Role) == "permissions is set, not frozenset[str]"  # type: ignore[arg-type]
    assert fault_in(42, Panel) == "is int, not Panel"


@dataclass(frozen=True)
class Titled:
    """A thing that a register hook answers."""

    title: str


measured: list[str] = []


class Measured(str):
    """Text that notes when it is measured, which every check does once."""

    __slots__ = ()

    def __len__(self) -> int:
        measured.append(str(self))
        return super().__len__()


def test_a_tuple_of_frozen_things_that_was_sound_is_not_looked_through_again():
    measured.clear()
    verified, things = Verified(), (Titled(Measured("a")),)
    assert [verified.fault_in("hook", "one", things, Titled) for _ in range(3)] == ["", "", ""]
    assert measured == ["a"]


def test_what_may_have_changed_is_looked_through_each_time():
    verified, things = Verified(), [Titled("a")]
    assert verified.fault_in("hook", "one", things, Titled) == ""
    things.append(Titled(1))  # type: ignore[arg-type]  # a plugin without types
    assert "title" in verified.fault_in("hook", "one", things, Titled)
    assert "title" in verified.fault_in("hook", "one", tuple(things), Titled)
    assert "title" in verified.fault_in("hook", "one", tuple(things), Titled)
