"""Running rules: what response processing and template processing have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lms_core.assessment.domain.qti.attributes import required
from lms_core.assessment.domain.qti.checks import CONDITIONS, EXITS, FRAGMENTS, OTHERWISE
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.errors import InvalidItem
from lms_core.assessment.domain.qti.expressions import evaluate
from lms_core.assessment.domain.qti.state import State
from lms_core.assessment.domain.qti.values import Single
from lms_core.foundation.text import text

Rule = Callable[[Element, State], None]


class Exit(Exception):
    """Processing ends here."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one phase, by the name of the element that sets something."""

    setters: Mapping[str, Rule]

    def run(self, element: Element, state: State) -> None:
        """Run every rule inside `element`, in order. Raises Exit where a rule ends processing."""
        for rule in element.children:
            self.apply(rule, state)

    def apply(self, rule: Element, state: State) -> None:
        """Run one rule."""
        if rule.name in EXITS:
            raise Exit
        if rule.name in FRAGMENTS:
            self.run(rule, state)
        elif rule.name in CONDITIONS:
            self._choose(rule, state)
        else:
            self.setters[rule.name](rule, state)

    def _choose(self, condition: Element, state: State) -> None:
        for branch in condition.children:
            if branch.name in OTHERWISE:
                return self.run(branch, state)
            if is_true(branch.children[0], state):
                for rule in branch.children[1:]:
                    self.apply(rule, state)
                return None
        return None


def is_true(element: Element, state: State) -> bool:
    """Whether an expression comes to true; NULL is not. Raises InvalidItem if it is no boolean."""
    value = evaluate(element, state)
    if value is None:
        return False
    if not isinstance(value, Single) or value.base_type != "boolean":
        reason = text("A condition is a single boolean, which “%(element)s” is not.", element=element.name)
        raise InvalidItem.at(element, "wrong-type", reason)
    return value.scalar is True


def named_variable(rule: Element) -> str:
    """The variable that a rule sets."""
    return required(rule, "identifier").strip()
