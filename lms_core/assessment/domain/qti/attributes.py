"""Reading the attributes of an element: well written, or the item is refused with element and line."""

import math
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.errors import InvalidItem
from lms_core.assessment.domain.qti.lexical import parse
from lms_core.assessment.domain.qti.values import BASE_TYPES, CARDINALITIES, BaseType, Cardinality
from lms_core.foundation.text import text

Read = TypeVar("Read")
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}


def required(element: Element, name: str) -> str:
    """The attribute as written. Raises InvalidItem if there is none."""
    if name not in element.attributes:
        reason = text("The attribute “%(name)s” of “%(element)s” is missing.", name=name, element=element.name)
        raise InvalidItem.at(element, "missing-attribute", reason)
    return element.attributes[name]


def boolean(element: Element, name: str, *, default: bool) -> bool:
    """A boolean attribute."""
    return one_of(element, name, _BOOLEANS) if name in element.attributes else default


def number(element: Element, name: str) -> float | None:
    """A finite number, None if the attribute is not there."""
    return _read(element, name, finite, element.attributes.get(name))


def required_number(element: Element, name: str) -> float:
    """A number that has to be there."""
    required(element, name)
    return number(element, name) or 0.0


def finite(written: str) -> float:
    """The finite number that is written. Raises ValueError."""
    read = float(str(parse("float", written)))
    if not math.isfinite(read):
        raise ValueError(written)
    return read


def base_type(element: Element) -> BaseType:
    """The base type that an element declares."""
    return one_of(element, "baseType", BASE_TYPES)


def cardinality(element: Element) -> Cardinality:
    """The cardinality that an element declares."""
    return one_of(element, "cardinality", CARDINALITIES)


def one_of(element: Element, name: str, known: Mapping[str, Read], default: str | None = None) -> Read:
    """What an attribute means, by the words it may say; it is required unless there is a `default` word."""
    written = (required(element, name) if default is None else element.attributes.get(name, default)).strip()
    if written not in known:
        raise invalid_attribute(element, name, written)
    return known[written]


def invalid_attribute(element: Element, name: str, written: str) -> InvalidItem:
    """The refusal of an attribute that says nothing meaningful."""
    reason = text(
        "The attribute “%(name)s” of “%(element)s” cannot be “%(written)s”.",
        name=name,
        element=element.name,
        written=written,
    )
    return InvalidItem.at(element, "invalid-attribute", reason)


def _read(element: Element, name: str, read: Callable[[str], Read], written: str | None) -> Read | None:
    if written is None:
        return None
    try:
        return read(written)
    except ValueError:
        raise invalid_attribute(element, name, written) from None
