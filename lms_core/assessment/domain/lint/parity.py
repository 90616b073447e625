"""Whether the languages of an item say the same: all there, with the same numbers and the same code."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lms_core.assessment.domain.findings import Finding, Problem, warning
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.domain.lint.bank import BankItem
from lms_core.foundation.text import text
from lms_core.hooks.items import ItemContent
from lms_core.hooks.words import Words

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
_CODE = re.compile(r"`([^`\n]+)`")


def parity_findings(items: Sequence[BankItem]) -> Iterator[Finding]:
    """Items that lack a language of the bank, and texts whose numbers or code differ between languages."""
    languages = dict.fromkeys(language for item in items for language in item.content.languages)
    for item in items:
        for problem in _problems(item.content, tuple(languages)):
            yield item.finding(problem)


def _problems(content: ItemContent, languages: Sequence[str]) -> Iterator[Problem]:
    for language in languages:
        if language not in content.languages:
            yield warning(
                "missing-language",
                text("The item is not written in “%(language)s”, others are.", language=language),
            )
    yield from _differences(content.stem, 0)
    for number, choice in enumerate(choices_of(content), 1):
        yield from _differences(choice.text, number)


def _differences(words: Words, choice: int) -> Iterator[Problem]:
    """What differs in the question (`choice` 0) or in one choice, numbered from 1."""
    if _differ(_NUMBER, words):
        message = text("The languages name different numbers in choice %(number)s.", number=choice)
        question = text("The languages name different numbers in the question.")
        yield warning("numbers-differ", message if choice else question)
    if _differ(_CODE, words):
        message = text("The languages show different code in choice %(number)s.", number=choice)
        question = text("The languages show different code in the question.")
        yield warning("code-differs", message if choice else question)


def _differ(pattern: re.Pattern[str], words: Words) -> bool:
    return len({_counted(pattern, variant) for variant in words.values()}) > 1


def _counted(pattern: re.Pattern[str], words: str) -> frozenset[tuple[str, int]]:
    return frozenset(Counter(pattern.findall(words)).items())
