"""What is looked at before a rule runs: everything an item asks for is supported and has the operands it takes.

So an item is refused for what it holds, not for what a response happens to touch.
"""

from collections.abc import Mapping
from typing import Final

from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement
from lms_core.assessment.domain.qti.expressions import EXPRESSIONS, TEST_LEVEL
from lms_core.foundation.text import text

FRAGMENTS: Final = frozenset({"responseProcessing", "responseProcessingFragment", "templateProcessing"})
CONDITIONS: Final[Mapping[str, frozenset[str]]] = {
    "responseCondition": frozenset({"responseIf", "responseElseIf", "responseElse"}),
    "templateCondition": frozenset({"templateIf", "templateElseIf", "templateElse"}),
}
OTHERWISE: Final = frozenset({"responseElse", "templateElse"})
BRANCHES: Final = frozenset[str]().union(*CONDITIONS.values()) - OTHERWISE
SETTERS: Final = frozenset(
    {"setOutcomeValue", "lookupOutcomeValue", "setTemplateValue", "setCorrectResponse", "setDefaultValue"}
)
ONE_EXPRESSION: Final = SETTERS | {"templateConstraint"}
EXITS: Final = frozenset({"exitResponse", "exitTemplate"})
RULES: Final = {
    "response": frozenset(
        {"responseCondition", "setOutcomeValue", "lookupOutcomeValue", "exitResponse", "responseProcessingFragment"}
    ),
    "template": frozenset(
        {
            "templateCondition",
            "setTemplateValue",
            "setCorrectResponse",
            "setDefaultValue",
            "templateConstraint",
            "exitTemplate",
        }
    ),
}


def require_rules(element: Element, phase: str) -> None:
    """Raise UnsupportedElement or InvalidItem unless `element` holds only rules of its phase that can run."""
    for child in element.children:
        _require_rule(child, phase)


def _require_rule(rule: Element, phase: str) -> None:
    if rule.kind != "qti" or rule.name not in RULES[phase]:
        raise _unsupported(rule)
    if rule.name in FRAGMENTS:
        require_rules(rule, phase)
    elif rule.name in CONDITIONS:
        for branch in rule.children:
            _require_branch(branch, CONDITIONS[rule.name], phase)
    elif rule.name in ONE_EXPRESSION:
        _require_operands(rule, 1, 1)


def _require_branch(branch: Element, known: frozenset[str], phase: str) -> None:
    if branch.name not in known:
        raise _unsupported(branch)
    rules = branch.children
    if branch.name in BRANCHES:
        if not rules:
            raise _wrong_count(branch, 0)
        _require_expression(rules[0])
        rules = rules[1:]
    for rule in rules:
        _require_rule(rule, phase)


def _require_expression(element: Element) -> None:
    if element.kind != "qti" or element.name not in EXPRESSIONS:
        raise _unsupported(element)
    expression = EXPRESSIONS[element.name]
    _require_operands(element, expression.least, expression.most)


def _require_operands(element: Element, least: int, most: int | None) -> None:
    count = len(element.children)
    if count < least or (most is not None and count > most):
        raise _wrong_count(element, count)
    for child in element.children:
        _require_expression(child)


def _wrong_count(element: Element, count: int) -> InvalidItem:
    reason = text("“%(element)s” cannot have %(count)s expressions inside.", element=element.name, count=count)
    return InvalidItem.at(element, "wrong-number-of-operands", reason)


def _unsupported(element: Element) -> UnsupportedElement:
    if element.name in TEST_LEVEL:
        reason = text("“%(element)s” asks about a whole test; a single item has no answer.", element=element.name)
        return UnsupportedElement.at(element, "test-level", reason)
    if element.name == "customOperator":
        named = element.attributes.get("class") or element.attributes.get("definition", "")
        reason = text("The custom operator “%(name)s” is not known here. Write it with QTI's own.", name=named)
        return UnsupportedElement.at(element, "custom-operator", reason)
    reason = text("“%(element)s” is not supported where it stands.", element=element.name)
    return UnsupportedElement.at(element, "unsupported-element", reason)
