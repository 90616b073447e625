"""Items by their content: which interaction a type has, and when two contents ask the same question."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

from lms_core.hooks.items import (
    Choice,
    ChoiceInteraction,
    ExtendedTextInteraction,
    GapMatchInteraction,
    GroupInteraction,
    HotspotInteraction,
    InlineChoiceInteraction,
    Interaction,
    ItemContent,
    ItemTypeName,
    MatchInteraction,
    NumericInteraction,
    OrderInteraction,
    Reference,
    TextEntryInteraction,
)
from lms_core.hooks.words import Words

INTERACTIONS: Final[Mapping[ItemTypeName, type[Interaction]]] = {
    "choice": ChoiceInteraction,
    "multiple-response": ChoiceInteraction,
    "statement-set": MatchInteraction,
    "ordering": OrderInteraction,
    "matching": MatchInteraction,
    "gap-match": GapMatchInteraction,
    "inline-choice": InlineChoiceInteraction,
    "text-entry": TextEntryInteraction,
    "numeric": NumericInteraction,
    "hot-spot": HotspotInteraction,
    "hot-area": InlineChoiceInteraction,
    "extended-text": ExtendedTextInteraction,
    "case-study": GroupInteraction,
    "problem-solution": GroupInteraction,
}

_BESIDE_THE_QUESTION = frozenset({"identifier", "feedback", "pinned", "shuffle"})


def choices_of(content: ItemContent) -> tuple[Choice, ...]:
    """The choices of a single or multiple choice item; none for any other type."""
    return content.interaction.choices if isinstance(content.interaction, ChoiceInteraction) else ()


def normalised(words: str) -> str:
    """`words` as they compare: composed letters (NFC), every run of white space one space."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def canonical_hash(content: ItemContent, language: str) -> str:
    """Stem, choices and key in one language as a SHA-256: equal however a file format wrote them.

    The order of choices does not count, nor do identifiers and explanations.
    """
    question = [normalised(content.stem.get(language, "")), _key(content, language)]
    return hashlib.sha256(json.dumps(question, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def canonical_hashes(content: ItemContent) -> Mapping[str, str]:
    """The canonical hash of every language the item is written in."""
    return {language: canonical_hash(content, language) for language in content.languages}


def references_of(content: ItemContent) -> tuple[Reference, ...]:
    """Every reference of an item, those of the questions of a case with it."""
    parts = content.interaction.items if isinstance(content.interaction, GroupInteraction) else ()
    return content.references + tuple(one for part in parts for one in references_of(part))


def references_expire_on(content: ItemContent) -> date | None:
    """The first day on which one of its references has to be read again."""
    return min((one.expires_on for one in references_of(content) if one.expires_on), default=None)


def _key(content: ItemContent, language: str) -> Any:
    if isinstance(content.interaction, ChoiceInteraction):
        return sorted(
            [normalised(choice.text.get(language, "")), choice.correct] for choice in content.interaction.choices
        )
    return [content.type, _plain(content.interaction, language)]


def _plain(value: Any, language: str) -> Any:
    if isinstance(value, Words):
        return normalised(value.get(language, ""))
    if isinstance(value, tuple):
        return [_plain(each, language) for each in value]
    if isinstance(value, ItemContent):
        return [normalised(value.stem.get(language, "")), _key(value, language)]
    if is_dataclass(value):
        kept = (field.name for field in fields(value) if field.name not in _BESIDE_THE_QUESTION)
        return {name: _plain(getattr(value, name), language) for name in kept}
    return value
