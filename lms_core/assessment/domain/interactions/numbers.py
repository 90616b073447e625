"""Numbers as people write them: 1,234.5 or 1234.5 or 1만 2,345, in half or full width, with or without their unit."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from lms_core.assessment.domain.interactions.spelling import folded

_DIGITS = re.compile(r"\d+|\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+")
"""Whole digits: ungrouped, by three as in English, or by four as in Korean counting."""
_WESTERN = re.compile(r"([\d,]*)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?", re.IGNORECASE)
_KOREAN = re.compile(r"(?:([\d,.]+)조)?(?:([\d,.]+)억)?(?:([\d,.]+)만)?([\d,.]*)")
_MYRIADS: Final = (Decimal(10) ** 12, Decimal(10) ** 8, Decimal(10) ** 4, Decimal(1))
_SIGNS: Final = str.maketrans({"−": "-", "–": "-", "＋": "+", "，": ",", "．": "."})


def number_of(typed: str) -> Decimal | None:
    """The number that ``typed`` writes, or None where it writes none."""
    plain = "".join(unicodedata.normalize("NFKC", typed.translate(_SIGNS)).split())
    sign = -1 if plain.startswith("-") else 1
    unsigned = plain[1:] if plain[:1] in {"+", "-"} else plain
    found = _western(unsigned) if _WESTERN.fullmatch(unsigned) else _korean(unsigned)
    return None if found is None else sign * found


def within(typed: str, value: float, tolerance: float, unit: str) -> bool:
    """Whether ``typed`` is ``value`` within ``tolerance``, ends included.

    The unit stands beside the blank, so it may be left out; a different one is wrong, whatever the number.
    """
    number = number_in(typed, unit)
    if number is None:
        return False
    # Fractions, since a difference of decimals is rounded: an end far from the value would be missed or passed.
    return abs(Fraction(number) - Fraction(repr(value))) <= Fraction(repr(tolerance))


def number_in(typed: str, unit: str) -> Decimal | None:
    """The number that ``typed`` writes with its unit or without, or None where it writes none."""
    return number_of(_without_unit(typed, unit))


def _without_unit(typed: str, unit: str) -> str:
    plain, name = folded(typed), folded(unit)
    return plain.removesuffix(name) if plain.endswith(name) else plain.removeprefix(name)


def _western(written: str) -> Decimal | None:
    found = _WESTERN.fullmatch(written)
    if found is None or not (found[1] or found[2]):
        return None
    if found[1] and not _DIGITS.fullmatch(found[1]):
        return None
    return _decimal(f"{found[1].replace(',', '') or '0'}.{found[2] or '0'}e{found[3] or '0'}")


def _korean(written: str) -> Decimal | None:
    found = _KOREAN.fullmatch(written)
    if found is None or not any(found.groups()):
        return None
    parts = [Decimal(0) if not part else _western(part) for part in found.groups()]
    if any(part is None for part in parts):
        return None
    return sum((part * myriad for part, myriad in zip(parts, _MYRIADS, strict=True) if part), Decimal(0))


def _decimal(written: str) -> Decimal | None:
    try:
        return Decimal(written)
    except InvalidOperation:
        return None
