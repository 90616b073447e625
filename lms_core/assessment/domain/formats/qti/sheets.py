"""One item as it is read: its declarations, its words, its feedback, and whose tool wrote it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lms_core.assessment.domain.bank_file.model import tidy
from lms_core.assessment.domain.formats.asked import Unreadable
from lms_core.assessment.domain.formats.qti.identifiers import name_of
from lms_core.assessment.domain.formats.qti.markup import words_of
from lms_core.assessment.domain.formats.qti.writing import EXPLANATION, TOOL
from lms_core.assessment.domain.qti.document import Element
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.items import Interaction, ItemTypeName
from lms_core.hooks.words import NO_WORDS, Words

_FEEDBACK: Final = frozenset({"feedbackInline", "feedbackBlock"})


@dataclass(frozen=True, slots=True)
class Wiring:
    """Where an answer of ours goes: the response variable of a part (of "" where there is one), and names of QTI.

    Names are those that a form gives to parts, such as `source:a`.
    """

    variables: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What an item asks, with its question, and where answers go."""

    type: ItemTypeName
    interaction: Interaction
    stem: str
    wiring: Wiring
    problems: tuple[Problem, ...] = ()


@dataclass
class Sheet:
    """The item of a document. `told` are the identifiers of feedback that found its place."""

    root: Element
    language: str
    told: set[str] = field(default_factory=set)

    @property
    def is_ours(self) -> bool:
        """Whether we wrote the file: then words outside of XHTML are Markdown, and identifiers hold names."""
        return self.root.attributes.get("toolName") == TOOL

    @property
    def body(self) -> Element:
        """What candidates see. Raises Unreadable if there is nothing."""
        body = self.root.first("itemBody")
        if body is None:
            raise Unreadable(Problem("no-body", text("The item has no body.")))
        return body

    @property
    def processing(self) -> Element | None:
        """How responses are processed."""
        return self.root.first("responseProcessing")

    def interactions(self) -> list[Element]:
        """Every interaction, in the order written."""
        return [each for each in self.body.walk() if each.kind == "qti" and each.name.endswith("Interaction")]

    def declaration(self, interaction: Element) -> Element:
        """The declaration of an interaction's response. Raises Unreadable if there is none."""
        name = variable_of(interaction)
        for each in self.root.all("responseDeclaration"):
            if each.attributes.get("identifier") == name:
                return each
        raise Unreadable(Problem("no-declaration", text("The item declares no response “%(name)s”.", name=name)))

    def correct(self, interaction: Element) -> list[str]:
        """The values of the correct response; those that a mapping rewards where none is marked."""
        declared = self.declaration(interaction)
        holder = declared.first("correctResponse")
        marked = [each.text for each in holder.all("value")] if holder else []
        return marked or [key for key, value in self.mapped(interaction).items() if value > 0]

    def entries(self, interaction: Element) -> list[Element]:
        """The entries of the response's mapping."""
        mapping = self.declaration(interaction).first("mapping")
        return mapping.all("mapEntry") if mapping else []

    def mapped(self, interaction: Element) -> dict[str, float]:
        """What each value earns. Raises Unreadable where that is no number."""
        found = self.entries(interaction)
        return {each.attributes.get("mapKey", ""): number(each.attributes.get("mappedValue", "")) for each in found}

    def words(self, found: Element) -> Words:
        """The Markdown of an element that holds blocks."""
        return self.in_language(words_of(found))

    def plain(self, found: Element) -> Words:
        """The words of an element that holds no blocks."""
        return self.in_language(tidy(found.all_text) if self.is_ours else words_of(found))

    def label(self, written: str) -> Words:
        """The words of an attribute."""
        return self.in_language(tidy(written))

    def in_language(self, written: str) -> Words:
        """Words in the language of the item."""
        return Words({self.language: written}) if written else NO_WORDS

    def name(self, identifier: str, prefix: str = "") -> str:
        """The author's name for what an identifier names."""
        return name_of(identifier.removeprefix(prefix)) if self.is_ours else identifier

    def feedback(self, choice: Element) -> Words:
        """Why a choice is right or wrong: told inside it, or after the answer."""
        identifier = choice.attributes.get("identifier", "")
        inside = [words_of(each) for each in choice.walk() if each.name in _FEEDBACK]
        after = [words_of(each) for each in self.root.all("modalFeedback") if _shows(each, identifier)]
        self.told.add(identifier)
        return self.in_language("\n\n".join(filter(None, (*inside, *after))))

    def explanation(self) -> tuple[Words, bool]:
        """Feedback that belongs to no choice, and whether it was more than ours: told for some answers alone."""
        left = [each for each in self.root.all("modalFeedback") if each.attributes.get("identifier") not in self.told]
        written = list(dict.fromkeys(filter(None, (words_of(each) for each in (*left, *self._blocks())))))
        is_merged = any(each.attributes.get("identifier") != EXPLANATION for each in left)
        return self.in_language("\n\n".join(written)), is_merged

    def _blocks(self) -> Iterator[Element]:
        inside = {id(inner) for each in self.interactions() for inner in each.walk()}
        return (each for each in self.body.walk() if each.name in _FEEDBACK and id(each) not in inside)


def variable_of(interaction: Element) -> str:
    """The response variable that an interaction fills."""
    return interaction.attributes.get("responseIdentifier", "")


def number(written: str) -> float:
    """A number as written. Raises Unreadable."""
    try:
        return float(written)
    except ValueError:
        reason = text("“%(text)s” is no %(type)s.", text=written, type="float")
        raise Unreadable(Problem("unreadable-mark", reason)) from None


def is_true(element: Element, name: str) -> bool:
    """Whether a boolean attribute is written and true."""
    return element.attributes.get(name, "").strip() in {"true", "1"}


def _shows(feedback: Element, identifier: str) -> bool:
    return feedback.attributes.get("identifier") == identifier


Read = Callable[[Sheet, list[Element]], Found]
