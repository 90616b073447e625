"""The state of an item session: what every variable is now."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Final

from lms_core.assessment.domain.qti.declarations import Declaration, Item, Kind
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement
from lms_core.assessment.domain.qti.values import Container, Single, Value, cardinality_of, converted
from lms_core.foundation.text import text

MOST_STEPS: Final = 50_000
"""Expressions that are evaluated for one scoring at most; repetitions inside repetitions would go on for ever."""


@dataclass
class State:
    """The variables of one item, changed by its rules. `defaults` and `corrects` hold what templates have set."""

    item: Item
    random: Random
    values: dict[str, Value] = field(default_factory=dict)
    defaults: dict[str, Value] = field(default_factory=dict)
    corrects: dict[str, Value] = field(default_factory=dict)
    steps: int = 0

    def step(self, element: Element) -> None:
        """Count an evaluation. Raises InvalidItem past `MOST_STEPS`."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            reason = text("The rules need more than %(limit)s steps.", limit=MOST_STEPS)
            raise InvalidItem.at(element, "too-many-steps", reason)

    def copy(self) -> "State":
        """A state of its own that begins where this one is."""
        return replace(self, values=dict(self.values), steps=0)

    def declared(self, element: Element, identifier: str, *kinds: Kind) -> Declaration:
        """The declaration of a variable that a rule names. Raises InvalidItem unless it is of one of `kinds`."""
        declaration = self.item.variables.get(identifier)
        if declaration is None or (kinds and declaration.kind not in kinds):
            sought = " or ".join(kinds) or "item"
            reason = text("The item declares no %(kind)s variable “%(name)s”.", kind=sought, name=identifier)
            raise InvalidItem.at(element, "unknown-variable", reason)
        if declaration.kind == "context":
            reason = text("“%(name)s” is known only while a candidate sits the test.", name=identifier)
            raise UnsupportedElement.at(element, "context-variable", reason)
        return declaration

    def default(self, declaration: Declaration) -> Value:
        """The value that the variable starts with."""
        return self.defaults.get(declaration.identifier, declaration.initial)

    def correct(self, declaration: Declaration) -> Value:
        """The correct response, as declared or as the template set it."""
        return self.corrects.get(declaration.identifier, declaration.correct)

    def reset(self, kind: Kind) -> None:
        """Set every variable of a kind that the item declares to its default."""
        for declaration in self.item.all(kind):
            self.values[declaration.identifier] = self.default(declaration)

    def current(self, kind: Kind) -> Mapping[str, Value]:
        """What the variables of a kind are now."""
        return {each.identifier: self.values.get(each.identifier) for each in self.item.all(kind)}


def fitted(element: Element, declaration: Declaration, value: Value) -> Value:
    """`value` as the variable takes it. Raises InvalidItem where its type is another and cannot become that one."""
    if value is None:
        return None
    if declaration.base_type is not None and isinstance(value, Single) and declaration.cardinality == "single":
        fitting: Value = converted(value, declaration.base_type)
    elif declaration.base_type is not None and isinstance(value, Single):
        one = converted(value, declaration.base_type)
        fitting = Container(one.base_type, one.scalars, declaration.cardinality == "ordered") if one else None
    elif declaration.base_type is not None and isinstance(value, Container):
        fitting = _fitted_container(value, declaration)
    else:
        fitting = value if cardinality_of(value) == declaration.cardinality else None
    if fitting is None:
        raise _misfit(element, declaration, value)
    return fitting


def _fitted_container(value: Container, declaration: Declaration) -> Container | None:
    if declaration.base_type is None or cardinality_of(value) != declaration.cardinality:
        return None
    singles = [converted(Single(value.base_type, each), declaration.base_type) for each in value.scalars]
    kept = tuple(each.scalar for each in singles if each)
    return Container(declaration.base_type, kept, value.is_ordered) if len(kept) == len(singles) else None


def _misfit(element: Element, declaration: Declaration, value: Single | Container | object) -> InvalidItem:
    base = getattr(value, "base_type", "record")
    reason = text(
        "“%(name)s” takes a %(cardinality)s %(type)s, not a %(given)s.",
        name=declaration.identifier,
        cardinality=declaration.cardinality,
        type=declaration.base_type or "value",
        given=base,
    )
    return InvalidItem.at(element, "wrong-type", reason)
