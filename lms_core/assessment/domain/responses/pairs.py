"""`{"pairs": [{"source": id, "target": id}, ...]}`: each source beside the targets it was given."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from lms_core.assessment.domain.responses.reading import TWICE, Answer, Checker, known, only, refused, strings
from lms_core.foundation.text import text

MEMBER = "pairs"
ENDS = ("source", "target")


def checker(expected: Mapping[str, Any]) -> Checker:
    """Pairs of ``sources`` and ``targets``: at most ``per_source`` and ``per_target`` of one (0: any number)."""
    sides = tuple(frozenset(expected[side]) for side in ("sources", "targets"))
    limits = (int(expected["per_source"]), int(expected["per_target"]))

    def check(response: Mapping[str, Any]) -> Answer:
        given = only(response, MEMBER, list)
        if not all(isinstance(pair, dict) and pair.keys() == set(ENDS) for pair in given):
            raise refused(MEMBER, text("A pair is an object with “source” and “target”."))
        for end, side, most in zip(ENDS, sides, limits, strict=True):
            _check_side([pair[end] for pair in given], side, most)
        if len({tuple(pair[end] for end in ENDS) for pair in given}) != len(given):
            raise refused(MEMBER, TWICE)
        return {MEMBER: [{end: pair[end] for end in ENDS} for pair in given]}

    return check


def _check_side(named: list[Any], side: frozenset[str], most: int) -> None:
    strings(named, MEMBER)
    known(named, side, MEMBER)
    if most and any(count > most for count in Counter(named).values()):
        raise refused(MEMBER, text("One part is matched too often: at most %(most)s times.", most=most))
