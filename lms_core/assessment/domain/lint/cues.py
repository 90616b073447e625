"""Cues that give keys away over a whole bank: where they stand, and how long they are."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.domain.lint.bank import BankItem
from lms_core.foundation.text import text
from lms_core.hooks.findings import Finding, Problem, warning

_CRITICAL: Final[Mapping[int, float]] = {1: 6.63, 2: 9.21, 3: 11.34, 4: 13.28, 5: 15.09, 6: 16.81, 7: 18.48}
"""Chi-square exceeded by chance once in a hundred, by degrees of freedom."""
_DEVIATIONS = 2.33
"""Standard deviations that chance exceeds once in a hundred on one side."""
_LEAST = 12


def cue_findings(items: Sequence[BankItem]) -> Iterator[Finding]:
    """The cues of the bank as findings about the bank, each at its first file."""
    single = [item for item in items if item.content.type == "choice" and choices_of(item.content)]
    by_count: dict[int, list[BankItem]] = {}
    for item in single:
        by_count.setdefault(len(choices_of(item.content)), []).append(item)
    for count, group in by_count.items():
        yield from (problem.at(items[0].file, 0) for problem in _position_cues(count, group))
    for language in dict.fromkeys(language for item in single for language in item.content.languages):
        yield from (problem.at(items[0].file, 0) for problem in _length_cues(single, language))


def key_position(item: BankItem) -> int:
    """The place of the first right choice, from 0."""
    return next(number for number, choice in enumerate(choices_of(item.content)) if choice.correct)


def _position_cues(count: int, group: Sequence[BankItem]) -> Iterator[Problem]:
    """Uneven key positions, once there are enough items for chance to be ruled out."""
    if len(group) < max(_LEAST, 3 * count) or count - 1 not in _CRITICAL:
        return
    found = Counter(key_position(item) for item in group)
    expected = len(group) / count
    chi_square = sum((found[place] - expected) ** 2 / expected for place in range(count))
    if chi_square > _CRITICAL[count - 1]:
        shares = ", ".join(f"{'ABCDEFGH'[place]} {found[place]}" for place in range(count))
        yield warning(
            "key-balance",
            text("Keys of items with %(count)s choices stand unevenly: %(shares)s.", count=count, shares=shares),
        )


def _length_cues(items: Sequence[BankItem], language: str) -> Iterator[Problem]:
    """The key is the longest choice more often than chance would have it."""
    written = [item for item in items if language in item.content.stem]
    chances = [1 / len(choices_of(item.content)) for item in written]
    longest = [item for item in written if _key_is_longest(item, language)]
    spread = math.sqrt(sum(chance * (1 - chance) for chance in chances))
    if len(written) >= _LEAST and len(longest) > sum(chances) + _DEVIATIONS * spread:
        yield warning(
            "length-cue",
            text(
                "The right choice is the longest in %(found)s of %(all)s items (%(language)s): %(names)s.",
                found=len(longest),
                all=len(written),
                language=language,
                names=", ".join(item.content.identifier for item in longest),
            ),
        )


def _key_is_longest(item: BankItem, language: str) -> bool:
    choices = choices_of(item.content)
    key = max(len(choice.text.get(language, "")) for choice in choices if choice.correct)
    others = [len(choice.text.get(language, "")) for choice in choices if not choice.correct]
    return bool(others) and key > max(others)
