"""Routes compiled once a process: most tests make a site anew, always with the same hundreds of rules."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing.rules import Rule

Builder = Callable[..., tuple[str, str]]
_compile: Callable[..., Builder] = Rule._compile_builder
_compiled: dict[tuple[Any, ...], Builder] = {}


def pytest_configure() -> None:
    """Let werkzeug remember what it compiled; half of the time of making a site goes there."""
    Rule._compile_builder = _remembered  # type: ignore[method-assign]


def _remembered(rule: Rule, append_unknown: bool = True) -> Builder:
    if rule.defaults:
        return _compile(rule, append_unknown)
    # What is compiled depends on nothing else: converters are asked of the rule itself.
    key = (rule.rule, tuple(rule._trace), append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(rule, append_unknown)
    return _compiled[key]
