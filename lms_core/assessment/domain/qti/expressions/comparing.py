"""Operators that compare: sameness, equality of numbers with a tolerance, order, durations, points inside areas."""

import math
import operator
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from typing import Final

from lms_core.assessment.domain.qti.areas import read_area
from lms_core.assessment.domain.qti.attributes import boolean, one_of, required
from lms_core.assessment.domain.qti.expressions.calls import Call, number
from lms_core.assessment.domain.qti.expressions.registry import Family
from lms_core.assessment.domain.qti.expressions.rounding import rounding_of
from lms_core.assessment.domain.qti.values import TEXTS, Container, Record, Single, Value, key

COMPARING = Family()
_TOLERANCES: Final = {each: each for each in ("exact", "absolute", "relative")}


@COMPARING.add("match", 2, 2)
def match(call: Call) -> Value:
    """Whether both operands are the same value. Containers without order are compared without regard to it."""
    first, second = call.operands()
    if first is None or second is None:
        return None
    return Single("boolean", _are_same(call, first, second))


@COMPARING.add("equal", 2, 2)
def equal(call: Call) -> Value:
    """Whether two numbers are equal, exactly or within a tolerance around the first."""
    mode = one_of(call.element, "toleranceMode", _TOLERANCES, "exact")
    numbers = call.numbers()
    tolerances = [] if mode == "exact" else _tolerances(call)
    if numbers is None or None in tolerances:
        return None
    if mode == "exact" or not all(map(math.isfinite, numbers)):
        return Single("boolean", numbers[0] == numbers[1])
    value, given, below, above = (Fraction(repr(each)) for each in (*numbers, *tolerances))
    if mode == "relative":
        below, above = (abs(value) * percentage / 100 for percentage in (below, above))
    return Single("boolean", _is_between(call, value - below, given, value + above))


@COMPARING.add("equalRounded", 2, 2)
def equal_rounded(call: Call) -> Value:
    """Whether two numbers are equal once both are rounded."""
    rounding, numbers = rounding_of(call), call.numbers()
    return Single("boolean", rounding(numbers[0]) == rounding(numbers[1])) if numbers and rounding else None


@COMPARING.add("lt", 2, 2)
def less(call: Call) -> Value:
    """Whether the first number is less than the second."""
    return _ordered(call, operator.lt)


@COMPARING.add("gt", 2, 2)
def greater(call: Call) -> Value:
    """Whether the first number is greater than the second."""
    return _ordered(call, operator.gt)


@COMPARING.add("lte", 2, 2)
def at_most(call: Call) -> Value:
    """Whether the first number is less than or equal to the second."""
    return _ordered(call, operator.le)


@COMPARING.add("gte", 2, 2)
def at_least(call: Call) -> Value:
    """Whether the first number is greater than or equal to the second."""
    return _ordered(call, operator.ge)


@COMPARING.add("durationLT", 2, 2)
def shorter(call: Call) -> Value:
    """Whether the first duration is shorter than the second."""
    durations = call.singles("duration")
    return Single("boolean", number(durations[0]) < number(durations[1])) if durations else None


@COMPARING.add("durationGTE", 2, 2)
def not_shorter(call: Call) -> Value:
    """Whether the first duration is as long as the second, or longer."""
    durations = call.singles("duration")
    return Single("boolean", number(durations[0]) >= number(durations[1])) if durations else None


@COMPARING.add("inside", 1, 1)
def inside(call: Call) -> Value:
    """Whether the point, or any point of a container, lies within the area."""
    area = read_area(call.element)
    points = call.flat()
    if points is None:
        return None
    return Single("boolean", any(area.holds(_point(call, point)) for point in points))


def _point(call: Call, point: Single) -> tuple[float, float]:
    scalar = call.single(point, "point").scalar
    x, y = scalar if isinstance(scalar, tuple) else (math.nan, math.nan)
    return float(x), float(y)


def _are_same(call: Call, first: Value, second: Value) -> bool:
    if isinstance(first, Record) and isinstance(second, Record):
        return first.fields == second.fields
    if isinstance(first, Single) and isinstance(second, Single):
        _require_comparable(call, first, second)
        return key(first.base_type, first.scalar) == key(second.base_type, second.scalar)
    if isinstance(first, Container) and isinstance(second, Container) and first.is_ordered == second.is_ordered:
        _require_comparable(call, first, second)
        keys = [[key(each.base_type, scalar) for scalar in each.scalars] for each in (first, second)]
        return keys[0] == keys[1] if first.is_ordered else Counter(keys[0]) == Counter(keys[1])
    raise call.wrong_type("two values of one cardinality")


def _require_comparable(call: Call, first: Single | Container, second: Single | Container) -> None:
    types = {first.base_type, second.base_type}
    if "duration" in types or not (len(types) == 1 or types == {"integer", "float"} or types <= TEXTS):
        raise call.wrong_type("two values of one base type, and no durations")


def _tolerances(call: Call) -> list[float | None]:
    """The two tolerances, below and above; where one is written it serves for both."""
    written = required(call.element, "tolerance").split()
    read = [call.number_at(each, "tolerance") for each in written]
    if len(read) not in {1, 2} or any(each is not None and each < 0 for each in read):
        raise call.invalid("tolerance")
    return [read[0], read[-1]]


def _is_between(call: Call, lower: Fraction, given: Fraction, upper: Fraction) -> bool:
    """Whether a number lies within bounds, which are where their author wrote them: 0.8 less 0.1 is 0.7."""
    is_lower_in = boolean(call.element, "includeLowerBound", default=True)
    is_upper_in = boolean(call.element, "includeUpperBound", default=True)
    return (lower <= given if is_lower_in else lower < given) and (given <= upper if is_upper_in else given < upper)


def _ordered(call: Call, holds: Callable[[float, float], bool]) -> Value:
    numbers = call.numbers()
    return Single("boolean", holds(numbers[0], numbers[1])) if numbers else None
