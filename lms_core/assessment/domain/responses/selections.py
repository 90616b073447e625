"""`{"selections": {list: id, ...}}`: one choice of each drop-down list. A list that is left out was not used."""

from collections.abc import Mapping
from typing import Any

from lms_core.assessment.domain.responses.reading import Answer, Checker, known, only, strings

MEMBER = "selections"


def checker(expected: Mapping[str, Any]) -> Checker:
    """At most one of the ids of each list in ``lists``."""
    lists = {name: frozenset(choices) for name, choices in expected["lists"].items()}
    names = frozenset(lists)

    def check(response: Mapping[str, Any]) -> Answer:
        selected = only(response, MEMBER, dict)
        known(selected, names, MEMBER)
        strings(selected.values(), MEMBER)
        for name, choice in selected.items():
            known((choice,), lists[name], f"{MEMBER}.{name}")
        return {MEMBER: selected}

    return check
