"""Values of any type a hook takes, made up: ids that nobody has, and the smallest of everything else."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE

MOMENT = datetime(2026, 3, 2, tzinfo=UTC)
SMALLEST: dict[type, Any] = {
    str: "unknown",
    int: 1,
    float: 0.5,
    bool: False,
    datetime: MOMENT,
    date: MOMENT.date(),
    timedelta: timedelta(minutes=1),
}
# The site is always among the scopes of a thing, and frozen sets are of scopes.
EMPTY: dict[Any, Any] = {Sequence: (), list: [], Mapping: {}, dict: {}, frozenset: EVERYWHERE}


class CannotMake(TypeError):
    """There is no value to be made up for this type."""


def make_up(kind: Any) -> Any:
    """A value of ``kind``. Raises CannotMake."""
    if kind is UUID:
        return new_id()
    if kind in SMALLEST:
        return SMALLEST[kind]
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        needed = [one.name for one in fields(kind) if one.init and one.default is one.default_factory is MISSING]
        return kind(**{name: make_up(hints[name]) for name in needed})
    return _of_many(kind, get_origin(kind), get_args(kind))


def _of_many(kind: Any, origin: Any, arguments: tuple[Any, ...]) -> Any:
    if origin is Literal:
        return arguments[0]
    if origin in {Union, UnionType}:
        return None if NoneType in arguments else make_up(arguments[0])
    if origin in EMPTY:
        return EMPTY[origin]
    if origin is tuple:
        return () if Ellipsis in arguments else tuple(make_up(one) for one in arguments)
    raise CannotMake(f"a value of {kind} cannot be made up")
