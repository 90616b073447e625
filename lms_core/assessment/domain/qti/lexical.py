"""How values are written: in XML by the lexical rules of each base type, in JSON as plainly as JSON allows."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Final

from lms_core.assessment.domain.qti.values import BaseType, Container, Record, Scalar, Single, Value

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_INTEGER: Final = re.compile(r"[+-]?[0-9]{1,18}")
_FLOAT: Final = re.compile(r"[+-]?(?:[0-9]{1,300}(?:\.[0-9]{0,300})?|\.[0-9]{1,300})(?:[eE][+-]?[0-9]{1,4})?")
_SPECIAL: Final = {"INF": math.inf, "+INF": math.inf, "-INF": -math.inf, "NaN": math.nan}
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
_LINE_SPACE: Final = str.maketrans("\t\n\r", "   ")


def parse(base_type: BaseType, written: str) -> Scalar:
    """The scalar that `written` stands for. Raises ValueError if it is none of that base type."""
    return _PARSERS[base_type](written)


def json_of(value: Value) -> Json:
    """A value as JSON: null, a boolean, a number, a string ("A B" for pairs, "x y" for points), a list, an object."""
    if value is None:
        return None
    if isinstance(value, Record):
        return {name: json_of(field) for name, field in value.fields.items()}
    if isinstance(value, Container):
        return [_json_scalar(scalar) for scalar in value.scalars]
    return _json_scalar(value.scalar)


def _json_scalar(scalar: Scalar) -> bool | int | float | str:
    if isinstance(scalar, tuple):
        return f"{scalar[0]} {scalar[1]}"
    if isinstance(scalar, float) and not math.isfinite(scalar):
        return "NaN" if math.isnan(scalar) else ("INF" if scalar > 0 else "-INF")
    return scalar


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text.strip()):
        raise ValueError(text)
    return int(text)


def _float(text: str) -> float:
    bare = text.strip()
    if bare in _SPECIAL:
        return _SPECIAL[bare]
    if not _FLOAT.fullmatch(bare):
        raise ValueError(text)
    return float(bare)


def _boolean(text: str) -> bool:
    if text.strip() not in _BOOLEANS:
        raise ValueError(text)
    return _BOOLEANS[text.strip()]


def _name(text: str) -> str:
    names = text.split()
    if len(names) != 1:
        raise ValueError(text)
    return names[0]


def _pair(text: str) -> tuple[str, str]:
    first, second = text.split()
    return first, second


def _point(text: str) -> tuple[int, int]:
    first, second = text.split()
    return _integer(first), _integer(second)


def _duration(text: str) -> float:
    seconds = _float(text)
    if not 0 <= seconds < math.inf:
        raise ValueError(text)
    return seconds


_PARSERS: Final[Mapping[BaseType, Callable[[str], Scalar]]] = {
    "boolean": _boolean,
    "directedPair": _pair,
    "duration": _duration,
    "file": str,
    "float": _float,
    "identifier": _name,
    "integer": _integer,
    "pair": _pair,
    "point": _point,
    "string": lambda text: text.translate(_LINE_SPACE),
    "uri": str.strip,
}


def parse_single(base_type: BaseType, text: str) -> Single | None:
    """The single value that `text` stands for, NULL if it is an empty string. Raises ValueError."""
    scalar = parse(base_type, text)
    return None if scalar == "" else Single(base_type, scalar)
