"""HTML forms over the same schemas that read JSON: fields, values and errors for the templates' macros."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema as MarshmallowSchema
from marshmallow import fields, validate

from lms_core.foundation.errors import Conflict, Invalid, LmsError, TooMany, Unauthenticated
from lms_core.foundation.text import Text
from lms_core.foundation.web.errors import status_of
from lms_core.foundation.web.house import house
from lms_core.foundation.web.languages import say
from lms_core.foundation.web.schemas import load

Option = tuple[str, str]
# What a person can mend in the form itself; every other error gets a page of its own.
BESIDE = (Invalid, Conflict, Unauthenticated, TooMany)
KINDS: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.Email, "email"),
    (fields.Boolean, "checkbox"),
    (fields.Date, "date"),
    (fields.DateTime, "datetime"),
    (fields.Number, "number"),
)


@dataclass(frozen=True, slots=True)
class FormField:
    """One field as the macros draw it; texts are already in the reader's language."""

    name: str
    label: str
    kind: str
    value: Any = ""
    help: str = ""
    errors: tuple[str, ...] = ()
    required: bool = False
    options: tuple[Option, ...] = ()
    attributes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """All fields of a schema, and what stands above them when something is wrong."""

    fields: tuple[FormField, ...]
    reason: str = ""
    reasons: tuple[str, ...] = ()

    def __getitem__(self, name: str) -> FormField:
        """The field called ``name``."""
        return next(one for one in self.fields if one.name == name)

    @property
    def wrong(self) -> tuple[FormField, ...]:
        """The fields with errors, for the summary."""
        return tuple(one for one in self.fields if one.errors)

    def with_options(self, **options: list[Option]) -> "Form":
        """The same form, its selections filled with what the database knows."""
        filled = (replace(one, options=tuple(options.get(one.name, one.options))) for one in self.fields)
        return replace(self, fields=tuple(filled))


def make_form(schema: MarshmallowSchema, values: Mapping[str, Any], error: LmsError | None = None) -> Form:
    """The form for ``schema`` with ``values`` in it, and ``error`` beside the fields it names."""
    found = error.fields if error else {}
    made = tuple(_field(name, one, values.get(name, ""), found) for name, one in schema.load_fields.items())
    if error is None:
        return Form(made)
    elsewhere = [
        say(one) for name, said in found.items() if name.split(".")[0] not in schema.load_fields for one in said
    ]
    # A refusal with a single reason says it as its own: it is read once.
    reasons = tuple(say(one.reason) for one in error.reasons if one.reason != error.reason)
    return Form(made, say(error.reason), (*elsewhere, *reasons))


def submitted(schema: MarshmallowSchema) -> dict[str, Any]:
    """What the browser sent for ``schema``: lists as lists, absent boxes as no, times in the site's zone."""
    return {name: value for name, one in schema.load_fields.items() if (value := _sent(name, one)) is not None}


def form_view(
    schema: MarshmallowSchema,
    template: str,
    act: Callable[[dict[str, Any]], ResponseReturnValue],
    values: Mapping[str, Any] | None = None,
    options: Mapping[str, list[Option]] | None = None,
    **context: Any,
) -> ResponseReturnValue:
    """Show the form, or read it and ``act``; whatever is wrong comes back beside what was typed."""
    if request.method != "POST":
        form = make_form(schema, values or {})
        return render_template(template, form=form.with_options(**dict(options or {})), **context)
    sent = submitted(schema)
    try:
        return act(load(schema, sent))
    except BESIDE as error:
        form = make_form(schema, sent, error).with_options(**dict(options or {}))
        return make_response(render_template(template, form=form, **context), status_of(error))


def _sent(name: str, one: fields.Field[Any]) -> Any:
    if isinstance(one, fields.Boolean):
        return request.form.get(name, "false")
    if isinstance(one, fields.List):
        return [value for value in request.form.getlist(name) if value]
    value = request.form.get(name)
    # An empty field was not filled in: "this is required" says more than what its characters lack.
    if not value:
        return None
    if isinstance(one, fields.DateTime):
        return _zoned(value)
    return int(value) if isinstance(one, fields.Integer) and value.lstrip("-").isdigit() else value


def _zoned(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return (moment if moment.tzinfo else moment.replace(tzinfo=_zone())).isoformat()


def _moment(one: fields.Field[Any], value: Any) -> Any:
    """What was typed into a field of a moment, as a moment again, so that it is shown as it was typed."""
    if not isinstance(one, fields.DateTime) or not isinstance(value, str):
        return value
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return value


def _ticked(one: fields.Field[Any], value: Any) -> Any:
    """An empty box comes as the word "false" of a browser's form: it is shown empty again."""
    return False if isinstance(one, fields.Boolean) and value == "false" else value


def _zone() -> ZoneInfo:
    return ZoneInfo(house().settings.time_zone)


def _field(name: str, one: fields.Field[Any], value: Any, errors: Mapping[str, tuple[Text, ...]]) -> FormField:
    said = tuple(say(each) for key, found in errors.items() if key.split(".")[0] == name for each in found)
    told = one.metadata
    label = say(told.get("label")) or name
    options = tuple((str(key), say(title)) for key, title in told.get("options", ()))
    attributes = _attributes(one) | dict(told.get("attributes", {}))
    return FormField(
        name,
        label,
        _kind(one),
        _shown(_ticked(one, _moment(one, value))),
        say(told.get("help")),
        said,
        one.required,
        options,
        attributes,
    )


def _kind(one: fields.Field[Any]) -> str:
    if told := one.metadata.get("kind"):
        return str(told)
    if "options" in one.metadata:
        return "select"
    return next((kind for cls, kind in KINDS if isinstance(one, cls)), "text")


def _attributes(one: fields.Field[Any]) -> dict[str, str]:
    found = {}
    for rule in one.validators:
        if isinstance(rule, validate.Length) and rule.max is not None:
            found["maxlength"] = str(rule.max)
        if isinstance(rule, validate.Range):
            found |= {key: str(edge) for key, edge in (("min", rule.min), ("max", rule.max)) if edge is not None}
    return found


def _shown(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(_zone()).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value or ""
    return [str(each) for each in value] if isinstance(value, list | tuple | set | frozenset) else str(value)
