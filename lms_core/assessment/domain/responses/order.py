"""`{"order": [id, ...]}`: put one after another. What is left out was not placed."""

from collections.abc import Mapping
from typing import Any

from lms_core.assessment.domain.responses.reading import TWICE, Answer, Checker, known, only, refused, strings
from lms_core.foundation.text import text


def checker(expected: Mapping[str, Any]) -> Checker:
    """At most ``most`` of the ids in ``choices``, each once."""
    there, most = frozenset(expected["choices"]), int(expected["most"])

    def check(response: Mapping[str, Any]) -> Answer:
        placed = only(response, "order", list)
        strings(placed, "order")
        if len(set(placed)) != len(placed):
            raise refused("order", TWICE)
        if len(placed) > most:
            raise refused("order", text("At most %(most)s can be placed here.", most=most))
        known(placed, there, "order")
        return {"order": placed}

    return check
