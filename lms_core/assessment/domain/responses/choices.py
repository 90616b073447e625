"""`{"choices": [id, ...]}`: picked from a list or a picture."""

from collections.abc import Mapping
from typing import Any

from lms_core.assessment.domain.responses.reading import Answer, Checker, known, only, refused, strings
from lms_core.foundation.text import text


def checker(expected: Mapping[str, Any]) -> Checker:
    """At most ``most`` of the ids in ``choices``, each once."""
    there, most = frozenset(expected["choices"]), int(expected["most"])

    def check(response: Mapping[str, Any]) -> Answer:
        picked = only(response, "choices", list)
        strings(picked, "choices")
        if len(picked) > most or len(set(picked)) != len(picked):
            raise refused("choices", text("At most %(most)s different choices can be picked here.", most=most))
        known(picked, there, "choices")
        return {"choices": picked}

    return check
