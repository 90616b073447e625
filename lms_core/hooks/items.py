"""What an item says: the frozen values in which hooks, formats, exams and plugins speak of items.

Names and shapes follow the interactions of QTI 3. One content holds every language of an item:
texts are `Words`, one variant a language; keys, identifiers, order and scoring are shared.
Markdown is the language of every text. Rules about these values live in `lms_core.assessment.domain`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from lms_core.hooks.words import NO_WORDS, Words

ItemTypeName = Literal[
    "choice",
    "multiple-response",
    "statement-set",
    "ordering",
    "matching",
    "gap-match",
    "inline-choice",
    "text-entry",
    "numeric",
    "hot-spot",
    "hot-area",
    "extended-text",
    "case-study",
    "problem-solution",
]
Scoring = Literal["all-or-nothing", "partial", "map"]
Difficulty = Literal["easy", "medium", "hard"]
TextMatch = Literal["exact", "folded", "pattern"]
Shape = Literal["circle", "rect", "poly"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A page that supports the key, with the day somebody read it and the day to read it again."""

    url: str
    title: str = ""
    checked_on: date | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Whose words these are and under which terms they may be shown. `licence` is an SPDX identifier."""

    licence: str = ""
    attribution: str = ""
    author: str = ""
    source_url: str = ""
    originality: str = ""


UNKNOWN_PROVENANCE = Provenance()


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its size in pixels and what it shows in words."""

    source: str
    alt: Words
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a person can pick or place. `pinned` keeps its place when the others are shuffled.

    `weight` is the share of the item's point that picking it earns where scoring is "map";
    it may be negative.
    """

    identifier: str
    text: Words
    correct: bool = False
    feedback: Words = NO_WORDS
    pinned: bool = False
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A source (statement, text) and the target (answer, gap) it belongs to, by identifier."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class ChoiceInteraction:
    """Types "choice" (one key) and "multiple-response" (one or more keys)."""

    choices: tuple[Choice, ...]
    shuffle: bool = True


@dataclass(frozen=True, slots=True)
class OrderInteraction:
    """Type "ordering": `key` names the choices in their right order; a choice outside it is a distractor."""

    choices: tuple[Choice, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchInteraction:
    """Types "matching" and "statement-set": each source belongs to the targets its pairs name.

    A statement set is a match of statements with two answers (yes/no, true/false) that stay in order.
    """

    sources: tuple[Choice, ...]
    targets: tuple[Choice, ...]
    key: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class GapMatchInteraction:
    """Type "gap-match": texts are placed into gaps, which stand in the stem as `[[gap]]`."""

    texts: tuple[Choice, ...]
    gaps: tuple[str, ...]
    key: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """One drop-down: a gap of the stem (`[[identifier]]`), or a labelled setting of a form."""

    identifier: str
    choices: tuple[Choice, ...]
    label: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class InlineChoiceInteraction:
    """Types "inline-choice" (drop-downs in the stem) and "hot-area" (settings of a form or picture)."""

    groups: tuple[ChoiceGroup, ...]
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """One accepted answer. "folded" ignores case, width and spacing; "pattern" is a regular expression."""

    text: Words
    match: TextMatch = "folded"
    feedback: Words = NO_WORDS
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class TextField:
    """One blank of the stem (`[[identifier]]`) with its accepted answers."""

    identifier: str
    answers: tuple[TextAnswer, ...]


@dataclass(frozen=True, slots=True)
class TextEntryInteraction:
    """Type "text-entry": one or more blanks to fill in."""

    fields: tuple[TextField, ...]


@dataclass(frozen=True, slots=True)
class NumericField:
    """One blank for a number: right within `value` ± `tolerance`, in `unit` where one is named."""

    identifier: str
    value: float
    tolerance: float = 0.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NumericInteraction:
    """Type "numeric": one or more numbers to fill in."""

    fields: tuple[NumericField, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A region of a picture, coordinates in its pixels as in HTML image maps."""

    identifier: str
    shape: Shape
    coordinates: tuple[int, ...]
    label: Words
    correct: bool = False
    feedback: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class HotspotInteraction:
    """Type "hot-spot": pick the region or regions of a picture."""

    picture: Picture
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a rubric and the points it is worth."""

    identifier: str
    text: Words
    points: float


@dataclass(frozen=True, slots=True)
class ExtendedTextInteraction:
    """Type "extended-text": written freely, scored by a person along the rubric."""

    rubric: tuple[Criterion, ...]
    model_answer: Words = NO_WORDS
    least_words: int | None = None
    most_words: int | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A document that the questions of a case share."""

    identifier: str
    title: Words
    text: Words


@dataclass(frozen=True, slots=True)
class GroupInteraction:
    """Types "case-study" and "problem-solution": questions under one stem and its exhibits.

    In a problem-solution series no question can be returned to once it was left.
    """

    exhibits: tuple[Exhibit, ...]
    items: tuple["ItemContent", ...]


Interaction = (
    ChoiceInteraction
    | OrderInteraction
    | MatchInteraction
    | GapMatchInteraction
    | InlineChoiceInteraction
    | TextEntryInteraction
    | NumericInteraction
    | HotspotInteraction
    | ExtendedTextInteraction
    | GroupInteraction
)


@dataclass(frozen=True, slots=True)
class ItemContent:
    """Everything an item says, in all its languages. `identifier` is the author's, stable across imports.

    `difficulty_value` is a measured difficulty (logits), where there is one beside the author's guess.
    """

    identifier: str
    type: ItemTypeName
    stem: Words
    interaction: Interaction
    scoring: Scoring = "all-or-nothing"
    explanation: Words = NO_WORDS
    references: tuple[Reference, ...] = ()
    objective: str = ""
    difficulty: Difficulty | None = None
    difficulty_value: float | None = None
    tags: tuple[str, ...] = ()
    provenance: Provenance = UNKNOWN_PROVENANCE

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the stem is written in, in the order written."""
        return tuple(self.stem)
