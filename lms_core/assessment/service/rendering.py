"""Items as bytes: their Markdown rendered once per version and language, and joined into papers and solutions.

A paper (or solution) is a line of JSON a slot and, after an empty line, a line of JSON a case, if there is any.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any
from uuid import UUID

import orjson

from lms_core.assessment.domain.forms import Placed, PlacedGroup, question_of
from lms_core.assessment.domain.forms.placing import Types
from lms_core.assessment.domain.interaction_checks import GAP
from lms_core.foundation.web.markdown import to_html
from lms_core.hooks.item_types import Ids, ItemType, Json, Showing
from lms_core.hooks.items import GroupInteraction, ItemContent, Reference
from lms_core.hooks.words import Words

Renderings = Mapping[UUID, bytes]
"""Rendered item versions in one language."""


def render(content: ItemContent, language: str) -> bytes:
    """Every text of an item in ``language`` with its HTML, which is safe to show.

    Both sides stand in it, question and solution: it never leaves the house as it is.
    """
    return orjson.dumps({said: to_html(said) for said in dict.fromkeys(_said(content, language)) if said})


def _said(value: Any, language: str) -> list[str]:
    if isinstance(value, Words):
        return [value.in_(language)]
    if isinstance(value, tuple):
        return [said for one in value for said in _said(one, language)]
    if is_dataclass(value):
        return [said for field in fields(value) for said in _said(getattr(value, field.name), language)]
    return []


class Printer:
    """Prints forms in one language from what is rendered."""

    def __init__(
        self, contents: Mapping[UUID, ItemContent], renderings: Renderings, types: Types, language: str
    ) -> None:
        """Read what is rendered, once for all the forms that are printed."""
        self._contents, self._types, self._language = contents, types, language
        self._html: dict[UUID, dict[str, str]] = {one: orjson.loads(body) for one, body in renderings.items()}

    def paper(self, placed: Sequence[Placed], groups: Sequence[PlacedGroup]) -> bytes:
        """The questions as they are sent. Nothing in them tells what is right."""
        return _body([self._question(one) for one in placed], [self._case(group) for group in groups])

    def solution(self, placed: Sequence[Placed], groups: Sequence[PlacedGroup], labels: Mapping[int, Json]) -> bytes:
        """The same with keys, explanations and sources: read only after an attempt was handed in.

        ``labels`` say for each slot by which rule it is scored.
        """
        solved = [{**self._solved(one), **labels[one.slot]} for one in placed]
        return _body(solved, [{**self._case(group), **self._case_told(group)} for group in groups])

    def _question(self, placed: Placed) -> dict[str, Any]:
        content = question_of(self._contents[placed.version_id], placed.part)
        showing = self._showing(placed)
        head = {"slot": placed.slot, "type": content.type, **self._prompt(content, showing)}
        return {
            **head,
            **({"group": placed.group} if placed.group else {}),
            **self._type(content).present(content, showing),
        }

    def _solved(self, placed: Placed) -> dict[str, Any]:
        content = question_of(self._contents[placed.version_id], placed.part)
        showing = self._showing(placed)
        ids = {"item_id": str(placed.item_id), "version_id": str(placed.version_id), "domain": placed.domain}
        explained = self._type(content).explain(content, showing)
        return {**self._question(placed), **ids, **explained, **_told(content, showing)}

    def _prompt(self, content: ItemContent, showing: Showing) -> dict[str, str]:
        said = content.stem.in_(self._language)
        return {"prompt": _gaps(said, showing.ids), "prompt_html": _gaps(showing.to_html(said), showing.ids)}

    def _case(self, group: PlacedGroup) -> dict[str, Any]:
        content = self._contents[group.version_id]
        asked = content.interaction
        html = self._html[group.version_id]
        exhibits = asked.exhibits if isinstance(asked, GroupInteraction) else ()
        stem = content.stem.in_(self._language)
        return {
            "id": group.id,
            "type": group.type,
            "returns": group.returns,
            "from": group.first,
            "to": group.last,
            "stem": stem,
            "stem_html": html.get(stem, ""),
            "exhibits": [
                {
                    "id": str(place),
                    "title": one.title.in_(self._language),
                    "text": one.text.in_(self._language),
                    "html": html.get(one.text.in_(self._language), ""),
                }
                for place, one in enumerate(exhibits, start=1)
            ],
        }

    def _case_told(self, group: PlacedGroup) -> dict[str, Any]:
        return _told(self._contents[group.version_id], self._showing_of(group.version_id, {}))

    def _showing(self, placed: Placed) -> Showing:
        return self._showing_of(placed.version_id, placed.ids)

    def _showing_of(self, version_id: UUID, ids: Ids) -> Showing:
        html = self._html[version_id]
        return Showing(self._language, ids, lambda said: html[said] if said in html else to_html(said))

    def _type(self, content: ItemContent) -> ItemType:
        kind = self._types[content.type]
        if not isinstance(kind, ItemType):
            raise TypeError(content.type)
        return kind


def _told(content: ItemContent, showing: Showing) -> dict[str, Any]:
    explanation = content.explanation.in_(showing.language)
    return {
        "explanation": explanation,
        "explanation_html": showing.to_html(explanation),
        "references": [_reference(reference) for reference in content.references],
        "attribution": content.provenance.attribution,
        "licence": content.provenance.licence,
        "source_url": content.provenance.source_url,
    }


def _gaps(said: str, ids: Ids) -> str:
    """``said`` with the form's ids for the author's names of gaps: a name may say what belongs there."""
    named = {
        name.removeprefix("gap:").removeprefix("list:"): chosen
        for name, chosen in ids.items()
        if not name.startswith(("text:", "choice:", "source:", "target:"))
    }

    def renamed(gap: re.Match[str]) -> str:
        name = unescape(gap[1])
        return f"[[{named[name]}]]" if name in named else gap[0]

    return GAP.sub(renamed, said)


def _reference(reference: Reference) -> dict[str, str | None]:
    checked = reference.checked_on.isoformat() if reference.checked_on else None
    return {"url": reference.url, "title": reference.title or reference.url, "checked_on": checked}


def _body(slots: Sequence[Mapping[str, Any]], cases: Sequence[Mapping[str, Any]]) -> bytes:
    lines = b"\n".join(orjson.dumps(one) for one in slots)
    return lines + b"\n\n" + b"\n".join(orjson.dumps(one) for one in cases) if cases else lines
