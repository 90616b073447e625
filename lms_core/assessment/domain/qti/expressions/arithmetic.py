"""Arithmetic. Whole numbers stay whole; other results are doubles, as the specification says."""

import math
from collections.abc import Callable
from functools import reduce

from lms_core.assessment.domain.qti.expressions.calls import Call, number
from lms_core.assessment.domain.qti.expressions.registry import Family
from lms_core.assessment.domain.qti.expressions.rounding import nearest, rounding_of
from lms_core.assessment.domain.qti.values import Single, Value

ARITHMETIC = Family()


@ARITHMETIC.add("sum", 1, None)
def total(call: Call) -> Value:
    """The sum of all numbers; the order of adding does not change it."""
    return _folded(call, sum, math.fsum)


@ARITHMETIC.add("product", 1, None)
def product(call: Call) -> Value:
    """The product of all numbers."""
    return _folded(call, lambda whole: reduce(_times, whole, 1), math.prod)


@ARITHMETIC.add("max", 1, None)
def greatest(call: Call) -> Value:
    """The greatest number; NULL if something is none."""
    return _extreme(call, max)


@ARITHMETIC.add("min", 1, None)
def least(call: Call) -> Value:
    """The least number; NULL if something is none."""
    return _extreme(call, min)


@ARITHMETIC.add("subtract", 2, 2)
def subtract(call: Call) -> Value:
    """The first number less the second."""
    singles = call.singles("integer", "float")
    if singles is None:
        return None
    first, second = map(number, singles)
    if all(single.base_type == "integer" for single in singles):
        return call.whole(int(first) - int(second))
    return _float(float(first) - float(second))


@ARITHMETIC.add("divide", 2, 2)
def divide(call: Call) -> Value:
    """The first number by the second, a float; NULL for a second number of 0."""
    numbers = call.numbers()
    if numbers is None or numbers[1] == 0:
        return None
    return _float(numbers[0] / numbers[1])


@ARITHMETIC.add("power", 2, 2)
def power(call: Call) -> Value:
    """The first number to the power of the second, a float; NULL where no float can say it."""
    numbers = call.numbers()
    if numbers is None:
        return None
    try:
        raised = math.pow(*numbers)
    except (ValueError, OverflowError):
        return None
    has_overflown = math.isinf(raised) and all(map(math.isfinite, numbers))
    has_vanished = raised == 0 and numbers[0] != 0 and all(map(math.isfinite, numbers))
    return None if has_overflown or has_vanished else _float(raised)


@ARITHMETIC.add("integerDivide", 2, 2)
def integer_divide(call: Call) -> Value:
    """The first whole number by the second, rounded down; NULL for a second number of 0."""
    whole = _integers(call)
    return call.whole(whole[0] // whole[1]) if whole and whole[1] else None


@ARITHMETIC.add("integerModulus", 2, 2)
def integer_modulus(call: Call) -> Value:
    """What remains of the division rounded down; NULL for a second number of 0."""
    whole = _integers(call)
    return call.whole(whole[0] % whole[1]) if whole and whole[1] else None


@ARITHMETIC.add("truncate", 1, 1)
def truncate(call: Call) -> Value:
    """The number without its fraction: 6.8 becomes 6, -6.8 becomes -6."""
    return _whole(call, math.trunc)


@ARITHMETIC.add("round", 1, 1)
def round_(call: Call) -> Value:
    """The nearest whole number: 6.5 becomes 7, -6.5 becomes -6."""
    return _whole(call, nearest)


@ARITHMETIC.add("roundTo", 1, 1)
def round_to(call: Call) -> Value:
    """The number with so many significant figures or decimal places."""
    rounding, numbers = rounding_of(call), call.numbers()
    return _float(rounding(numbers[0])) if numbers and rounding else None


@ARITHMETIC.add("integerToFloat", 1, 1)
def integer_to_float(call: Call) -> Value:
    """The whole number as a float."""
    whole = _integers(call)
    return Single("float", float(whole[0])) if whole else None


@ARITHMETIC.add("gcd", 1, None)
def greatest_divisor(call: Call) -> Value:
    """The greatest common divisor, 0 if all are 0; NULL if something is no number."""
    return _common(call, math.gcd)


@ARITHMETIC.add("lcm", 1, None)
def least_multiple(call: Call) -> Value:
    """The least common multiple, 0 if one is 0; NULL if something is no number."""
    return _common(call, math.lcm)


def _folded(call: Call, whole: Callable[[list[int]], int], decimal: Callable[[list[float]], float]) -> Value:
    values = call.flat_numbers()
    if values is None:
        return None
    if all(value.base_type == "integer" for value in values):
        return call.whole(whole([int(number(value)) for value in values]))
    return _float(_overflowing(decimal, [float(number(value)) for value in values]))


def _times(first: int, second: int) -> int:
    """A product that stops growing once it is past every number that is kept."""
    return first * second if abs(first) < 2**64 else first


def _overflowing(decimal: Callable[[list[float]], float], values: list[float]) -> float:
    try:
        return decimal(values)
    except (OverflowError, ValueError):  # fsum's way of saying that it passed infinity, or met both of them
        return sum(values)


def _extreme(call: Call, choose: Callable[[list[float]], float]) -> Value:
    values = call.flat()
    if values is None or not all(value.base_type in {"integer", "float"} for value in values):
        return None
    chosen = choose([number(value) for value in values])
    return call.whole(int(chosen)) if all(each.base_type == "integer" for each in values) else _float(float(chosen))


def _common(call: Call, measure: Callable[..., int]) -> Value:
    values = call.flat()
    if values is None or not all(value.base_type in {"integer", "float"} for value in values):
        return None
    if any(value.base_type == "float" for value in values):
        raise call.wrong_type("integer")
    return call.whole(reduce(measure, [abs(int(number(value))) for value in values]))


def _integers(call: Call) -> list[int] | None:
    singles = call.singles("integer")
    return None if singles is None else [int(number(single)) for single in singles]


def _whole(call: Call, cut: Callable[[float], int]) -> Value:
    numbers = call.numbers()
    if numbers is None or math.isnan(numbers[0]):
        return None
    return call.whole(cut(numbers[0])) if math.isfinite(numbers[0]) else Single("float", numbers[0])


def _float(result: float) -> Value:
    """A float as the result; what is no number is NULL."""
    return None if math.isnan(result) else Single("float", result)
