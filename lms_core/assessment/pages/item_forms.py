"""The form of an item: nested data as flat field names, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import request

from lms_core.assessment.schemas.items import MOST_CHOICES, ItemIn
from lms_core.foundation.errors import LmsError
from lms_core.foundation.text import text
from lms_core.foundation.web.forms import Form, FormField, make_form
from lms_core.foundation.web.languages import say

MORE: Final = "more"
LANGUAGES: Final = ("ko", "en")
LEAST_ROWS: Final = 4
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
_STEM = {"ko": text("Question in Korean"), "en": text("Question in English")}
_EXPLANATION = {"ko": text("Explanation in Korean"), "en": text("Explanation in English")}


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One choice of the form: its number from 1, what is in it, and what is wrong with it."""

    number: int
    values: Mapping[str, Any]
    errors: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        """What the names of its fields start with."""
        return f"choice.{self.number - 1}"

    def said(self, part: str, language: str) -> str:
        """The text or feedback in one language."""
        return str(self.values.get(part, {}).get(language, ""))


@dataclass(frozen=True, slots=True)
class ItemForm:
    """The form of an item."""

    form: Form
    stem: tuple[FormField, ...]
    explanation: tuple[FormField, ...]
    rows: tuple[ChoiceRow, ...]
    tags: FormField
    references: FormField

    def __getitem__(self, name: str) -> FormField:
        """A field that is no more than one value."""
        return self.form[name]

    @property
    def is_full(self) -> bool:
        """Whether no more choices fit."""
        return len(self.rows) >= MOST_CHOICES


def sent_item() -> dict[str, Any]:
    """What the browser sent, shaped as the schema reads it."""
    sent = request.form
    data: dict[str, Any] = {name: sent.get(name, "") for name in SIMPLE if name in sent}
    data["originality"] = sent.get("originality") == "true"
    for name in ("stem", "explanation"):
        data[name] = {language: sent.get(f"{name}.{language}", "") for language in LANGUAGES}
    data["choices"] = [_sent_choice(number) for number in range(MOST_CHOICES) if f"choice.{number}.ko" in sent]
    data["tags"] = [tag.strip() for tag in sent.get("tags", "").split(",") if tag.strip()]
    data["references"] = [_sent_reference(line) for line in sent.get("references", "").splitlines() if line.strip()]
    return data


def item_form(values: Mapping[str, Any], refused: LmsError | None, *, more: bool = False) -> ItemForm:
    """The form with ``values`` in it and what is wrong beside its fields; with two more choices if asked for."""
    found = {} if refused is None else refused.fields
    errors = {name: tuple(say(each) for each in said) for name, said in found.items()}
    written = list(values.get("choices", ()))
    count = min(MOST_CHOICES, max(LEAST_ROWS, len(written) + (2 if more else 0)))
    rows = [
        ChoiceRow(n + 1, written[n] if n < len(written) else {}, _under(errors, f"choices.{n}")) for n in range(count)
    ]
    return ItemForm(
        make_form(ItemIn(), values, refused),
        tuple(_words_field("stem", _STEM, language, values, errors) for language in LANGUAGES),
        tuple(_words_field("explanation", _EXPLANATION, language, values, errors) for language in LANGUAGES),
        tuple(rows),
        _tags_field(values, errors),
        _references_field(values, errors),
    )


def _sent_choice(number: int) -> dict[str, Any]:
    sent, prefix = request.form, f"choice.{number}"
    return {
        "identifier": sent.get(f"{prefix}.identifier", ""),
        "text": {language: sent.get(f"{prefix}.{language}", "") for language in LANGUAGES},
        "feedback": {language: sent.get(f"{prefix}.feedback.{language}", "") for language in LANGUAGES},
        "correct": sent.get(f"{prefix}.correct") == "true",
        "pinned": sent.get(f"{prefix}.pinned") == "true",
    }


def _sent_reference(line: str) -> dict[str, Any]:
    """``address | title | day checked | day it expires``; what is left out is unknown."""
    url, title, checked, expires = (*(part.strip() for part in line.split("|")), "", "", "")[:4]
    return {"url": url, "title": title, "checked_on": checked or None, "expires_on": expires or None}


def _words_field(
    name: str,
    labels: Mapping[str, Any],
    language: str,
    values: Mapping[str, Any],
    errors: Mapping[str, tuple[str, ...]],
) -> FormField:
    written = values.get(name) or {}
    said = (*_under(errors, f"{name}.{language}"), *(errors.get(name, ()) if language == "ko" else ()))
    attributes = {"lang": language, "rows": "6" if name == "stem" else "3"}
    return FormField(
        f"{name}.{language}",
        say(labels[language]),
        "markdown",
        written.get(language, ""),
        errors=said,
        attributes=attributes,
    )


def _tags_field(values: Mapping[str, Any], errors: Mapping[str, tuple[str, ...]]) -> FormField:
    label, help_ = say(text("Tags")), say(text("Words with commas between them."))
    return FormField("tags", label, "text", ", ".join(values.get("tags", ())), help_, _under(errors, "tags"))


def _references_field(values: Mapping[str, Any], errors: Mapping[str, tuple[str, ...]]) -> FormField:
    lines = [_reference_line(each) for each in values.get("references", ())]
    label = say(text("References"))
    help_ = say(text("One a line: address | title | day it was checked, such as 2026-11-22"))
    return FormField("references", label, "textarea", "\n".join(lines), help_, _under(errors, "references"))


def _reference_line(written: Mapping[str, Any]) -> str:
    parts: Sequence[Any] = [written.get(name) or "" for name in ("url", "title", "checked_on", "expires_on")]
    return " | ".join(str(part) for part in parts).rstrip(" |")


def _under(errors: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(each for key, said in errors.items() if key == name or key.startswith(f"{name}.") for each in said)
