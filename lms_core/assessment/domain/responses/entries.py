"""`{"entries": {blank: text, ...}}`: what was typed into blanks. A blank that is left out is empty."""

from collections.abc import Mapping
from typing import Any, Final

from lms_core.assessment.domain.responses.reading import Answer, Checker, known, only, readable, strings

MEMBER = "entries"
LONGEST_ENTRY: Final = 300


def checker(expected: Mapping[str, Any]) -> Checker:
    """Text for the blanks named in ``fields``."""
    names = frozenset(expected["fields"])

    def check(response: Mapping[str, Any]) -> Answer:
        written = only(response, MEMBER, dict)
        known(written, names, MEMBER)
        strings(written.values(), MEMBER)
        return {MEMBER: {name: readable(typed, LONGEST_ENTRY, f"{MEMBER}.{name}") for name, typed in written.items()}}

    return check
