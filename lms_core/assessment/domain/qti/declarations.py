"""What an item declares: its variables, and where its rules stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from lms_core.assessment.domain.qti import attributes
from lms_core.assessment.domain.qti.document import Document, Element
from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement
from lms_core.assessment.domain.qti.lexical import parse_single
from lms_core.assessment.domain.qti.mappings import AreaMapping, read_area_mapping, read_mapping
from lms_core.assessment.domain.qti.mappings import Mapping as ValueMapping
from lms_core.assessment.domain.qti.names import Version
from lms_core.assessment.domain.qti.tables import LookupTable, read_table
from lms_core.assessment.domain.qti.values import (
    BaseType,
    Cardinality,
    Single,
    Value,
    container,
    record,
    single,
)
from lms_core.foundation.text import text

Kind = Literal["response", "outcome", "template", "context"]

COMPLETION: Final = "completionStatus"
ATTEMPTS: Final = "numAttempts"
DURATION: Final = "duration"
BUILT_IN: Final = frozenset({COMPLETION, ATTEMPTS, DURATION})

_KINDS: Final[Mapping[str, Kind]] = {
    "responseDeclaration": "response",
    "outcomeDeclaration": "outcome",
    "templateDeclaration": "template",
    "contextDeclaration": "context",
}


@dataclass(frozen=True, slots=True)
class Declaration:
    """One variable. `base_type` is None for records alone; `line` is 0 where the specification itself declares it."""

    kind: Kind
    identifier: str
    cardinality: Cardinality
    base_type: BaseType | None
    default: Value = None
    correct: Value = None
    mapping: ValueMapping | None = None
    area_mapping: AreaMapping | None = None
    table: LookupTable | None = None
    normal_maximum: float | None = None
    normal_minimum: float | None = None
    line: int = 0

    @property
    def initial(self) -> Value:
        """The value that the variable starts with: its default, else 0 for an outcome that is a number, else NULL."""
        if self.default is None and self.kind == "outcome" and self.cardinality == "single":
            return {"integer": Single("integer", 0), "float": Single("float", 0.0)}.get(self.base_type or "")
        return self.default


@dataclass(frozen=True, slots=True)
class Item:
    """An assessment item: its variables by identifier, its rules as elements (None where it has none), its body."""

    identifier: str
    version: Version
    is_adaptive: bool
    variables: Mapping[str, Declaration]
    template_processing: Element | None
    response_processing: Element | None
    body: Element | None
    line: int

    def all(self, kind: Kind) -> Iterator[Declaration]:
        """The variables of one kind that the item itself declares, in the order written."""
        return (each for each in self.variables.values() if each.kind == kind and each.line)


def read_item(document: Document) -> Item:
    """The item that a document holds. Raises UnsupportedElement for anything else, InvalidItem for a broken one."""
    root = document.root
    if root.kind != "qti" or root.name != "assessmentItem":
        reason = text("The file starts with “%(name)s”. Name the XML file of one assessment item.", name=root.name)
        raise UnsupportedElement.at(root, "not-an-item", reason)
    variables = {each.identifier: each for each in _built_in()}
    for element in root.children:
        if element.kind == "qti" and element.name in _KINDS:
            declared = _declaration(element, _KINDS[element.name])
            if variables.get(declared.identifier, declared).line:
                _refuse_second(element, declared, variables)
            variables[declared.identifier] = declared
    return Item(
        root.attributes.get("identifier", ""),
        document.version,
        attributes.boolean(root, "adaptive", default=False),
        variables,
        root.first("templateProcessing"),
        root.first("responseProcessing"),
        root.first("itemBody"),
        root.line,
    )


def _refuse_second(element: Element, declared: Declaration, variables: Mapping[str, Declaration]) -> None:
    if declared.identifier in variables:
        reason = text("The variable “%(name)s” is declared a second time.", name=declared.identifier)
        raise InvalidItem.at(element, "declared-twice", reason)


def _built_in() -> Iterator[Declaration]:
    yield Declaration("outcome", COMPLETION, "single", "identifier", single("identifier", "not_attempted"))
    yield Declaration("response", ATTEMPTS, "single", "integer", Single("integer", 0))
    yield Declaration("response", DURATION, "single", "duration", Single("duration", 0.0))


def _declaration(element: Element, kind: Kind) -> Declaration:
    cardinality = attributes.cardinality(element)
    base_type = None if cardinality == "record" else attributes.base_type(element)
    return Declaration(
        kind,
        attributes.required(element, "identifier").strip(),
        cardinality,
        base_type,
        _values(element.first("defaultValue"), cardinality, base_type),
        _values(element.first("correctResponse"), cardinality, base_type),
        read_mapping(element.first("mapping"), base_type),
        read_area_mapping(element.first("areaMapping"), base_type),
        read_table(element, base_type),
        attributes.number(element, "normalMaximum"),
        attributes.number(element, "normalMinimum"),
        element.line,
    )


def _values(holder: Element | None, cardinality: Cardinality, base_type: BaseType | None) -> Value:
    """The value that a defaultValue or correctResponse element holds."""
    values = holder.all("value") if holder else []
    if cardinality == "record" or base_type is None:
        named = {attributes.required(each, "fieldIdentifier"): _single(each, None) for each in values}
        return record(named)
    singles = [_single(each, base_type) for each in values]
    if cardinality == "single":
        if holder is not None and len(singles) > 1:
            reason = text("A variable of single cardinality has one value, not %(count)s.", count=len(singles))
            raise InvalidItem.at(holder, "several-values", reason)
        return singles[0] if singles else None
    is_ordered = cardinality == "ordered"
    return container(base_type, [each.scalar for each in singles if each], is_ordered=is_ordered)


def _single(element: Element, declared: BaseType | None) -> Single | None:
    base_type = declared if declared and "baseType" not in element.attributes else attributes.base_type(element)
    return read_value(element, base_type)


def read_value(element: Element, base_type: BaseType) -> Single | None:
    """The value that the text of an element stands for. Raises InvalidItem if it is none of `base_type`."""
    try:
        return parse_single(base_type, element.all_text)
    except ValueError:
        reason = text("“%(text)s” is no %(type)s.", text=element.text, type=base_type)
        raise InvalidItem.at(element, "invalid-value", reason) from None
