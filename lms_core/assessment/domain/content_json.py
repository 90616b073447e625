"""Item content as JSON and back, by the shapes of the values themselves.

Empty and default fields are left out, so that what is stored says only what somebody wrote.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from lms_core.assessment.domain.items import INTERACTIONS
from lms_core.hooks.items import Interaction, ItemContent
from lms_core.hooks.words import Words


def encode(content: ItemContent) -> dict[str, Any]:
    """The content as plain dicts, lists, strings and numbers, ready for a JSON column."""
    return _encode_fields(content)


def decode(written: Mapping[str, Any]) -> ItemContent:
    """The content that `encode` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    interaction = _decode_fields(INTERACTIONS[written["type"]], written["interaction"])
    others = {name: value for name, value in written.items() if name != "interaction"}
    content: ItemContent = _decode_fields(ItemContent, others, interaction=interaction)
    return content


def dumps(content: ItemContent) -> str:
    """The content as one line of JSON, the same for equal contents."""
    return json.dumps(encode(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def loads(line: str) -> ItemContent:
    """The content that `dumps` wrote."""
    return decode(json.loads(line))


def _encode(value: Any) -> Any:
    if isinstance(value, Words):
        return dict(value)
    if isinstance(value, tuple):
        return [_encode(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return _encode_fields(value) if is_dataclass(value) else value


def _encode_fields(value: Any) -> dict[str, Any]:
    written = ((field, getattr(value, field.name)) for field in fields(value))
    return {field.name: _encode(given) for field, given in written if not _is_default(field, given)}


def _is_default(field: Field[Any], given: Any) -> bool:
    return field.default is not MISSING and bool(given == field.default)


def _decode(kind: Any, written: Any) -> Any:
    if kind in _READERS:
        return _READERS[kind](written)
    if get_origin(kind) is tuple:
        return tuple(_decode(get_args(kind)[0], each) for each in written)
    if get_origin(kind) in {Union, UnionType}:
        return _decode_optional(kind, written)
    return _decode_fields(kind, written) if is_dataclass(kind) else written


def _decode_optional(kind: Any, written: Any) -> Any:
    return None if written is None else _decode(get_args(kind)[0], written)


def _decode_fields(kind: Any, written: Mapping[str, Any], **ready: Interaction) -> Any:
    hints = _hints(kind)
    return kind(**{name: _decode(hints[name], value) for name, value in written.items()}, **ready)


@cache
def _hints(kind: Any) -> Mapping[str, Any]:
    return get_type_hints(kind)


_READERS: Mapping[Any, Callable[[Any], Any]] = {
    Words: Words,
    date: date.fromisoformat,
    float: float,
    ItemContent: decode,
}
