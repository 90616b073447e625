"""One expression at work: its operands, its attributes, and the rules of type and NULL that most operators share."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from lms_core.assessment.domain.qti.attributes import finite, invalid_attribute, required
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.errors import InvalidItem
from lms_core.assessment.domain.qti.state import State
from lms_core.assessment.domain.qti.values import NUMERIC, BaseType, Container, Single, Value
from lms_core.foundation.text import text

_INTEGER: Final = re.compile(r"\s*[+-]?[0-9]{1,18}\s*")
_LARGEST: Final = 2**63


@dataclass(frozen=True, slots=True)
class Call:
    """An expression being evaluated: where it stands, the state it reads, and how its operands are evaluated."""

    element: Element
    state: State
    evaluate: Callable[[Element], Value]

    def operands(self) -> list[Value]:
        """What the expressions inside come to, in the order written."""
        return [self.evaluate(child) for child in self.element.children]

    def singles(self, *base_types: BaseType) -> list[Single] | None:
        """The operands, all single and of one of `base_types` (any, if none is named); None if one is NULL."""
        operands = self.operands()
        checked = [self.single(operand, *base_types) for operand in operands if operand is not None]
        return checked if len(checked) == len(operands) else None

    def numbers(self) -> list[float] | None:
        """The operands, all single numbers; None if one is NULL."""
        singles = self.singles("integer", "float")
        return None if singles is None else [number(single) for single in singles]

    def single(self, operand: Value, *base_types: BaseType) -> Single:
        """The operand, which has to be a single value of one of `base_types`."""
        if isinstance(operand, Single) and (not base_types or operand.base_type in base_types):
            return operand
        raise self.wrong_type(" / ".join(base_types) or "single value")

    def container(self, operand: Value) -> Container | None:
        """The operand, which has to be a container or NULL."""
        if operand is None or isinstance(operand, Container):
            return operand
        raise self.wrong_type("container")

    def flat(self) -> list[Single] | None:
        """Every value inside the operands, which may be single or containers but no records; None if one is NULL."""
        operands = self.operands()
        if any(operand is None for operand in operands):
            return None
        return [single for operand in operands for single in self._flat(operand)]

    def flat_numbers(self) -> list[Single] | None:
        """The same, all of them numbers."""
        values = self.flat()
        if values is not None and not all(value.base_type in NUMERIC for value in values):
            raise self.wrong_type("integer / float")
        return values

    def whole(self, value: int) -> Single:
        """A whole number as the result."""
        if abs(value) >= _LARGEST:
            raise InvalidItem.at(self.element, "number-too-large", text("The whole number grows past 64 bits."))
        return Single("integer", value)

    def integer(self, name: str, default: int | None = None) -> int | None:
        """An attribute that is a whole number or names a variable that is one; None if that is NULL."""
        if name not in self.element.attributes and default is not None:
            return default
        written = required(self.element, name)
        if _INTEGER.fullmatch(written):
            return int(written)
        found = self._variable(written, name, "integer")
        return None if found is None else int(found)

    def decimal(self, name: str, default: float | None = None) -> float | None:
        """An attribute that is a number or names a variable that is one; None if that is NULL."""
        if name not in self.element.attributes and default is not None:
            return default
        return self.number_at(required(self.element, name), name)

    def number_at(self, written: str, name: str) -> float | None:
        """What one part of an attribute says: a number, or the variable it names."""
        return finite(written) if _is_finite(written) else self._variable(written, name, "integer", "float")

    def wrong_type(self, expected: str) -> InvalidItem:
        """The refusal of an operand of another type."""
        reason = text("“%(element)s” takes %(expected)s.", element=self.element.name, expected=expected)
        return InvalidItem.at(self.element, "wrong-type", reason)

    def invalid(self, name: str) -> InvalidItem:
        """The refusal of an attribute that says nothing meaningful."""
        return invalid_attribute(self.element, name, self.element.attributes.get(name, ""))

    def _flat(self, operand: Value) -> Iterable[Single]:
        if not isinstance(operand, Single | Container):
            raise self.wrong_type("single value / container")
        return (Single(operand.base_type, scalar) for scalar in operand.scalars)

    def _variable(self, written: str, name: str, *base_types: BaseType) -> float | None:
        identifier = written.strip().removeprefix("{").removesuffix("}")
        if identifier not in self.state.item.variables:
            raise self.invalid(name)
        value = self.state.values.get(self.state.declared(self.element, identifier).identifier)
        return None if value is None else number(self.single(value, *base_types))


def number(single: Single) -> float:
    """A single number as Python's own."""
    if isinstance(single.scalar, int | float):
        return single.scalar
    raise TypeError(single)


def _is_finite(written: str) -> bool:
    try:
        finite(written)
    except ValueError:
        return False
    return True
