"""What single characters are: the classes that have a letter of their own, and Unicode's categories."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

Test = Callable[[str], bool]

_FINER: Final = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cfon"}
CATEGORIES: Final = frozenset(kind + finer for kind, inside in _FINER.items() for finer in ("", *inside))
"""Unicode's categories: `L` are all letters, `Lu` those of upper case."""

SINGLE_ESCAPES: Final[Mapping[str, str]] = {
    "n": "\n",
    "r": "\r",
    "t": "\t",
    **{each: each for each in "\\|.?*+(){}-[]^$"},
}
"""Characters that are written with a backslash before them."""


def is_any(character: str) -> bool:
    """What the dot meets: anything but the end of a line."""
    return character not in "\n\r"


def of_category(name: str) -> Test:
    """Whether a character is of a Unicode category, by its one letter or by two."""
    return lambda character: unicodedata.category(character).startswith(name)


def is_letter(character: str) -> bool:
    """What may start a name in XML."""
    return character in "_:" or unicodedata.category(character) in {"Lu", "Ll", "Lt", "Lo", "Nl"}


def is_name_character(character: str) -> bool:
    """What may stand in a name in XML."""
    return is_letter(character) or character in ".-·" or unicodedata.category(character) in {"Mn", "Mc", "Nd", "Lm"}


def is_word_character(character: str) -> bool:
    """Everything but punctuation, separators and what is neither."""
    return unicodedata.category(character)[0] not in "PZC"


def negated(test: Test) -> Test:
    """The other characters."""
    return lambda character: not test(character)


CLASSES: Final[Mapping[str, Test]] = {
    "s": lambda character: character in " \t\n\r",
    "d": of_category("Nd"),
    "w": is_word_character,
    "i": is_letter,
    "c": is_name_character,
}
"""The classes with a letter of their own; the capital letter names the other characters."""
