"""Refusals as JSON and back, so that a reason given once can be said again later, in any language."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import Text, Titles


def reasons_to_json(reasons: Iterable[Refusal]) -> list[dict[str, Any]]:
    """Each with its code, who says so, and its text in the language of the code with the values kept apart."""
    return [{"code": one.code, "plugin": one.plugin, **_text(one.reason)} for one in reasons]


def reasons_from_json(written: Iterable[Mapping[str, Any]]) -> tuple[Refusal, ...]:
    """The refusals that were written."""
    return tuple(Refusal(one["code"], _read(one), one["plugin"]) for one in written)


def _text(said: Text) -> dict[str, Any]:
    return {"msgid": said.msgid, "values": {key: _plain(value) for key, value in said.values.items()}}


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return {"text": _text(value)}
    if isinstance(value, Titles):
        return {"titles": [value.ko, value.en]}
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _read(written: Mapping[str, Any]) -> Text:
    return Text(written["msgid"], {key: _value(value) for key, value in written["values"].items()})


def _value(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    (kind, inside), *_ = value.items()
    readers: Mapping[str, Any] = {
        "text": _read,
        "titles": lambda pair: Titles(*pair),
        "moment": datetime.fromisoformat,
        "day": date.fromisoformat,
    }
    return readers[kind](inside)
