"""Scoring an item: bytes of a file and responses in, outcomes out. No database, no network, no file is opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from lms_core.assessment.domain.qti.declarations import ATTEMPTS, COMPLETION, Item, read_item
from lms_core.assessment.domain.qti.document import Element, read_document
from lms_core.assessment.domain.qti.errors import InvalidResponse
from lms_core.assessment.domain.qti.lexical import Json, json_of
from lms_core.assessment.domain.qti.maximum import Maximum, maximum_of
from lms_core.assessment.domain.qti.processing import process_response, response_rules
from lms_core.assessment.domain.qti.responses import attempts_of, read_response
from lms_core.assessment.domain.qti.state import State
from lms_core.assessment.domain.qti.templates import process_template
from lms_core.assessment.domain.qti.values import Single, Value, single
from lms_core.foundation.text import Text, text


@dataclass(frozen=True, slots=True)
class Scored:
    """What responses earned. `maximum` is that of SCORE; where none follows it is None and `maximum_reason` says why.

    `outcomes` are the outcome variables that the item declares, as JSON; `template` what its template drew;
    `completion_status` and `attempts` are the session's.
    """

    identifier: str
    outcomes: Mapping[str, Json]
    maximum: float | None
    maximum_reason: Text | None
    template: Mapping[str, Json]
    completion_status: str
    attempts: int


def score_file(data: bytes, responses: Any, seed: int = 0) -> Scored:
    """Score the item in `data` for `responses`: one response (`responses` module), or a list of them, one an attempt.

    `seed` decides every random number. Raises a QtiRefused, never scores what it does not understand.
    """
    return score(read_item(read_document(data)), responses, seed)


def score(item: Item, responses: Any, seed: int = 0) -> Scored:
    """Score an item that was read already."""
    rules = response_rules(item)
    # Drawing the same numbers again is what the seed is for; nobody's secret hangs on it.
    state = State(item, Random(seed))  # noqa: S311 see above
    process_template(state)
    _start(state)
    begun = state.copy()
    for given in attempts_of(responses):
        _attempt(state, rules, given)
    return _scored(state, maximum_of(begun, rules))


def _start(state: State) -> None:
    """Begin the session: every variable has its default."""
    for declaration in state.item.variables.values():
        if declaration.kind in {"response", "outcome"}:
            state.values[declaration.identifier] = state.default(declaration)


def _attempt(state: State, rules: Element | None, given: Any) -> None:
    """One attempt: its responses, then the rules. Only an adaptive item remembers the outcomes of the one before."""
    item = state.item
    if item.is_adaptive and _word(state.values.get(COMPLETION)) == "completed":
        reason = text("The item is completed; no further response is taken.")
        raise InvalidResponse("completed", reason, "assessmentItem", item.line)
    if not item.is_adaptive:
        state.reset("response")
        state.reset("outcome")
    if not item.is_adaptive or _word(state.values.get(COMPLETION)) in {"", "not_attempted"}:
        state.values[COMPLETION] = single("identifier", "unknown")
    state.values[ATTEMPTS] = Single("integer", _count(state) + 1)
    state.values |= _buttons(item) | read_response(item, given)
    if rules is not None:
        process_response(rules, state)


def _buttons(item: Item) -> dict[str, Value]:
    """The variables of buttons that end an attempt: false, unless the response says that this one was pressed."""
    elements = item.body.walk() if item.body else ()
    named = [each.attributes.get("responseIdentifier", "") for each in elements if each.name == "endAttemptInteraction"]
    return {name: Single("boolean", False) for name in named if name in item.variables}


def _count(state: State) -> int:
    attempts = state.values.get(ATTEMPTS)
    return int(str(attempts.scalar)) if isinstance(attempts, Single) else 0


def _word(value: Value) -> str:
    return str(value.scalar) if isinstance(value, Single) else ""


def _scored(state: State, maximum: Maximum) -> Scored:
    return Scored(
        state.item.identifier,
        {name: json_of(value) for name, value in state.current("outcome").items()},
        maximum.value,
        maximum.reason,
        {name: json_of(value) for name, value in state.current("template").items()},
        _word(state.values.get(COMPLETION)),
        _count(state),
    )
