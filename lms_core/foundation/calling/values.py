"""Whether the fields of a value are what its class says they are: compiled once a class, since people wait for it.

A hook's answer of the right class with a number for a title would pass every check and break the page.
"""

import types
import typing
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from lms_core.foundation.host.annotations import shown

# What is wrong with a value; an empty string if nothing.
Check = Callable[[Any], str]
# Nothing that a page or a form holds is longer. A larger answer is a mistake, and would be everybody's to carry.
LONGEST, MOST = 100_000, 10_000


@cache
def checked(kind: Any) -> Check:
    """The check of the values of ``kind``: a data class by its fields, anything else by its class alone."""
    if not is_dataclass(kind):
        return _sound
    hints = typing.get_type_hints(kind)
    checks = tuple((each.name, _check(hints[each.name])) for each in fields(kind))

    def check(value: Any) -> str:
        for name, sound in checks:
            if fault := sound(getattr(value, name)):
                return f"{name} {fault}"
        return ""

    return check


def fault_in(value: Any, kind: Any) -> str:
    """Why ``value`` is no sound ``kind``; an empty string if it is."""
    if not isinstance(value, kind):
        return f"is {type(value).__name__}, not {shown(kind)}"
    return checked(value.__class__)(value)


class Verified:
    """The last sound answers that cannot have changed since: tuples of frozen data classes, told by identity."""

    def __init__(self) -> None:
        """Nothing was checked yet."""
        self._sound: dict[tuple[str, str], Sequence[Any]] = {}

    def fault_in(self, hook: str, plugin: str, things: Sequence[Any], kind: Any) -> str:
        """Why a plugin's answer holds something that is no sound ``kind``; an empty string if it does not."""
        if self._sound.get((hook, plugin)) is things:
            return ""
        fault = next((found for thing in things if (found := fault_in(thing, kind))), "")
        if not fault and type(things) is tuple and all(map(_is_frozen, things)):
            self._sound[hook, plugin] = things
        return fault


def _is_frozen(thing: Any) -> bool:
    made = getattr(type(thing), "__dataclass_params__", None)
    return bool(made and made.frozen)


def _sound(_: Any) -> str:
    return ""


def _check(hint: Any) -> Check:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _either(hint, [_check(one) for one in inner])
    if origin is typing.Literal:
        return lambda value: "" if value in inner else f"is {value!r:.40}, not {shown(hint)}"
    if origin is not None and isinstance(origin, type) and issubclass(origin, Collection):
        return _container(origin, inner, hint)
    kind = type(None) if hint is None else origin or hint
    return _instance(kind) if isinstance(kind, type) and kind not in {object, Any} else _sound


def _instance(kind: type) -> Check:
    takes: Any = (int, float) if kind is float else kind
    long = issubclass(kind, str)

    def check(value: Any) -> str:
        if not isinstance(value, takes):
            return f"is {type(value).__name__}, not {kind.__name__}"
        if long:
            return f"is longer than {LONGEST:,} characters" if len(value) > LONGEST else ""
        return checked(value.__class__)(value)

    return check


def _either(hint: Any, checks: list[Check]) -> Check:
    empty = type(None) in typing.get_args(hint)

    def check(value: Any) -> str:
        if value is None and empty:
            return ""
        faults = [fault for sound in checks if (fault := sound(value))]
        if len(faults) < len(checks):
            return ""
        # Of the right class and wrong inside: that says more than a list of classes.
        deep = [fault for fault in faults if not fault.startswith("is ")]
        return deep[0] if deep else f"is {type(value).__name__}, not {shown(hint)}"

    return check


def _container(origin: type, inner: tuple[Any, ...], hint: Any) -> Check:
    items = _items(origin, inner)

    whole: Any = origin

    def check(value: Any) -> str:
        if not isinstance(value, whole) or isinstance(value, str | bytes):
            return f"is {type(value).__name__}, not {shown(hint)}"
        if len(value) > MOST:
            return f"holds more than {MOST:,} things"
        return items(value) if value else ""

    return check


def _items(origin: type, inner: tuple[Any, ...]) -> Check:
    if not inner or inner == ((),):
        return _sound
    if issubclass(origin, Mapping):
        key, value = map(_check, inner)
        if value is _sound:
            return lambda found: _first(map(key, found))
        return lambda found: _first(key(one) or value(other) for one, other in found.items())
    if origin is tuple and inner[-1] is not ...:
        each = [_check(one) for one in inner]
        return lambda found: (
            _first(check(one) for check, one in zip(each, found, strict=True))
            if len(found) == len(each)
            else f"has {len(found)} parts, not {len(each)}"
        )
    item = _check(inner[0])
    return lambda found: _first(map(item, found))


def _first(faults: typing.Iterable[str]) -> str:
    fault = next(filter(None, faults), "")
    return f"holds one that {fault}" if fault else ""
