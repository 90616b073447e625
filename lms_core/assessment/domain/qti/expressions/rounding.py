"""Rounding as people round: half up, on the digits that the number is written with."""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final, Literal

from lms_core.assessment.domain.qti.attributes import one_of
from lms_core.assessment.domain.qti.expressions.calls import Call

Mode = Literal["significantFigures", "decimalPlaces"]
_MODES: Final[dict[str, Mode]] = {"significantFigures": "significantFigures", "decimalPlaces": "decimalPlaces"}
_MOST_FIGURES: Final = 340
"""More digits than any number of double precision has before or after its point."""

_WIDE: Final = Context(prec=1000, rounding=ROUND_HALF_UP)


def nearest(value: float) -> int:
    """The whole number n with `value` in [n - 0.5, n + 0.5): 6.5 becomes 7, -6.5 becomes -6."""
    below = math.floor(value)
    return below + 1 if value - below >= 0.5 else below


def rounded(value: float, mode: Mode, figures: int) -> float:
    """`value` with so many significant figures or decimal places."""
    if not math.isfinite(value) or value == 0:
        return value
    digits = Decimal(repr(value))
    places = figures if mode == "decimalPlaces" else figures - digits.adjusted() - 1
    return float(digits.quantize(Decimal(1).scaleb(-places), context=_WIDE))


def rounding_of(call: Call) -> Callable[[float], float] | None:
    """How the attributes of an element say to round; None if its number of figures is NULL."""
    mode, figures = one_of(call.element, "roundingMode", _MODES, "significantFigures"), call.integer("figures")
    if figures is None:
        return None
    if not (figures >= 1 if mode == "significantFigures" else figures >= 0) or figures > _MOST_FIGURES:
        raise call.invalid("figures")
    return lambda value: rounded(float(value), mode, figures)
