"""Whether the languages of an item say the same: all there, with the same numbers and the same code."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from fractions import Fraction

from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.domain.lint.bank import BankItem
from lms_core.foundation.text import text
from lms_core.hooks.findings import Finding, Problem, warning
from lms_core.hooks.items import ItemContent
from lms_core.hooks.words import Words

# A number with the word that multiplies it: 5만, 1.5 million.
_NUMBER = re.compile(r"(?<![\w.])(\d+(?:,\d{3})+|\d+)((?:\.\d+)*)\s?(천|만|억|조|thousand|million|billion|trillion)?")
_SPELT = {
    word: str(number)
    for number, words in enumerate(
        (
            "one once single 한 하나 첫",
            "two twice both 두 둘",
            "three 세 셋",
            "four 네 넷",
            "five 다섯",
            "six half-year 여섯",
            "seven 일곱",
            "eight 여덟",
            "nine 아홉",
            "ten 열",
            "eleven",
            "twelve",
        ),
        1,
    )
    for word in words.split()
}
_SPELT_WORD = re.compile(rf"\b(?:{'|'.join(_SPELT)})(?=\b|[가-힣])", re.IGNORECASE)
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
    if _numbers_differ(words):
        message = text("The languages name different numbers in choice %(number)s.", number=choice)
        question = text("The languages name different numbers in the question.")
        yield warning("numbers-differ", message if choice else question)
    if len({frozenset(_CODE.findall(variant)) for variant in words.values()}) > 1:
        message = text("The languages show different code in choice %(number)s.", number=choice)
        question = text("The languages show different code in the question.")
        yield warning("code-differs", message if choice else question)


def _numbers_differ(words: Words) -> bool:
    """Whether one language writes a number that another neither writes nor spells out."""
    written = [_numbers(variant) for variant in words.values()]
    said = [numbers | _spelt(variant) for numbers, variant in zip(written, words.values(), strict=True)]
    return any(numbers - others for numbers in written for others in said)


def _spelt(words: str) -> frozenset[str]:
    return frozenset(_SPELT[found.lower()] for found in _SPELT_WORD.findall(words))


def _numbers(words: str) -> frozenset[str]:
    """The numbers in a text, however its language writes them: 5만, ①, 50,000."""
    plain = unicodedata.normalize("NFKC", _CODE.sub(" ", words))
    return frozenset(_number(*found) for found in _NUMBER.findall(plain))


def _number(whole: str, rest: str, times: str) -> str:
    if rest.count(".") > 1:
        return whole + rest
    value = Fraction(whole.replace(",", "") + rest) * _TIMES.get(times, 1)
    return str(value)
