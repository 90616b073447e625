"""The base of all schemas, and the ones every list shares. The same schema reads JSON and forms."""

from collections.abc import Collection, Mapping
from typing import Any

from marshmallow import EXCLUDE, RAISE, ValidationError
from marshmallow import Schema as MarshmallowSchema

from lms_core.foundation.errors import Invalid
from lms_core.foundation.paging import LARGEST, PageRequest
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import fields
from lms_core.foundation.web.languages import say

NO_OBJECT = text("Give an object with its fields.")
UNKNOWN = text("There is no field of this name. Leave it out.")


class Schema(MarshmallowSchema):
    """What comes in is read strictly: unknown fields are named, nothing is guessed."""

    class Meta:
        """An unknown field is an error."""

        unknown = RAISE

    error_messages: dict[str, str] = {"unknown": UNKNOWN.msgid, "type": NO_OBJECT.msgid}


class PageIn(MarshmallowSchema):
    """Which page of a list is wanted: ``?page=2&size=20&search=words&sort=-name``."""

    class Meta:
        """A list's address may carry filters that this schema does not know."""

        unknown = EXCLUDE

    page = fields.Integer(strict=False, load_default=1, validate=fields.Range(min=1, max=1_000_000))
    size = fields.Integer(strict=False, load_default=20, validate=fields.Range(min=1, max=LARGEST))
    search = fields.String(load_default="", validate=fields.Length(max=200))
    sort = fields.String(load_default="", validate=fields.Length(max=40))


def page_request(query: Mapping[str, Any], *filters: str, given: Mapping[str, str] | None = None) -> PageRequest:
    """The page asked for by ``query`` (as PageIn loaded it); ``filters`` are taken from ``given`` arguments."""
    chosen = tuple((name, (given or {}).get(name, "")) for name in filters)
    return PageRequest(query["page"], query["size"], query["search"], query["sort"], chosen)


def load(schema: MarshmallowSchema, data: Mapping[str, Any], partial: Collection[str] = ()) -> dict[str, Any]:
    """Read ``data`` by ``schema``; those in ``partial`` may be missing. Raises Invalid with every error by field."""
    try:
        loaded: dict[str, Any] = schema.load(data, partial=tuple(partial))
    except ValidationError as wrong:
        raise Invalid(fields=by_field(wrong.messages)) from wrong
    return loaded


def by_field(messages: Any, at: str = "") -> dict[str, tuple[Text, ...]]:
    """marshmallow's nested messages, flat: ``choices.0.text``."""
    if isinstance(messages, dict):
        flat: dict[str, tuple[Text, ...]] = {}
        for key, inside in messages.items():
            flat |= by_field(inside, f"{at}.{key}".strip("."))
        return flat
    said = messages if isinstance(messages, list | tuple) else [messages]
    return {at: tuple(one if isinstance(one, Text) else Text(str(one).replace("%", "%%")) for one in said)}


class Said(fields.String):
    """A Text, given out in the reader's language."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:
        return say(value) if isinstance(value, Text) else super()._serialize(value, attr, obj, **kwargs)
