"""Items as bytes: rendered once per version and language, and joined into the papers and solutions of forms."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from lms_core.assessment.domain.forms import Placed
from lms_core.assessment.domain.items import choices_of
from lms_core.foundation.web.markdown import to_html
from lms_core.hooks.items import Choice, ItemContent, Reference

Renderings = Mapping[UUID, bytes]
"""Rendered item versions in one language."""


def render(content: ItemContent, language: str) -> bytes:
    """Everything an item says in ``language``, with HTML that is safe to show, by the author's choice ids.

    Both sides stand in it, question and solution: it never leaves the house as it is.
    """
    return orjson.dumps(
        {
            "type": content.type,
            "prompt": content.stem.in_(language),
            "prompt_html": to_html(content.stem.in_(language)),
            "choices": {choice.identifier: _choice(choice, language) for choice in choices_of(content)},
            "explanation": content.explanation.in_(language),
            "explanation_html": to_html(content.explanation.in_(language)),
            "references": [_reference(reference) for reference in content.references],
            "attribution": content.provenance.attribution,
            "licence": content.provenance.licence,
            "source_url": content.provenance.source_url,
        }
    )


def paper(placed: Sequence[Placed], renderings: Renderings) -> bytes:
    """The questions as they are sent, a line of JSON a slot. Nothing in it tells which choice is right."""
    return b"\n".join(orjson.dumps(_question(one, orjson.loads(renderings[one.version_id]))) for one in placed)


def solution(placed: Sequence[Placed], renderings: Renderings, correct: Mapping[int, Iterable[str]]) -> bytes:
    """The same with keys, explanations and sources: read only after an attempt was handed in."""
    lines = (_solved(one, orjson.loads(renderings[one.version_id]), frozenset(correct[one.slot])) for one in placed)
    return b"\n".join(orjson.dumps(line) for line in lines)


def _question(placed: Placed, rendered: dict[str, Any]) -> dict[str, Any]:
    shown = [{"id": choice_id, **_words(rendered["choices"][identifier])} for choice_id, identifier in placed.choices]
    return {
        "slot": placed.slot,
        "type": rendered["type"],
        "prompt": rendered["prompt"],
        "prompt_html": rendered["prompt_html"],
        "most": 1 if rendered["type"] == "choice" else len(placed.choices),
        "choices": shown,
    }


def _solved(placed: Placed, rendered: dict[str, Any], correct: frozenset[str]) -> dict[str, Any]:
    question = _question(placed, rendered)
    explained = [
        {**shown, "correct": shown["id"] in correct, **_feedback(rendered["choices"][identifier])}
        for shown, (_, identifier) in zip(question["choices"], placed.choices, strict=True)
    ]
    told = ("explanation", "explanation_html", "references", "attribution", "licence", "source_url")
    key = {"choices": [shown["id"] for shown in question["choices"] if shown["id"] in correct]}
    ids = {"item_id": str(placed.item_id), "version_id": str(placed.version_id), "domain": placed.domain}
    return {**question, **ids, "choices": explained, "key": key, **{name: rendered[name] for name in told}}


def _words(choice: Mapping[str, str]) -> dict[str, str]:
    return {"text": choice["text"], "html": choice["html"]}


def _feedback(choice: Mapping[str, str]) -> dict[str, str]:
    return {"feedback": choice["feedback"], "feedback_html": choice["feedback_html"]}


def _choice(choice: Choice, language: str) -> dict[str, str]:
    said, why = choice.text.in_(language), choice.feedback.in_(language)
    return {"text": said, "html": _within_a_line(to_html(said)), "feedback": why, "feedback_html": to_html(why)}


def _within_a_line(html: str) -> str:
    # A choice stands inside a label, where a paragraph may not: a single one is unwrapped.
    inside = html.strip().removeprefix("<p>").removesuffix("</p>")
    return html if "<p>" in inside or inside == html.strip() else inside


def _reference(reference: Reference) -> dict[str, str | None]:
    checked = reference.checked_on.isoformat() if reference.checked_on else None
    return {"url": reference.url, "title": reference.title or reference.url, "checked_on": checked}
