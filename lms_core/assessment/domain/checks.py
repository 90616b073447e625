"""What makes an item unusable: the rules that every item keeps, whichever file or form it came from."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from lms_core.assessment.domain.interaction_checks import interaction_problems
from lms_core.assessment.domain.items import choices_of, normalised
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.items import Choice, GroupInteraction, ItemContent
from lms_core.hooks.words import Words

LONGEST_NAME = 200
LONGEST_OBJECTIVE = 80

_PLACEHOLDER_STEM = re.compile(
    r"(?:q|question|stem|문제|질문|문항)\s*[#.]?\s*\d*|todo\b.*|tbd|xxx+|placeholder|lorem ipsum.*|\.{3,}|…+",
    re.IGNORECASE,
)
_PLACEHOLDER_CHOICE = re.compile(
    r"(?:choice|option|answer|보기|선택지)\s*[#.]?\s*[\da-e]?|todo\b.*|tbd|xxx+|placeholder|lorem ipsum.*",
    re.IGNORECASE,
)
_DUMP = re.compile(r"dump|덤프|족보", re.IGNORECASE)


def problems(content: ItemContent) -> tuple[Problem, ...]:
    """Every rule that `content` breaks; empty if it may enter a bank."""
    found = [*_name_problems(content), *_stem_problems(content), *_tag_problems(content)]
    if content.type in {"choice", "multiple-response"}:
        found += _choice_item_problems(content)
    else:
        found += interaction_problems(content)
    return (*found, *_question_problems(content), *_language_problems(content))


def _name_problems(content: ItemContent) -> Iterator[Problem]:
    if len(content.identifier) > LONGEST_NAME or len(content.objective) > LONGEST_OBJECTIVE:
        yield Problem(
            "name-too-long",
            text(
                "An identifier has at most %(name)s characters, an objective %(objective)s.",
                name=LONGEST_NAME,
                objective=LONGEST_OBJECTIVE,
            ),
        )


def _stem_problems(content: ItemContent) -> Iterator[Problem]:
    if not any(words.strip() for words in content.stem.values()):
        yield Problem("empty-stem", text("The question is empty. Write what is asked."))
    if any(_PLACEHOLDER_STEM.fullmatch(words.strip()) for words in content.stem.values()):
        yield Problem(
            "placeholder",
            text("The question is only a placeholder: “%(words)s”. Write it out.", words=_first(content.stem)),
        )


def _tag_problems(content: ItemContent) -> Iterator[Problem]:
    if any(_DUMP.search(tag) for tag in content.tags):
        yield Problem(
            "recalled-from-exam",
            text("The tags say that this was recalled from a real exam. Such items are not taken."),
        )


def _choice_item_problems(content: ItemContent) -> Iterator[Problem]:
    choices = choices_of(content)
    if len(choices) < 2:
        yield Problem("too-few-choices", text("There are fewer than two choices. Add at least two."))
    yield from choice_text_problems(choices)
    yield from _key_problems(content, sum(choice.correct for choice in choices))
    if content.scoring == "map" and not any(choice.weight for choice in choices):
        yield Problem("no-weights", text("Scoring by weight needs a weight on at least one choice."))


def _question_problems(content: ItemContent) -> Iterator[Problem]:
    if isinstance(content.interaction, GroupInteraction):
        for question in content.interaction.items:
            yield from problems(question)


def choice_text_problems(choices: Iterable[Choice]) -> Iterator[Problem]:
    """Choices that are empty, placeholders or twice the same, in any language."""
    texts = [(language, normalised(words)) for each in choices for language, words in each.text.items()]
    if any(not each.text for each in choices):
        yield Problem("empty-choice", text("A choice has no text. Write it or take it out."))
    for words in dict.fromkeys(words for _, words in texts if _PLACEHOLDER_CHOICE.fullmatch(words)):
        yield Problem("placeholder", text("The choice “%(words)s” is only a placeholder. Write it out.", words=words))
    twice = [words for (_, words), count in Counter(texts).items() if count > 1]
    for words in dict.fromkeys(twice):
        yield Problem(
            "equal-choices", text("Two choices say the same: “%(words)s”. Change or remove one.", words=words)
        )


def _key_problems(content: ItemContent, keys: int) -> Iterator[Problem]:
    if keys == 0:
        yield Problem("no-key", text("No choice is marked as right. Mark the right one; it is never guessed."))
    if keys > 1 and content.type == "choice":
        yield Problem(
            "several-keys",
            text("%(count)s choices are marked as right. Leave one, or make it multiple response.", count=keys),
        )


def _language_problems(content: ItemContent) -> Iterator[Problem]:
    for language in content.languages:
        if any(words and language not in words for words in _asked_words(content.interaction)):
            yield Problem(
                "missing-language",
                text("Some choices have no text in “%(language)s”, but the question has.", language=language),
            )


def _asked_words(value: Any) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _asked_words(each)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in {"feedback", "explanation", "model_answer", "answers"}:
                yield from _asked_words(getattr(value, field.name))


def _first(words: Words) -> str:
    return next(iter(words.values()), "")
