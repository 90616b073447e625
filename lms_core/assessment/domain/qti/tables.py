"""Lookup tables of outcome declarations: an exact match of whole numbers, or ranges of numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from lms_core.assessment.domain.qti.attributes import boolean, invalid_attribute, required, required_number
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.lexical import parse, parse_single
from lms_core.assessment.domain.qti.values import BaseType, Single


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One row: the source it stands for, and what it answers. `is_included` is the boundary of a range."""

    source: float
    target: Single | None
    is_included: bool = True


@dataclass(frozen=True, slots=True)
class LookupTable:
    """`matchTable`, or where `is_interpolated` `interpolationTable`: the first row at or below the source answers."""

    entries: tuple[TableEntry, ...]
    default: Single | None
    is_interpolated: bool

    def look_up(self, source: float) -> Single | None:
        """What the table answers for `source`, its default if no row fits."""
        return next((entry.target for entry in self.entries if self._fits(entry, source)), self.default)

    def _fits(self, entry: TableEntry, source: float) -> bool:
        if not self.is_interpolated:
            return entry.source == source
        return entry.source <= source if entry.is_included else entry.source < source


def read_table(declaration: Element, base_type: BaseType | None) -> LookupTable | None:
    """The lookup table that an outcome declaration holds, None if it holds none."""
    for name in ("matchTable", "interpolationTable"):
        table = declaration.first(name)
        if table is not None and base_type is not None:
            default = _target(table, "defaultValue", base_type) if "defaultValue" in table.attributes else None
            return LookupTable(tuple(_entries(table, base_type)), default, name == "interpolationTable")
    return None


def _entries(table: Element, base_type: BaseType) -> Iterator[TableEntry]:
    for entry in table.all("matchTableEntry"):
        # The schema of 2.1 misspells the attribute that the specification calls targetValue.
        name = "targetType" if "targetType" in entry.attributes else "targetValue"
        yield TableEntry(_whole(entry), _target(entry, name, base_type))
    for entry in table.all("interpolationTableEntry"):
        is_included = boolean(entry, "includeBoundary", default=True)
        target = _target(entry, "targetValue", base_type)
        yield TableEntry(required_number(entry, "sourceValue"), target, is_included)


def _whole(entry: Element) -> int:
    written = required(entry, "sourceValue")
    try:
        return int(str(parse("integer", written)))
    except ValueError:
        raise invalid_attribute(entry, "sourceValue", written) from None


def _target(element: Element, name: str, base_type: BaseType) -> Single | None:
    written = required(element, name)
    try:
        return parse_single(base_type, written)
    except ValueError:
        raise invalid_attribute(element, name, written) from None
