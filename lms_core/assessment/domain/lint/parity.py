"""Whether the languages of an item say the same: all there, with the same numbers and the same code."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from lms_core.assessment.domain.findings import Finding, Problem, warning
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.domain.lint.bank import BankItem
from lms_core.foundation.text import text
from lms_core.hooks.items import ItemContent
from lms_core.hooks.words import Words

# A number with the word that multiplies it: 5만, 1.5 million.
_NUMBER = re.compile(r"(?<![\w.])(\d+(?:,\d{3})+|\d+)((?:\.\d+)*)\s?(천|만|억|조|thousand|million|billion|trillion)?")
_TIMES = {"천": 10**3, "만": 10**4, "억": 10**8, "조": 10**12}
_TIMES |= {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
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
    if _differ(_numbers, words):
        message = text("The languages name different numbers in choice %(number)s.", number=choice)
        question = text("The languages name different numbers in the question.")
        yield warning("numbers-differ", message if choice else question)
    if _differ(_code, words):
        message = text("The languages show different code in choice %(number)s.", number=choice)
        question = text("The languages show different code in the question.")
        yield warning("code-differs", message if choice else question)


def _differ(told: Callable[[str], frozenset[str]], words: Words) -> bool:
    return len({told(variant) for variant in words.values()}) > 1


def _numbers(words: str) -> frozenset[str]:
    """The numbers in a text, however its language writes them: 5만, ①, 50,000."""
    plain = unicodedata.normalize("NFKC", _CODE.sub(" ", words))
    return frozenset(_number(*found) for found in _NUMBER.findall(plain))


def _number(whole: str, rest: str, times: str) -> str:
    if rest.count(".") > 1:
        return whole + rest
    value = Fraction(whole.replace(",", "") + rest) * _TIMES.get(times, 1)
    return str(value)


def _code(words: str) -> frozenset[str]:
    return frozenset(_CODE.findall(words))
