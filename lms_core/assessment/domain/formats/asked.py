"""Interactions as plain formats write them, and what a format of one language can say of them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from lms_core.assessment.domain.bank_file.model import positional
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import CannotHold
from lms_core.hooks.items import (
    Choice,
    ChoiceInteraction,
    Criterion,
    ExtendedTextInteraction,
    Interaction,
    ItemContent,
    ItemTypeName,
    MatchInteraction,
    Pair,
    Scoring,
    TextAnswer,
    TextEntryInteraction,
    TextField,
)
from lms_core.hooks.words import NO_WORDS, Words

TRUTHS: Final = {"ko": ("참", "거짓"), "en": ("True", "False")}
WHOLE: Final = {"ko": "답안 전체", "en": "The answer as a whole"}
BLANK: Final = "answer"

Says = Callable[[Words], str]


@dataclass(frozen=True, slots=True)
class Accepted:
    """An accepted answer of a short-answer question: its words, the share of the point it earns, why."""

    words: str
    share: float = 1.0
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question of a file asks for, as we ask it."""

    type: ItemTypeName
    interaction: Interaction
    scoring: Scoring = "all-or-nothing"
    problems: tuple[Problem, ...] = ()


class Unreadable(Exception):
    """A question that makes no item."""

    def __init__(self, problem: Problem) -> None:
        """Keep what is told of it."""
        self.problem = problem
        super().__init__(problem.rule)


def words_in(language: str, written: str) -> Words:
    """Text in the one language of a file."""
    return Words({language: written}) if written else NO_WORDS


def truth(language: str, *, is_true: bool, feedback: Sequence[Words] = (NO_WORDS, NO_WORDS)) -> ChoiceInteraction:
    """A statement to be called true or false: two choices that keep their order."""
    said = TRUTHS.get(language, TRUTHS["en"])
    choices = (
        Choice("a", Words({language: said[0]}), is_true, feedback[0]),
        Choice("b", Words({language: said[1]}), not is_true, feedback[1]),
    )
    return ChoiceInteraction(choices, shuffle=False)


def truth_of(content: ItemContent, language: str) -> bool | None:
    """Whether a choice item says true or false of its statement; None if it is no such item."""
    asked = content.interaction
    if not isinstance(asked, ChoiceInteraction) or asked.shuffle or content.type != "choice":
        return None
    said = tuple(choice.text.get(language, "") for choice in asked.choices)
    return asked.choices[0].correct if said == TRUTHS.get(language, TRUTHS["en"]) else None


def short_answer(language: str, accepted: Sequence[Accepted]) -> tuple[TextEntryInteraction, Scoring]:
    """One blank; an answer with a star in it stands for anything there. Shares other than all are scored by map."""
    answers = tuple(_accepted(language, one) for one in accepted if one.share > 0)
    scoring: Scoring = "map" if any(one.weight is not None for one in answers) else "all-or-nothing"
    return TextEntryInteraction((TextField(BLANK, answers),)), scoring


def _accepted(language: str, one: Accepted) -> TextAnswer:
    has_star = "*" in one.words
    said = ".*".join(re.escape(part) for part in one.words.split("*")) if has_star else one.words
    weight = None if one.share == 1 else one.share
    feedback = words_in(language, one.feedback)
    return TextAnswer(Words({language: said}), "pattern" if has_star else "folded", feedback, weight)


def matching(language: str, pairs: Sequence[tuple[str, str]]) -> MatchInteraction:
    """Sources with the target of each; a pair without a source is a target that fits nothing."""
    targets = list(dict.fromkeys(target for _, target in pairs))
    named = {target: positional(at) for at, target in enumerate(targets)}
    sources = [source for source, _ in pairs if source]
    key = [Pair(f"s{at}", named[target]) for at, (source, target) in enumerate(p for p in pairs if p[0])]
    return MatchInteraction(
        tuple(Choice(f"s{at}", Words({language: source})) for at, source in enumerate(sources)),
        tuple(Choice(named[target], Words({language: target})) for target in targets),
        tuple(key),
    )


def essay(language: str, model_answer: str = "") -> ExtendedTextInteraction:
    """A text to be read by a person; formats without a rubric get one line of one point."""
    whole = Criterion("whole", Words({language: WHOLE.get(language, WHOLE["en"])}), 1.0)
    return ExtendedTextInteraction((whole,), words_in(language, model_answer))


def says_in(content: ItemContent, language: str) -> Says:
    """How a format of one language says the item's words. Raises CannotHold for an item without that variant."""
    if language not in content.languages:
        reason = text("There is no variant in “%(language)s” to write.", language=language)
        raise CannotHold(Problem("no-variant", reason))
    return lambda words: words.get(language, "")


def cannot_hold(content: ItemContent) -> CannotHold:
    """The refusal of an item whose type a format does not know."""
    return CannotHold(
        Problem("not-held", text("Items of type “%(type)s” cannot be written in this format.", type=content.type))
    )


def single_blank(content: ItemContent) -> TextField:
    """The one blank of a text-entry item. Raises CannotHold for several, or for patterns of its own."""
    asked = content.interaction
    if not isinstance(asked, TextEntryInteraction) or len(asked.fields) != 1:
        raise cannot_hold(content)
    if any(one.match == "pattern" for one in asked.fields[0].answers):
        raise CannotHold(Problem("not-held", text("Patterns cannot be written in this format.")))
    return asked.fields[0]
