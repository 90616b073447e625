"""Responses as JSON, read as the item declares them.

A response is an object: response variables by identifier. A variable that is left out keeps its default (in a later
attempt at an adaptive item: what was answered before); null is no answer. One value is written

* identifier, string, uri, file: a string; boolean: true or false; integer, float: a number; duration: seconds;
* pair, directedPair: "A B" or ["A", "B"]; point: "x y" or [x, y], in whole pixels;
* a container: a list of those; a record: an object of them, each field's type told by JSON or by its name in QTI.

Numbers and booleans may be strings as XML writes them. QTI's own JSON of variables is read as well:
{"base": {"identifier": "A"}}, {"list": {"pair": [["A", "B"]]}}, {"record": [{"name": "x", "base": {"integer": 1}}]}.
Where the item declares one response variable alone, its value may stand without the object.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from lms_core.assessment.domain.qti.declarations import BUILT_IN, Declaration, Item
from lms_core.assessment.domain.qti.errors import InvalidResponse
from lms_core.assessment.domain.qti.lexical import parse
from lms_core.assessment.domain.qti.values import BASE_TYPES, BaseType, Single, Value, container, record, single
from lms_core.foundation.text import text

_FIELDS: Final[Mapping[str, BaseType]] = {
    "stringValue": "string",
    "floatValue": "float",
    "integerValue": "integer",
    "leftDigits": "integer",
    "rightDigits": "integer",
    "ndp": "integer",
    "nsf": "integer",
    "exponent": "integer",
}
"""The fields of a record that a text entry makes of a number, with their types."""
_MOST: Final = 10_000


def attempts_of(given: Any) -> list[Any]:
    """What was given as the attempts it holds: a list of objects is one attempt each, anything else a single one."""
    is_list = isinstance(given, list) and bool(given)
    return list(given) if is_list and all(_is_attempt(each) for each in given) else [given]


def _is_attempt(given: Any) -> bool:
    return isinstance(given, Mapping) and not _is_wrapped(given)


def read_response(item: Item, given: Any) -> dict[str, Value]:
    """The values of one attempt by response variable. Raises InvalidResponse."""
    sole = _sole(item)
    if sole and _is_bare(item, sole, given):
        given = {sole.identifier: given}
    if not isinstance(given, Mapping):
        reason = text("A response is an object: a value for each response variable, by identifier.")
        raise InvalidResponse("not-an-object", reason, "responseDeclaration", item.line)
    return {str(name): _value(_declared(item, str(name)), each) for name, each in given.items()}


def _sole(item: Item) -> Declaration | None:
    """The response variable of an item that declares a single one."""
    declared = [each for each in item.all("response") if each.identifier not in BUILT_IN]
    return declared[0] if len(declared) == 1 else None


def _is_bare(item: Item, sole: Declaration, given: Any) -> bool:
    """Whether what was given is the value of the only variable, without its name."""
    if not isinstance(given, Mapping) or _is_wrapped(given):
        return True
    return sole.base_type is None and bool(given) and not set(given) & set(item.variables)


def _is_wrapped(given: Mapping[str, Any]) -> bool:
    """Whether an object is QTI's own JSON of one variable."""
    return len(given) == 1 and set(given) <= {"base", "list", "record"}


def _declared(item: Item, identifier: str) -> Declaration:
    declaration = item.variables.get(identifier)
    if declaration is None or declaration.kind != "response" or identifier == "numAttempts":
        known = ", ".join(each.identifier for each in item.all("response"))
        reason = text("The item declares no response “%(name)s”, but: %(known)s.", name=identifier, known=known)
        raise InvalidResponse("unknown-response", reason, "responseDeclaration", item.line)
    return declaration


def _value(declaration: Declaration, given: Any) -> Value:
    try:
        if declaration.base_type is None:
            return _record(given)
        plain = _unwrapped(declaration.base_type, given)
        if declaration.cardinality == "single":
            return _single(declaration.base_type, _only(declaration.base_type, plain))
        singles = [_single(declaration.base_type, each) for each in _listed(declaration.base_type, plain)]
    except (ValueError, TypeError, KeyError):
        raise _misshapen(declaration) from None
    is_ordered = declaration.cardinality == "ordered"
    return container(declaration.base_type, (each.scalar for each in singles if each), is_ordered=is_ordered)


def _unwrapped(base_type: BaseType, given: Any) -> Any:
    """The plain value inside QTI's own JSON of a variable."""
    if not isinstance(given, Mapping):
        return given
    ((form, inside),) = given.items()
    if form == "base" and inside is None:
        return None
    if form not in {"base", "list"} or set(inside) != {base_type}:
        raise ValueError(form)
    return inside[base_type]


def _only(base_type: BaseType, plain: Any) -> Any:
    """The one value of a single variable; a list of one is taken for it."""
    listed = _listed(base_type, plain)
    if len(listed) > 1:
        raise ValueError(plain)
    return listed[0] if listed else None


def _listed(base_type: BaseType, plain: Any) -> list[Any]:
    if plain is None:
        return []
    if not isinstance(plain, list) or _is_two_in_one(base_type, plain):
        return [plain]
    if len(plain) > _MOST:
        raise ValueError(len(plain))
    return plain


def _is_two_in_one(base_type: BaseType, plain: Sequence[Any]) -> bool:
    """Whether a list is one pair or point, and not a list of them."""
    if base_type in {"pair", "directedPair"}:
        return len(plain) == 2 and all(isinstance(each, str) and len(each.split()) == 1 for each in plain)
    return base_type == "point" and len(plain) == 2 and all(_is_number(each) for each in plain)


def _single(base_type: BaseType, given: Any) -> Single | None:
    if given is None:
        return None
    if isinstance(given, list) and _is_two_in_one(base_type, given):
        given = " ".join(str(each) for each in given)
    if isinstance(given, bool):
        given = str(given).lower() if base_type == "boolean" else None
    elif _is_number(given):
        given = repr(given) if base_type in {"integer", "float", "duration"} else None
    if not isinstance(given, str):
        raise TypeError(given)
    return single(base_type, given if base_type == "string" else parse(base_type, given))


def _is_number(given: Any) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)


def _record(given: Any) -> Value:
    if given is None or given == {"base": None}:
        return None
    if not isinstance(given, Mapping):
        raise TypeError(given)
    if set(given) == {"record"} and isinstance(given["record"], list):
        return record({str(each["name"]): _wrapped(each.get("base")) for each in given["record"]})
    return record({str(name): _field(str(name), each) for name, each in given.items()})


def _wrapped(base: Any) -> Single | None:
    if base is None:
        return None
    if not isinstance(base, Mapping):
        raise TypeError(base)
    ((base_type, plain),) = base.items()
    return _single(BASE_TYPES[base_type], plain)


def _field(name: str, given: Any) -> Single | None:
    if isinstance(given, Mapping):
        return _wrapped(given.get("base", given))
    told: BaseType = "boolean" if isinstance(given, bool) else "integer" if isinstance(given, int) else "float"
    base_type = _FIELDS.get(name, told if isinstance(given, int | float) else "string")
    return _single(base_type, given)


def _misshapen(declaration: Declaration) -> InvalidResponse:
    reason = text(
        "The response “%(name)s” is no %(cardinality)s %(type)s.",
        name=declaration.identifier,
        cardinality=declaration.cardinality,
        type=declaration.base_type or "value",
    )
    return InvalidResponse("wrong-shape", reason, "responseDeclaration", declaration.line)
