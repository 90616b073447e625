"""`mathOperator` and `statsOperator`: functions by name. Outside its natural domain a function is NULL."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from lms_core.assessment.domain.qti.attributes import one_of
from lms_core.assessment.domain.qti.errors import InvalidItem
from lms_core.assessment.domain.qti.expressions.calls import Call, number
from lms_core.assessment.domain.qti.expressions.registry import Family
from lms_core.assessment.domain.qti.values import Single, Value
from lms_core.foundation.text import text

FUNCTIONS = Family()

Function = Callable[[float], float]


@FUNCTIONS.add("mathOperator", 1, None)
def math_operator(call: Call) -> Value:
    """A function of one number, or of two for atan2: a float, of signum, floor and ceil a whole number."""
    name = one_of(call.element, "name", {**{each: each for each in _FUNCTIONS}, "atan2": "atan2"})
    numbers = call.numbers()
    if len(call.element.children) != (2 if name == "atan2" else 1):
        reason = text("The function “%(name)s” takes another number of arguments.", name=name)
        raise InvalidItem.at(call.element, "wrong-number-of-operands", reason)
    if numbers is None or any(map(math.isnan, numbers)):
        return None
    if name == "atan2":
        return Single("float", math.atan2(*numbers))
    return _result(call, name, _FUNCTIONS[name], numbers[0])


@FUNCTIONS.add("statsOperator", 1, 1)
def stats_operator(call: Call) -> Value:
    """A statistic of the numbers in a container, a float; NULL where there are too few, or something is no number."""
    name = one_of(call.element, "name", {each: each for each in _STATISTICS})
    (operand,) = call.operands()
    held = call.container(operand)
    if held is None or held.base_type not in {"integer", "float"}:
        return None
    least, statistic = _STATISTICS[name]
    numbers = [float(number(Single(held.base_type, scalar))) for scalar in held.scalars]
    if len(numbers) < least or not all(map(math.isfinite, numbers)):
        return None
    return Single("float", statistic(numbers))


def _result(call: Call, name: str, function: Function, argument: float) -> Value:
    try:
        result = function(argument)
    except (ValueError, ZeroDivisionError):
        return None
    except OverflowError:
        # Only functions that grow without bound overflow: exp and cosh upwards, sinh on both sides.
        result = math.inf if name != "sinh" or argument > 0 else -math.inf
    if math.isnan(result):
        return None
    return call.whole(result) if isinstance(result, int) else Single("float", float(result))


def _reciprocal(function: Function) -> Function:
    """One by the function: 0 where the function is endless, NULL where it is 0."""

    def divided(argument: float) -> float:
        try:
            value = function(argument)
        except OverflowError:
            return 0.0
        return 0.0 if math.isinf(value) else 1 / value

    return divided


def _signum(argument: float) -> int:
    return (argument > 0) - (argument < 0)


def _stepped(step: Callable[[float], int]) -> Function:
    return lambda argument: step(argument) if math.isfinite(argument) else argument


_FUNCTIONS: Final[Mapping[str, Function]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "sec": _reciprocal(math.cos),
    "csc": _reciprocal(math.sin),
    "cot": _reciprocal(math.tan),
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "asec": lambda argument: math.acos(1 / argument),
    "acsc": lambda argument: math.asin(1 / argument),
    "acot": lambda argument: math.atan(1 / argument) if argument else math.pi / 2,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "sech": _reciprocal(math.cosh),
    "csch": _reciprocal(math.sinh),
    "coth": _reciprocal(math.tanh),
    "log": math.log10,
    "ln": math.log,
    "exp": math.exp,
    "abs": lambda argument: abs(float(argument)),
    "signum": _signum,
    "floor": _stepped(math.floor),
    "ceil": _stepped(math.ceil),
    "toDegrees": math.degrees,
    "toRadians": math.radians,
}

_STATISTICS: Final[Mapping[str, tuple[int, Callable[[Sequence[float]], float]]]] = {
    "mean": (1, statistics.fmean),
    "sampleVariance": (2, statistics.variance),
    "sampleSD": (2, statistics.stdev),
    "popVariance": (2, statistics.pvariance),
    "popSD": (2, statistics.pstdev),
}
"""The least number of values that each statistic needs, and how it is computed."""
