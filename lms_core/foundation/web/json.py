"""JSON by orjson: quick, and with dates, UUIDs and texts as the API writes them."""

from typing import Any

import orjson
from flask import Flask
from flask.json.provider import JSONProvider

from lms_core.foundation.text import Text


def dumps(value: Any) -> str:
    """``value`` as JSON; anything unknown as its text."""
    return orjson.dumps(value, default=_other, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS).decode()


class OrjsonProvider(JSONProvider):
    """Flask's JSON provider over orjson."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """``obj`` as JSON."""
        return dumps(obj)

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """The value written in ``s``. Raises ValueError."""
        return orjson.loads(s)


def install_json(app: Flask) -> None:
    """Let Flask speak JSON by orjson."""
    app.json = OrjsonProvider(app)


def _other(value: Any) -> Any:
    if isinstance(value, Text):
        from lms_core.foundation.web.languages import say  # noqa: PLC0415 languages need the application

        return say(value)
    return str(value)
