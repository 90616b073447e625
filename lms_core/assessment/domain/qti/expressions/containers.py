"""Operators that make containers, look into them and take them apart."""

from collections import Counter

from lms_core.assessment.domain.qti.attributes import required
from lms_core.assessment.domain.qti.expressions.calls import Call
from lms_core.assessment.domain.qti.expressions.registry import Family
from lms_core.assessment.domain.qti.values import (
    TEXTS,
    Container,
    Record,
    Scalar,
    Single,
    Value,
    container,
    converted,
    key,
)

CONTAINERS = Family()
_MOST = 10_000
"""Values that a container may grow to by repeating."""


@CONTAINERS.add("multiple", 0, None)
def multiple(call: Call) -> Value:
    """The values of all operands in one container without order; NULL ones are left out."""
    return _joined(call, call.operands(), is_ordered=False)


@CONTAINERS.add("ordered", 0, None)
def ordered(call: Call) -> Value:
    """The values of all operands in one container, in their order; NULL ones are left out."""
    return _joined(call, call.operands(), is_ordered=True)


@CONTAINERS.add("repeat", 1, None)
def repeat(call: Call) -> Value:
    """The operands evaluated `numberRepeats` times, in one ordered container."""
    times = call.integer("numberRepeats")
    if times is None or times < 1:
        return None
    values: list[Value] = []
    for _ in range(times):
        values.append(_joined(call, call.operands(), is_ordered=True))
        if _size(values[-1]) * times > _MOST:
            raise call.invalid("numberRepeats")
    return _joined(call, values, is_ordered=True)


@CONTAINERS.add("containerSize", 1, 1)
def container_size(call: Call) -> Value:
    """How many values a container holds, 0 for NULL."""
    (operand,) = call.operands()
    held = call.container(operand)
    return call.whole(len(held.scalars) if held else 0)


@CONTAINERS.add("isNull", 1, 1)
def is_null(call: Call) -> Value:
    """Whether the operand is NULL."""
    return Single("boolean", call.operands() == [None])


@CONTAINERS.add("index", 1, 1)
def index(call: Call) -> Value:
    """The `n`th value of an ordered container, counted from 1; NULL if there are fewer."""
    (operand,) = call.operands()
    place = call.integer("n")
    if place is not None and place < 1:
        raise call.invalid("n")
    held = call.container(operand)
    if held and not held.is_ordered:
        raise call.wrong_type("ordered")
    if held is None or place is None or place > len(held.scalars):
        return None
    return Single(held.base_type, held.scalars[place - 1])


@CONTAINERS.add("fieldValue", 1, 1)
def field_value(call: Call) -> Value:
    """A field of a record, NULL if it has none of that name."""
    (operand,) = call.operands()
    if operand is not None and not isinstance(operand, Record):
        raise call.wrong_type("record")
    return operand.fields.get(required(call.element, "fieldIdentifier")) if operand else None


@CONTAINERS.add("random", 1, 1)
def random(call: Call) -> Value:
    """One of the values of a container."""
    (operand,) = call.operands()
    held = call.container(operand)
    return Single(held.base_type, call.state.random.choice(held.scalars)) if held else None


@CONTAINERS.add("member", 2, 2)
def member(call: Call) -> Value:
    """Whether the container holds the value."""
    found = _sought(call)
    return Single("boolean", found[0] in found[1]) if found else None


@CONTAINERS.add("delete", 2, 2)
def delete(call: Call) -> Value:
    """The container without the value, wherever it stood."""
    operands = call.operands()
    held = call.container(operands[1])
    if operands[0] is None or held is None:
        return None
    out, inside = _keys(call, operands[0], held)
    kept = (scalar for scalar, each in zip(held.scalars, inside, strict=True) if each != out)
    return container(held.base_type, kept, is_ordered=held.is_ordered)


@CONTAINERS.add("contains", 2, 2)
def contains(call: Call) -> Value:
    """Whether the first container holds the second: as often, or where order counts, without a gap."""
    whole, part = (call.container(operand) for operand in call.operands())
    if whole is None or part is None:
        return None
    if whole.is_ordered != part.is_ordered or not _are_comparable(whole, part):
        raise call.wrong_type("two containers of one type")
    held, sought = _keyed(whole), _keyed(part)
    if whole.is_ordered:
        places = range(len(held) - len(sought) + 1)
        return Single("boolean", any(held[place : place + len(sought)] == sought for place in places))
    return Single("boolean", not Counter(sought) - Counter(held))


def _size(value: Value) -> int:
    return len(value.scalars) if isinstance(value, Container) else 1


def _joined(call: Call, operands: list[Value], *, is_ordered: bool) -> Value:
    parts = [operand for operand in operands if operand is not None]
    singles = [single for part in parts for single in _parts(call, part, is_ordered=is_ordered)]
    if not singles:
        return None
    base_type = "float" if {each.base_type for each in singles} == {"integer", "float"} else singles[0].base_type
    alike = [converted(single, base_type) for single in singles]
    if len(alike) > _MOST or any(each is None for each in alike):
        raise call.wrong_type("values of one type")
    return container(base_type, (each.scalar for each in alike if each), is_ordered=is_ordered)


def _parts(call: Call, part: Value, *, is_ordered: bool) -> list[Single]:
    if isinstance(part, Single):
        return [part]
    if isinstance(part, Container) and part.is_ordered == is_ordered:
        return [Single(part.base_type, scalar) for scalar in part.scalars]
    raise call.wrong_type("single / ordered" if is_ordered else "single / multiple")


def _sought(call: Call) -> tuple[Scalar, list[Scalar]] | None:
    operands = call.operands()
    held = call.container(operands[1])
    return None if operands[0] is None or held is None else _keys(call, operands[0], held)


def _keys(call: Call, value: Value, held: Container) -> tuple[Scalar, list[Scalar]]:
    one = call.single(value)
    if not _are_comparable(one, held) or "duration" in {one.base_type, held.base_type}:
        raise call.wrong_type("a value and a container of one type")
    return key(one.base_type, one.scalar), _keyed(held)


def _keyed(held: Container) -> list[Scalar]:
    return [key(held.base_type, scalar) for scalar in held.scalars]


def _are_comparable(one: Single | Container, other: Single | Container) -> bool:
    """Whether values of the two types may be the same: the same type, two numbers, two texts."""
    types = {one.base_type, other.base_type}
    return len(types) == 1 or types == {"integer", "float"} or types <= TEXTS
