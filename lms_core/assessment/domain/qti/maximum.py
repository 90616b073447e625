"""The most that SCORE can be: as the author declares it, or proven. It is never guessed.

Proven means: no answer passes the bound of the rules, and an answer is known that reaches it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lms_core.assessment.domain.qti.best_responses import best_response
from lms_core.assessment.domain.qti.bounds import most_of
from lms_core.assessment.domain.qti.declarations import BUILT_IN
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.errors import QtiRefused
from lms_core.assessment.domain.qti.processing import process_response
from lms_core.assessment.domain.qti.state import State
from lms_core.assessment.domain.qti.values import NUMERIC, Single, Value
from lms_core.foundation.text import Text, text

SCORE: Final = "SCORE"
DECLARED: Final = "MAXSCORE"
_RANDOM: Final = frozenset({"random", "randomInteger", "randomFloat"})


@dataclass(frozen=True, slots=True)
class Maximum:
    """The most that SCORE can be, or why that is not known."""

    value: float | None
    reason: Text | None = None


def maximum_of(state: State, rules: Element | None) -> Maximum:
    """The maximum of an item whose session has begun and whose template has been drawn."""
    score = state.item.variables.get(SCORE)
    if score is None or score.kind != "outcome" or score.base_type not in NUMERIC or score.cardinality != "single":
        return Maximum(None, text("The item declares no outcome SCORE that is a number."))
    if score.normal_maximum is not None:
        return Maximum(score.normal_maximum)
    declared = state.item.variables.get(DECLARED)
    if declared and declared.kind == "outcome" and state.defaults.get(DECLARED, declared.default) is not None:
        told = _number(state.default(declared))
        if told is not None and math.isfinite(told):
            return Maximum(told)
    return _proven(state, rules)


def _proven(state: State, rules: Element | None) -> Maximum:
    if rules is None:
        return Maximum(None, text("The item has no response processing."))
    if state.item.is_adaptive:
        return Maximum(None, text("The item is adaptive, and its author declares no maximum."))
    if any(each.name in _RANDOM for each in rules.walk()):
        return Maximum(None, text("The score hangs on chance, and its author declares no maximum."))
    most = most_of(rules, state, SCORE)
    reached = max(_reached(state, rules), default=-math.inf)
    if most != reached or not math.isfinite(most):
        return Maximum(None, text("No answer is known that proves a maximum, and its author declares none."))
    return Maximum(most)


def _reached(state: State, rules: Element) -> Iterator[float]:
    """What the correct responses earn, and the responses that are mapped best."""
    for responses in (_correct(state), _correct(state) | _mapped_best(state)):
        trial = state.copy()
        trial.values |= responses
        try:
            process_response(rules, trial)
        except QtiRefused:
            # Whether the item can be scored at all is for the candidate's response to show.
            continue
        score = _number(trial.values.get(SCORE))
        if score is not None:
            yield score


def _correct(state: State) -> dict[str, Value]:
    declared = [each for each in state.item.all("response") if each.identifier not in BUILT_IN]
    return {each.identifier: state.correct(each) for each in declared}


def _mapped_best(state: State) -> dict[str, Value]:
    mapped = [each for each in state.item.all("response") if each.mapping or each.area_mapping]
    found = {each.identifier: best_response(state.item, each).response for each in mapped}
    return {identifier: response for identifier, response in found.items() if response is not None}


def _number(value: Value) -> float | None:
    return float(str(value.scalar)) if isinstance(value, Single) and value.base_type in NUMERIC else None
