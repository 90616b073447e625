"""The form of an item: nested data as flat field names, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import request

from lms_core.assessment.pages.item_rows import (
    LANGUAGES,
    LEAST_ROWS,
    LEAST_TARGETS,
    ROWS,
    Row,
    rearranged,
    sent_rows,
    shown_rows,
)
from lms_core.assessment.pages.item_shapes import SHAPES, ItemShape
from lms_core.assessment.schemas.item_rows import MATCHES
from lms_core.assessment.schemas.items import MOST_CHOICES, ItemIn
from lms_core.foundation.errors import LmsError
from lms_core.foundation.text import Text, text
from lms_core.foundation.web.forms import Form, FormField, make_form
from lms_core.foundation.web.languages import say

SIMPLE: Final = (
    "identifier",
    "type",
    "scoring",
    "objective",
    "difficulty",
    "licence",
    "attribution",
    "author",
    "source",
)
LIMITS: Final = ("least_words", "most_words")
MARKDOWN_HELP = text("Markdown: **bold**, `code`, - list, ```code block```.")
LABELS: Final[Mapping[str, Mapping[str, Text]]] = {
    "stem": {"ko": text("Question in Korean"), "en": text("Question in English")},
    "explanation": {"ko": text("Explanation in Korean"), "en": text("Explanation in English")},
    "model_answer": {"ko": text("Model answer in Korean"), "en": text("Model answer in English")},
    "picture.alt": {"ko": text("The picture in words, in Korean"), "en": text("The picture in words, in English")},
}
# Which field a broken rule belongs to; what is not named here belongs to the rows.
RULES: Final = {
    "empty-stem": "stem",
    "missing-gap": "stem",
    "no-identifier": "identifier",
    "name-too-long": "identifier",
    "recalled-from-exam": "tags",
    "no-alternative": "picture.alt",
}


@dataclass(frozen=True, slots=True)
class ItemForm:
    """The form of an item."""

    form: Form
    shape: ItemShape
    rows: tuple[Row, ...]
    targets: tuple[Row, ...]
    told: Mapping[str, tuple[FormField, ...]]
    picture: tuple[FormField, ...]
    tags: FormField
    references: FormField
    broken: tuple[str, ...]

    def __getitem__(self, name: str) -> FormField:
        """A field that is no more than one value."""
        return self.form[name]

    @property
    def type(self) -> FormField:
        """The type: choosing another one fetches its rows."""
        fetch = {"hx-post": request.path, "hx-target": "#around", "hx-select": "#around", "hx-swap": "outerHTML"}
        return replace(self.form["type"], attributes={**fetch, "hx-trigger": "change", "hx-vals": '{"rows": "type"}'})

    @property
    def matches(self) -> tuple[tuple[str, Text], ...]:
        """How an accepted answer may be compared."""
        return MATCHES

    @property
    def is_full(self) -> bool:
        """Whether no more rows fit."""
        return len(self.rows) >= MOST_CHOICES


def sent_item() -> dict[str, Any]:
    """What the browser sent, shaped as the schema reads it, after whatever a button did to its rows."""
    sent, action = request.form, request.form.get(ROWS, "")
    data: dict[str, Any] = {name: sent.get(name, "") for name in SIMPLE if name in sent}
    data |= {name: sent[name] for name in LIMITS if sent.get(name)}
    data["originality"] = sent.get("originality") == "true"
    data["shuffle"] = sent.get("shuffle") == "true" or "shuffles" not in sent
    for name in ("stem", "explanation", "model_answer"):
        data[name] = _sent_words(name)
    data["picture"] = {name: sent[f"picture.{name}"] for name in ("source", "width", "height") if _given(name)}
    data["picture"]["alt"] = _sent_words("picture.alt")
    for name in ("choices", "targets"):
        data[name] = rearranged(name, sent_rows(name), action)
    data["tags"] = [tag.strip() for tag in sent.get("tags", "").split(",") if tag.strip()]
    data["references"] = [_sent_reference(line) for line in sent.get("references", "").splitlines() if line.strip()]
    return data


def item_form(values: Mapping[str, Any], refused: LmsError | None) -> ItemForm:
    """The form with ``values`` in it and what is wrong beside its fields."""
    errors = _errors(refused)
    shape = SHAPES.get(str(values.get("type", "")), SHAPES["choice"])
    return ItemForm(
        make_form(ItemIn(), values, refused),
        shape,
        shown_rows("choices", values.get("choices", ()), errors, LEAST_ROWS),
        shown_rows("targets", values.get("targets", ()), errors, LEAST_TARGETS) if shape.targets else (),
        {name: _words_fields(name, values, errors) for name in LABELS},
        _picture_fields(values.get("picture") or {}, errors),
        _tags_field(values, errors),
        _references_field(values, errors),
        errors.get("choices", ()),
    )


def _errors(refused: LmsError | None) -> dict[str, tuple[str, ...]]:
    """What is wrong by field: what the schema says, and every broken rule beside the field it speaks of."""
    if refused is None:
        return {}
    found = {name: tuple(say(each) for each in said) for name, said in refused.fields.items()}
    for one in refused.reasons:
        name = RULES.get(one.code, "choices")
        found[name] = (*found.get(name, ()), say(one.reason))
    return found


def _given(name: str) -> bool:
    return bool(request.form.get(f"picture.{name}"))


def _sent_words(name: str) -> dict[str, str]:
    return {language: request.form.get(f"{name}.{language}", "") for language in LANGUAGES}


def _sent_reference(line: str) -> dict[str, Any]:
    """``address | title | day checked | day it expires``; what is left out is unknown."""
    url, title, checked, expires = (*(part.strip() for part in line.split("|")), "", "", "")[:4]
    return {"url": url, "title": title, "checked_on": checked or None, "expires_on": expires or None}


def _words_fields(name: str, values: Mapping[str, Any], errors: Mapping[str, tuple[str, ...]]) -> tuple[FormField, ...]:
    written: Any = values
    for part in name.split("."):
        written = (written or {}).get(part)
    return tuple(_words_field(name, language, written or {}, errors) for language in LANGUAGES)


def _words_field(
    name: str, language: str, written: Mapping[str, str], errors: Mapping[str, tuple[str, ...]]
) -> FormField:
    said = (*_under(errors, f"{name}.{language}"), *(errors.get(name, ()) if language == "ko" else ()))
    attributes = {"lang": language, "rows": "6" if name == "stem" else "3"}
    help_ = say(MARKDOWN_HELP) if name == "stem" else ""
    return FormField(
        f"{name}.{language}",
        say(LABELS[name][language]),
        "markdown",
        written.get(language, ""),
        help_,
        said,
        attributes=attributes,
    )


def _picture_fields(values: Mapping[str, Any], errors: Mapping[str, tuple[str, ...]]) -> tuple[FormField, ...]:
    labels = {"source": text("Address of the picture"), "width": text("Width in pixels"), "height": text("Height")}
    return tuple(
        FormField(
            f"picture.{name}",
            say(label),
            "text" if name == "source" else "number",
            values.get(name) or "",
            errors=_under(errors, f"picture.{name}"),
        )
        for name, label in labels.items()
    )


def _tags_field(values: Mapping[str, Any], errors: Mapping[str, tuple[str, ...]]) -> FormField:
    label, help_ = say(text("Tags")), say(text("Words with commas between them."))
    return FormField("tags", label, "text", ", ".join(values.get("tags", ())), help_, _under(errors, "tags"))


def _references_field(values: Mapping[str, Any], errors: Mapping[str, tuple[str, ...]]) -> FormField:
    lines = [_reference_line(each) for each in values.get("references", ())]
    label = say(text("References"))
    help_ = say(text("One a line: address | title | day it was checked | day to check it again, such as 2026-11-22"))
    return FormField("references", label, "textarea", "\n".join(lines), help_, _under(errors, "references"))


def _reference_line(written: Mapping[str, Any]) -> str:
    parts: Sequence[Any] = [written.get(name) or "" for name in ("url", "title", "checked_on", "expires_on")]
    return " | ".join(str(part) for part in parts).rstrip(" |")


def _under(errors: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(each for key, said in errors.items() if key == name or key.startswith(f"{name}.") for each in said)
