"""Template processing: the numbers and words of one clone of an item, drawn before anybody sees it."""

from typing import Final

from lms_core.assessment.domain.qti.checks import require_rules
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.expressions import evaluate
from lms_core.assessment.domain.qti.rules import Exit, Rules, is_true, named_variable
from lms_core.assessment.domain.qti.state import State, fitted

MOST_TRIES: Final = 100
"""How often a template is started again because a constraint does not hold, as the specification asks at least."""


class _Restart(Exception):
    """A constraint does not hold."""


def process_template(state: State) -> None:
    """Draw the template variables of the item, and set the defaults and correct responses that hang on them.

    A constraint that does not hold starts the template again. After `MOST_TRIES` the template variables have their
    defaults, and processing goes on after the constraint. Raises UnsupportedElement or InvalidItem.
    """
    rules = state.item.template_processing
    _start_again(state)
    if rules is None:
        return
    require_rules(rules, "template")
    for _ in range(MOST_TRIES - 1):
        if _is_through(rules, state, _STRICT):
            return
        _start_again(state)
    _is_through(rules, state, _LENIENT)


def _start_again(state: State) -> None:
    state.corrects.clear()
    state.defaults.clear()
    state.reset("template")


def _is_through(rules: Element, state: State, phase: Rules) -> bool:
    try:
        phase.run(rules, state)
    except Exit:
        return True
    except _Restart:
        return False
    return True


def _set_template(rule: Element, state: State) -> None:
    declaration = state.declared(rule, named_variable(rule), "template")
    state.values[declaration.identifier] = fitted(rule, declaration, evaluate(rule.children[0], state))


def _set_correct(rule: Element, state: State) -> None:
    declaration = state.declared(rule, named_variable(rule), "response")
    state.corrects[declaration.identifier] = fitted(rule, declaration, evaluate(rule.children[0], state))


def _set_default(rule: Element, state: State) -> None:
    declaration = state.declared(rule, named_variable(rule), "response", "outcome")
    state.defaults[declaration.identifier] = fitted(rule, declaration, evaluate(rule.children[0], state))


def _hold_or_restart(rule: Element, state: State) -> None:
    if not is_true(rule.children[0], state):
        raise _Restart


def _hold_or_reset(rule: Element, state: State) -> None:
    if not is_true(rule.children[0], state):
        state.reset("template")


_SETTERS = {"setTemplateValue": _set_template, "setCorrectResponse": _set_correct, "setDefaultValue": _set_default}
_STRICT = Rules({**_SETTERS, "templateConstraint": _hold_or_restart})
_LENIENT = Rules({**_SETTERS, "templateConstraint": _hold_or_reset})
