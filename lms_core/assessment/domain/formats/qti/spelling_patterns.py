"""Accepted answers as regular expressions of XML Schema, so that another system takes exactly what we take.

QTI compares strings letter by letter or without regard to case. What people mean by the same answer is more: width,
spacing, composed syllables. `patternMatch` can say it.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Final

from lms_core.assessment.domain.interactions.spelling import UNSEEN, composed, folded
from lms_core.hooks.items import TextAnswer

_SPACES: Final = "\\t\\n\\r " + "".join(
    map(chr, (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)
_UNSEEN: Final = "".join(map(chr, UNSEEN))
_SIGNS: Final = re.compile(r"([\\|.?*+(){}\-\[\]^])")
# Letters of other alphabets are folded as well; these planes hold the ones that fold into something else.
_LETTERS: Final = (range(0x20, 0xD800), range(0xF900, 0xFFFE), range(0x1D400, 0x1D800), range(0x1F100, 0x1F200))
_LONGEST: Final = 3


def pattern_of(answer: TextAnswer, words: str) -> str | None:
    """What is typed and taken for `words`, as a pattern; None if nothing is, or if the answer is a pattern itself."""
    if answer.match == "exact":
        inside = f"[{_UNSEEN}]*".join(map(_exact, composed(words)))
        around = f"[{_SPACES}{_UNSEEN}]*"
    elif answer.match == "folded":
        around = f"[{_SPACES}{_UNSEEN}]*"
        inside = around.join(_folded(folded(words), around))
    else:
        return None
    return f"{around}{inside}{around}" if inside else None


def _exact(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return _escaped(letter) if apart == letter else f"({_escaped(letter)}|{_escaped(apart)})"


def _folded(words: str, around: str) -> list[str]:
    """Each letter in every shape that is folded into it; a run of letters also as the one sign that stands for it."""
    found, at = [], 0
    while at < len(words):
        length = next((size for size in range(_LONGEST, 1, -1) if words[at : at + size] in _shapes()), 1)
        run = words[at : at + length]
        apart = around.join(_letter(letter, around) for letter in run)
        found.append(apart if length == 1 else f"({apart}|{_any_of(_shapes()[run])})")
        at += length
    return found


def _letter(letter: str, around: str) -> str:
    whole = _any_of(letter + _shapes().get(letter, ""))
    apart = [_any_of(part + _shapes().get(part, "")) for part in unicodedata.normalize("NFD", letter)]
    return whole if len(apart) == 1 else f"({whole}|{around.join(apart)})"


def _any_of(letters: str) -> str:
    kept = "".join(dict.fromkeys(letters))
    return _escaped(kept) if len(kept) == 1 else f"[{_escaped(kept)}]"


@cache
def _shapes() -> Mapping[str, str]:
    """The signs that are folded into something else, by what that is."""
    shapes: dict[str, str] = defaultdict(str)
    for letter in map(chr, chain.from_iterable(_LETTERS)):
        plain = folded(letter)
        if plain != letter and 0 < len(plain) <= _LONGEST:
            shapes[plain] += letter
    return shapes


def _escaped(letters: str) -> str:
    return _SIGNS.sub(r"\\\1", letters)
