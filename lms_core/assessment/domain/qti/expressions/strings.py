"""Operators on strings."""

from functools import lru_cache

from lms_core.assessment.domain.qti.attributes import boolean, required
from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement
from lms_core.assessment.domain.qti.expressions.calls import Call
from lms_core.assessment.domain.qti.expressions.registry import Family
from lms_core.assessment.domain.qti.patterns import Pattern, PatternError, compile_pattern
from lms_core.assessment.domain.qti.values import Single, Value
from lms_core.foundation.text import text

STRINGS = Family()


@STRINGS.add("stringMatch", 2, 2)
def string_match(call: Call) -> Value:
    """Whether two strings are the same, with or without regard to case."""
    if boolean(call.element, "substring", default=False):
        reason = text("The attribute “substring” of “stringMatch” is deprecated. Use “substring”, the operator.")
        raise UnsupportedElement.at(call.element, "deprecated-substring", reason)
    required(call.element, "caseSensitive")
    strings = _strings(call)
    return Single("boolean", strings[0] == strings[1]) if strings else None


@STRINGS.add("substring", 2, 2)
def substring(call: Call) -> Value:
    """Whether the first string is part of the second."""
    strings = _strings(call)
    return Single("boolean", strings[0] in strings[1]) if strings else None


@STRINGS.add("patternMatch", 1, 1)
def pattern_match(call: Call) -> Value:
    """Whether the whole string meets the pattern, a regular expression of XML Schema."""
    written = _written(call, required(call.element, "pattern"))
    pattern = _pattern(call, written) if written is not None else None
    strings = call.singles("string", "identifier", "uri")
    return Single("boolean", pattern.is_met_by(str(strings[0].scalar))) if strings and pattern else None


def _strings(call: Call) -> list[str] | None:
    strings = call.singles("string", "identifier", "uri")
    if strings is None:
        return None
    is_case_sensitive = boolean(call.element, "caseSensitive", default=True)
    return [str(each.scalar) if is_case_sensitive else str(each.scalar).casefold() for each in strings]


def _written(call: Call, pattern: str) -> str | None:
    """The pattern itself, or what the variable holds that stands in braces; None if that is NULL."""
    identifier = pattern.removeprefix("{").removesuffix("}")
    if not pattern.startswith("{") or identifier not in call.state.item.variables:
        return pattern
    value = call.state.values.get(call.state.declared(call.element, identifier).identifier)
    return None if value is None else str(call.single(value, "string", "identifier").scalar)


def _pattern(call: Call, written: str) -> Pattern:
    try:
        return _compiled(written)
    except PatternError as error:
        raise InvalidItem.at(call.element, "invalid-pattern", error.reason) from error


_compiled = lru_cache(maxsize=128)(compile_pattern)
