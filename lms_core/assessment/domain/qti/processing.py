"""Response processing: from the responses of one attempt to the outcomes of the item."""

from lms_core.assessment.domain.qti.checks import require_rules
from lms_core.assessment.domain.qti.declarations import COMPLETION, Item
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.errors import InvalidItem
from lms_core.assessment.domain.qti.expressions import evaluate
from lms_core.assessment.domain.qti.rules import Exit, Rules, named_variable
from lms_core.assessment.domain.qti.standard_templates import standard_template
from lms_core.assessment.domain.qti.state import State, fitted
from lms_core.assessment.domain.qti.values import Single
from lms_core.foundation.text import text

COMPLETIONS = frozenset({"completed", "incomplete", "not_attempted", "unknown"})


def response_rules(item: Item) -> Element | None:
    """The rules that score the item, checked: its own, else those of the template it names; None if it has none.

    Raises UnsupportedElement or InvalidItem.
    """
    rules = item.response_processing
    if rules is None:
        return None
    address = rules.attributes.get("template") or rules.attributes.get("templateLocation", "")
    if address and not rules.children:
        rules = standard_template(rules, address)
    require_rules(rules, "response")
    return rules


def process_response(rules: Element, state: State) -> None:
    """Run the rules. Raises InvalidItem or UnsupportedElement where they cannot be followed."""
    try:
        _RULES.run(rules, state)
    except Exit:
        return


def _set_outcome(rule: Element, state: State) -> None:
    declaration = state.declared(rule, named_variable(rule), "outcome")
    value = fitted(rule, declaration, evaluate(rule.children[0], state))
    if declaration.identifier == COMPLETION and (not isinstance(value, Single) or value.scalar not in COMPLETIONS):
        reason = text("completionStatus is completed, incomplete, not_attempted or unknown.")
        raise InvalidItem.at(rule, "invalid-completion-status", reason)
    state.values[declaration.identifier] = value


def _look_up_outcome(rule: Element, state: State) -> None:
    declaration = state.declared(rule, named_variable(rule), "outcome")
    if declaration.table is None:
        reason = text("The declaration of “%(name)s” holds no lookup table.", name=declaration.identifier)
        raise InvalidItem.at(rule, "no-lookup-table", reason)
    source = evaluate(rule.children[0], state)
    if source is None:
        found = declaration.table.default
    elif isinstance(source, Single) and source.base_type in {"integer", "float", "duration"}:
        found = declaration.table.look_up(float(str(source.scalar)))
    else:
        raise InvalidItem.at(rule, "wrong-type", text("A number is looked up in a table, nothing else."))
    state.values[declaration.identifier] = fitted(rule, declaration, found)


_RULES = Rules({"setOutcomeValue": _set_outcome, "lookupOutcomeValue": _look_up_outcome})
