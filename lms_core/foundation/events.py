"""Events: what has happened, said once, after it is true. They carry ids, never personal values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Self, get_args, get_type_hints
from uuid import UUID

_BY_NAME: dict[str, type["Event"]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """The base of all events. ``name`` is ``<room>.<what_happened>``; ``hook`` is the spec that hears it."""

    name: ClassVar[str] = ""
    hook: ClassVar[str | None] = None

    def __init_subclass__(cls) -> None:
        # A slotted dataclass is made twice; the second class is the one that stays.
        if cls.name:
            _BY_NAME[cls.name] = cls

    def payload(self) -> dict[str, Any]:
        """The event's fields as JSON values."""
        return {field.name: _plain(getattr(self, field.name)) for field in fields(self)}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Self:
        """The event that ``payload`` was made from; fields that are no longer known are left out."""
        hints = get_type_hints(cls)
        known = {field.name for field in fields(cls)}
        return cls(**{key: _typed(hints[key], value) for key, value in payload.items() if key in known})


def event_class(name: str) -> type[Event]:
    """The class registered under ``name``. Raises KeyError."""
    return _BY_NAME[name]


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset):
        return [_plain(each) for each in value]
    return value


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    # What is meant by ``UUID | None``, or by ``tuple[UUID, ...]`` for each of its items.
    meant = [kind for kind in get_args(hint) or (hint,) if kind not in (None, type(None), Ellipsis)]
    if isinstance(value, list):
        return tuple(_typed(meant[0], each) for each in value)
    read = _READ.get(meant[0])
    return read(value) if read else value


_READ: dict[Any, Callable[[str], Any]] = {
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}
