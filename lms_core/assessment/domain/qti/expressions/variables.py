"""Expressions that read: literals, variables and their declarations, mapped responses, constants, random numbers."""

import math

from lms_core.assessment.domain.qti.attributes import base_type, one_of, required
from lms_core.assessment.domain.qti.declarations import Declaration, Kind, read_value
from lms_core.assessment.domain.qti.errors import InvalidItem
from lms_core.assessment.domain.qti.expressions.calls import Call
from lms_core.assessment.domain.qti.expressions.registry import Family
from lms_core.assessment.domain.qti.values import Container, Record, Scalar, Single, Value
from lms_core.foundation.text import text

VARIABLES = Family()


@VARIABLES.add("baseValue")
def base_value(call: Call) -> Value:
    """The value that its text stands for."""
    return read_value(call.element, base_type(call.element))


@VARIABLES.add("variable")
def variable(call: Call) -> Value:
    """The value of a variable."""
    return call.state.values.get(_declared(call).identifier)


@VARIABLES.add("correct")
def correct(call: Call) -> Value:
    """The correct response of a response variable."""
    return call.state.correct(_declared(call, "response"))


@VARIABLES.add("default")
def default(call: Call) -> Value:
    """The default value of a variable."""
    declaration = _declared(call)
    return call.state.defaults.get(declaration.identifier, declaration.default)


@VARIABLES.add("null")
def null(_call: Call) -> Value:
    """NULL."""
    return None


@VARIABLES.add("mapResponse")
def map_response(call: Call) -> Value:
    """The number that the mapping gives a response; of a container the sum, each value counted once."""
    declaration = _declared(call, "response")
    if declaration.mapping is None:
        raise _no_mapping(call, "mapping")
    return Single("float", declaration.mapping.total(_scalars(call, declaration)))


@VARIABLES.add("mapResponsePoint")
def map_response_point(call: Call) -> Value:
    """The number that the area mapping gives a response of points, each area counted once."""
    declaration = _declared(call, "response")
    if declaration.area_mapping is None:
        raise _no_mapping(call, "areaMapping")
    points = [(float(x), float(y)) for x, y in (_pair(scalar) for scalar in _scalars(call, declaration))]
    return Single("float", declaration.area_mapping.total(points))


@VARIABLES.add("mathConstant")
def math_constant(call: Call) -> Value:
    """Pi or e."""
    return Single("float", one_of(call.element, "name", {"pi": math.pi, "e": math.e}))


@VARIABLES.add("randomInteger")
def random_integer(call: Call) -> Value:
    """One of the whole numbers from `min` to `max`, `step` apart."""
    least, most, step = call.integer("min", 0), call.integer("max"), call.integer("step", 1)
    if least is None or most is None or step is None:
        return None
    if step < 1 or most < least:
        raise call.invalid("step" if step < 1 else "max")
    return call.whole(least + step * call.state.random.randint(0, (most - least) // step))


@VARIABLES.add("randomFloat")
def random_float(call: Call) -> Value:
    """A number from `min` to `max`."""
    least, most = call.decimal("min", 0.0), call.decimal("max")
    if least is None or most is None:
        return None
    if most < least:
        raise call.invalid("max")
    return Single("float", call.state.random.uniform(least, most))


def _declared(call: Call, *kinds: Kind) -> Declaration:
    return call.state.declared(call.element, required(call.element, "identifier").strip(), *kinds)


def _scalars(call: Call, declaration: Declaration) -> tuple[Scalar, ...]:
    value = call.state.values.get(declaration.identifier)
    if isinstance(value, Record):
        raise call.wrong_type("single value / container")
    return value.scalars if isinstance(value, Single | Container) else ()


def _pair(scalar: Scalar) -> tuple[int, int]:
    if isinstance(scalar, tuple):
        return int(scalar[0]), int(scalar[1])
    raise TypeError(scalar)


def _no_mapping(call: Call, name: str) -> InvalidItem:
    reason = text(
        "The declaration of “%(name)s” holds no %(mapping)s.", name=required(call.element, "identifier"), mapping=name
    )
    return InvalidItem.at(call.element, "no-mapping", reason)
