"""Values of QTI: a single value, a container of values, a record of single values, or None for NULL.

Scalars are Python's own: bool, int, float (also for a duration, in seconds), str (string, identifier, uri, file),
a tuple of two names (pair, directedPair) and a tuple of two whole numbers (point).
An empty container and an empty string are NULL, as the specification says.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

BaseType = Literal[
    "boolean",
    "directedPair",
    "duration",
    "file",
    "float",
    "identifier",
    "integer",
    "pair",
    "point",
    "string",
    "uri",
]
Cardinality = Literal["single", "multiple", "ordered", "record"]
Scalar = bool | int | float | str | tuple[str, str] | tuple[int, int]

BASE_TYPES: Final[Mapping[str, BaseType]] = {each: each for each in get_args(BaseType)}
CARDINALITIES: Final[Mapping[str, Cardinality]] = {each: each for each in get_args(Cardinality)}
NUMERIC: Final = frozenset[BaseType]({"integer", "float"})
TEXTS: Final = frozenset[BaseType]({"string", "identifier", "uri", "file"})


@dataclass(frozen=True, slots=True)
class Single:
    """One value."""

    base_type: BaseType
    scalar: Scalar

    @property
    def scalars(self) -> tuple[Scalar, ...]:
        """The value as the only one of a container."""
        return (self.scalar,)


@dataclass(frozen=True, slots=True)
class Container:
    """One value or more, all of one base type; their order counts where `is_ordered`."""

    base_type: BaseType
    scalars: tuple[Scalar, ...]
    is_ordered: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """Single values by name; a field that is NULL is left out."""

    fields: Mapping[str, Single]


Value = Single | Container | Record | None


def single(base_type: BaseType, scalar: Scalar) -> Single | None:
    """One value, or NULL for an empty string."""
    return None if scalar == "" else Single(base_type, scalar)


def container(base_type: BaseType, scalars: Iterable[Scalar], *, is_ordered: bool) -> Container | None:
    """A container, or NULL if there is nothing to put into it."""
    kept = tuple(scalar for scalar in scalars if scalar != "")
    return Container(base_type, kept, is_ordered) if kept else None


def record(fields: Mapping[str, Single | None]) -> Record | None:
    """A record of the fields that are not NULL, or NULL if all of them are."""
    kept = {name: value for name, value in fields.items() if value is not None}
    return Record(kept) if kept else None


def cardinality_of(value: Single | Container | Record) -> Cardinality:
    """The cardinality that a value has."""
    if isinstance(value, Container):
        return "ordered" if value.is_ordered else "multiple"
    return "single" if isinstance(value, Single) else "record"


def key(base_type: BaseType, scalar: Scalar) -> Scalar:
    """What two scalars of a base type have in common if they are the same value: a pair has no direction."""
    if base_type == "pair":
        first, second = cast("tuple[str, str]", scalar)
        return (first, second) if first <= second else (second, first)
    return scalar


def converted(value: Single, base_type: BaseType) -> Single | None:
    """`value` as another base type, where that changes nothing about it: 1 is 1.0, a name is a string. Else None."""
    if value.base_type == base_type:
        return value
    change = _CONVERSIONS.get((value.base_type, base_type))
    changed = change(value.scalar) if change else None
    return None if changed is None else Single(base_type, changed)


def _whole(scalar: Scalar) -> Scalar | None:
    number = cast("float", scalar)
    return int(number) if number.is_integer() else None


_CONVERSIONS: Final[dict[tuple[BaseType, BaseType], Callable[[Scalar], Scalar | None]]] = {
    ("integer", "float"): lambda scalar: float(cast("int", scalar)),
    ("integer", "duration"): lambda scalar: float(cast("int", scalar)),
    ("float", "duration"): lambda scalar: scalar,
    ("float", "integer"): _whole,
    **{(one, other): (lambda scalar: scalar) for one in TEXTS for other in TEXTS if one != other},
}
