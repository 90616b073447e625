"""Compares the types that a hook's implementation is annotated with to those of its specification."""

import types
import typing
from collections.abc import Callable, Mapping
from typing import Any


def hints_of(function: Callable[..., Any]) -> Mapping[str, Any]:
    """The annotations of ``function`` as types. Raises NameError or TypeError where they cannot be read."""
    return typing.get_type_hints(function)


def shown(kind: Any) -> str:
    """A type as an author would write it."""
    if kind is type(None):
        return "None"
    if isinstance(kind, type) and not typing.get_args(kind):
        return kind.__name__
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return " | ".join(shown(member) for member in typing.get_args(kind))
    origin = typing.get_origin(kind)
    if origin is None:
        return str(kind).removeprefix("typing.")
    inner = ", ".join("..." if member is ... else shown(member) for member in typing.get_args(kind))
    return f"{getattr(origin, '__name__', origin)}[{inner}]"


def narrower(given: Any, wanted: Any) -> bool:
    """Whether every value of ``given`` is one of ``wanted``, as far as annotations can tell."""
    if wanted is Any:
        return True
    if given is Any:
        return False
    return all(any(_fits(one, other) for other in _members(wanted)) for one in _members(given))


def _members(kind: Any) -> tuple[Any, ...]:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return tuple(member for each in typing.get_args(kind) for member in _members(each))
    return (type(None) if kind is None else kind,)


def _fits(given: Any, wanted: Any) -> bool:
    if given == wanted:
        return True
    origin, base = typing.get_origin(given) or given, typing.get_origin(wanted) or wanted
    if not (isinstance(origin, type) and isinstance(base, type) and issubclass(origin, base)):
        return False
    asked = typing.get_args(wanted)
    return not asked or _items_fit(origin, typing.get_args(given), asked)


def _items_fit(origin: type, given: tuple[Any, ...], wanted: tuple[Any, ...]) -> bool:
    """Items of containers are compared as if immutable: nobody writes into a hook's answer."""
    if origin is tuple and len(wanted) == 1:
        given = given[:1] if given[-1:] == (...,) else given
        return all(narrower(item, wanted[0]) for item in given)
    return len(given) == len(wanted) and all(map(narrower, given, wanted))
