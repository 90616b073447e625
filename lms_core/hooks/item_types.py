"""What a type of item is: how its items are placed on a form, shown, answered, marked and reported.

A type is pure. Everything that a form needs of it is written down as data when the form is drawn: the shape an answer
has to have, and the key. Saving an answer and showing a question therefore ask no plugin.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from lms_core.foundation.text import Text, Titles
from lms_core.hooks.items import ItemContent, Scoring
from lms_core.hooks.words import Words

Json = Mapping[str, Any]
Ids = Mapping[str, str]
"""The random ids of one form, by the names that the author gave to parts."""


@dataclass(frozen=True, slots=True)
class Showing:
    """An item on its way to its readers: the language, the ids of the form, and Markdown as HTML that is safe."""

    language: str
    ids: Ids
    to_html: Callable[[str], str]

    def words(self, words: Words) -> dict[str, str]:
        """``words`` as ``text`` (Markdown) and ``html``, without the paragraph where it is a single one."""
        said = words.in_(self.language)
        return {"text": said, "html": within_a_line(self.to_html(said))}

    def why(self, words: Words) -> dict[str, str]:
        """An explanation as ``feedback`` and ``feedback_html``."""
        said = words.in_(self.language)
        return {"feedback": said, "feedback_html": self.to_html(said)}


def within_a_line(html: str) -> str:
    """``html`` without its paragraph where that is the only one: a label may hold no paragraph."""
    inside = html.strip().removeprefix("<p>").removesuffix("</p>")
    return html if "<p>" in inside or inside == html.strip() else inside


@dataclass(frozen=True, slots=True)
class Component:
    """What one part of an answer earned, by the id of that part.

    ``share`` is the part of the item's single point that the author's weights give, where scoring is by weights.
    """

    id: str
    points: float
    possible: float
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of a report, in HTML that is safe to show: a part, the answer to it, the right one, and why.

    ``component`` is the id of the component whose points stand in the line; empty where none do.
    """

    component: str
    part: str
    answer: str
    key: str
    right: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class ItemType:
    """A type of item that is answered as one question. Every function is pure.

    ``arrange``  names the parts that get an id on a form, in the order shown; None for the lot keeps authors' order
    ``expect``   the shape of its answers, as `lms_core.assessment.domain.responses` reads it: no key
    ``present``  what candidates see beside the prompt: no key, no explanation
    ``key``      what is right, as plain JSON that is kept apart until submission
    ``mark``     what an answer (None: nothing was saved) earns by component, for ``key``
    ``explain``  what the report adds to ``present``: the key in the shape of an answer, and explanations
    ``report``   the lines of a report, from what ``present`` and ``explain`` wrote and the answer

    ``by_person``: a machine cannot mark it; the components of ``mark`` then say what can be earned.
    """

    name: str
    title: Text
    arrange: Callable[[ItemContent, Random | None], Sequence[str]]
    expect: Callable[[ItemContent, Ids], Json]
    present: Callable[[ItemContent, Showing], Json]
    key: Callable[[ItemContent, Ids], Json]
    mark: Callable[[Json, Json | None], tuple[Component, ...]]
    explain: Callable[[ItemContent, Showing], Json]
    report: Callable[[Json, Json | None], tuple[ReportRow, ...]]
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class GroupType:
    """A type of item that holds several questions under one stem. Each question is a slot of its own.

    ``returns`` False: a question that was left cannot be come back to.
    """

    name: str
    title: Text
    returns: bool = True


@dataclass(frozen=True, slots=True)
class ScoringRequest:
    """A form is drawn for an exam: by which rule are the components of an item of this type scored?

    ``own`` is the rule that the item's author wrote.
    """

    exam_id: UUID
    certification: str
    type: str
    own: Scoring


@dataclass(frozen=True, slots=True)
class ItemScoring:
    """A rule of scoring, and in words whose rule it is: the vendor's as published, or our own choice."""

    rule: Scoring
    label: Titles
