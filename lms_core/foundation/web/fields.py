"""The fields of our schemas: marshmallow's, strict, and with messages that say the way out in two languages."""

from collections.abc import Sized
from typing import Any

from marshmallow import fields, validate

from lms_core.foundation.text import Text, text

Messages = dict[str, str | list[Any] | dict[Any, Any]]
REQUIRED = text("This is required. Fill it in.")
EMAIL = text("Enter an e-mail address, such as name@example.org.")
URL = text("Enter a web address that begins with https://.")
EMPTY = text("This may not be empty. Fill it in, or leave it out.")


class _Worded:
    default_error_messages: Messages = {
        "required": [REQUIRED],
        "null": [EMPTY],
        "validator_failed": [text("This value is not accepted.")],
    }


class String(_Worded, fields.String):
    """Text, without control characters that a database or a reader cannot take."""

    default_error_messages: Messages = {
        "invalid": [text("Enter text.")],
        "invalid_utf8": [text("This is no readable text.")],
    }

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        read = super()._deserialize(value, attr, data, **kwargs)
        if "\x00" in read:
            raise self.make_error("invalid")
        return read.strip() if self.metadata.get("strip", True) else read


class Integer(_Worded, fields.Integer):
    """A whole number. Strict: 2.58e-42 would pass as 0 otherwise."""

    default_error_messages: Messages = {
        "invalid": [text("Enter a whole number.")],
        "too_large": [text("This number is too large.")],
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strict=kwargs.pop("strict", True), **kwargs)


class Float(_Worded, fields.Float):
    """A number."""

    default_error_messages: Messages = {
        "invalid": [text("Enter a number.")],
        "special": [text("Enter a number.")],
    }


class Boolean(_Worded, fields.Boolean):
    """Yes or no."""

    default_error_messages: Messages = {"invalid": [text("Choose yes or no.")]}


class UUID(_Worded, fields.UUID):
    """An identifier."""

    default_error_messages: Messages = {"invalid_uuid": [text("This is no identifier of ours.")]}


class DateTime(_Worded, fields.AwareDateTime):
    """A moment with its zone; read as Korea's where a form leaves the zone out."""

    default_error_messages: Messages = {
        "invalid": [text("Enter a date and a time, such as 2026-11-22T14:00.")],
        "invalid_awareness": [text("Add the time zone, such as +09:00.")],
    }


class Date(_Worded, fields.Date):
    """A day."""

    default_error_messages: Messages = {"invalid": [text("Enter a date, such as 2026-11-22.")]}


class Email(_Worded, fields.Email):
    """An e-mail address, kept in lower case."""

    default_error_messages: Messages = {"invalid": EMAIL.msgid}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).strip().lower()


class Url(_Worded, fields.Url):
    """A web address."""

    default_error_messages: Messages = {"invalid": URL.msgid}


class List(_Worded, fields.List[Any]):
    """Several values."""

    default_error_messages: Messages = {"invalid": [text("Give a list.")]}


class Dict(_Worded, fields.Dict):
    """Named values."""

    default_error_messages: Messages = {"invalid": [text("Give named values.")]}


class Nested(_Worded, fields.Nested):
    """A schema within a schema."""

    default_error_messages: Messages = {"type": [text("Give an object with its fields.")]}


class Length(validate.Length):
    """Between ``min`` and ``max`` characters or entries."""

    def _format_error(self, value: Sized, message: str) -> Any:  # noqa: ARG002 marshmallow's signature
        if self.max is None:
            return [text("At least %(least)s are needed; there are %(found)s.", least=self.min, found=len(value))]
        if not self.min:
            return [text("At most %(most)s are allowed; there are %(found)s.", most=self.max, found=len(value))]
        values = {"least": self.min, "most": self.max, "found": len(value)}
        return [text("Between %(least)s and %(most)s are allowed; there are %(found)s.", **values)]


class Range(validate.Range):
    """Between ``min`` and ``max``."""

    def _format_error(self, value: Any, message: str) -> Any:  # noqa: ARG002 marshmallow's signature
        if self.max is None:
            return [text("Enter %(least)s or more.", least=self.min)]
        if self.min is None:
            return [text("Enter %(most)s or less.", most=self.max)]
        return [text("Enter a value from %(least)s to %(most)s.", least=self.min, most=self.max)]


class OneOf(validate.OneOf):
    """One of ``choices``."""

    def _format_error(self, value: Any) -> Any:  # noqa: ARG002 marshmallow's signature
        return [text("Choose one of: %(choices)s.", choices=", ".join(str(each) for each in self.choices))]


class Matches(validate.Regexp):
    """Written as ``regex`` demands, which ``reason`` puts in words."""

    def __init__(self, regex: str, reason: Text) -> None:
        super().__init__(regex)
        self._reason = reason

    def _format_error(self, value: Any) -> Any:  # noqa: ARG002 marshmallow's signature
        return [self._reason]
