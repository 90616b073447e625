"""How large an outcome can become at most, whatever is answered: the rules run on intervals instead of numbers."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lms_core.assessment.domain.qti.best_responses import best_response
from lms_core.assessment.domain.qti.checks import CONDITIONS, EXITS, FRAGMENTS, OTHERWISE
from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.expressions import evaluate
from lms_core.assessment.domain.qti.state import State
from lms_core.assessment.domain.qti.values import NUMERIC, Single, Value

Interval = tuple[float, float]
Outcomes = dict[str, Interval]

ANYTHING: Final[Interval] = (-math.inf, math.inf)


def most_of(rules: Element, state: State, identifier: str) -> float:
    """The number that the outcome `identifier` cannot pass in one attempt, infinity if none is known."""
    analysis = _Analysis(state)
    ended = analysis.run(rules.children, {})
    every = [*analysis.exits, *([ended] if ended is not None else [])]
    return max((analysis.outcome(outcomes, identifier)[1] for outcomes in every), default=math.inf)


@dataclass
class _Analysis:
    """Rules followed along every branch. `exits` are the outcomes wherever a rule ends processing."""

    state: State
    exits: list[Outcomes] = field(default_factory=list)

    def run(self, rules: Iterable[Element], outcomes: Outcomes | None) -> Outcomes | None:
        """The outcomes after the rules, None if none of the ways through them comes to their end."""
        for rule in rules:
            if outcomes is None:
                return None
            outcomes = self._after(rule, outcomes)
        return outcomes

    def outcome(self, outcomes: Outcomes, identifier: str) -> Interval:
        """What an outcome can be: what was set, else its start."""
        start = self.state.item.variables[identifier]
        return outcomes.get(identifier) or _interval(self.state.default(start))

    def _after(self, rule: Element, outcomes: Outcomes) -> Outcomes | None:
        if rule.name in EXITS:
            self.exits.append(outcomes)
            return None
        if rule.name in FRAGMENTS:
            return self.run(rule.children, outcomes)
        if rule.name in CONDITIONS:
            return self._joined(rule, outcomes)
        identifier = rule.attributes.get("identifier", "").strip()
        return {**outcomes, identifier: self._set(rule, identifier, outcomes)}

    def _joined(self, condition: Element, outcomes: Outcomes) -> Outcomes | None:
        """The outcomes after any of the branches, or after none of them."""
        ways: list[Outcomes | None] = []
        for branch in condition.children:
            rules = branch.children if branch.name in OTHERWISE else branch.children[1:]
            ways.append(self.run(rules, dict(outcomes)))
        if not any(branch.name in OTHERWISE for branch in condition.children):
            ways.append(outcomes)
        through = [way for way in ways if way is not None]
        names = {name for way in through for name in way if name in self.state.item.variables}
        return {name: _hull([self.outcome(way, name) for way in through]) for name in names} if through else None

    def _set(self, rule: Element, identifier: str, outcomes: Outcomes) -> Interval:
        declaration = self.state.item.variables.get(identifier)
        if rule.name == "lookupOutcomeValue":
            table = declaration.table if declaration else None
            targets = [*(entry.target for entry in table.entries), table.default] if table else []
            return _hull([_interval(target) for target in targets if target] or [ANYTHING])
        return self._value(rule.children[0], outcomes)

    def _value(self, element: Element, outcomes: Outcomes) -> Interval:
        """What an expression can come to."""
        if element.name == "baseValue":
            return _interval(evaluate(element, self.state))
        if element.name in {"variable", "mapResponse", "mapResponsePoint"}:
            return self._variable(element, outcomes)
        combined = _COMBINED.get(element.name)
        return combined([self._value(each, outcomes) for each in element.children]) if combined else ANYTHING

    def _variable(self, element: Element, outcomes: Outcomes) -> Interval:
        declaration = self.state.item.variables.get(element.attributes.get("identifier", "").strip())
        if declaration is None:
            return ANYTHING
        if element.name != "variable":
            return -math.inf, best_response(self.state.item, declaration).most
        if declaration.kind == "outcome":
            return self.outcome(outcomes, declaration.identifier)
        is_drawn = declaration.kind == "template"
        return _interval(self.state.values.get(declaration.identifier)) if is_drawn else ANYTHING


def _interval(value: Value) -> Interval:
    """The interval of a value that is known: a point for a number."""
    if isinstance(value, Single) and value.base_type in NUMERIC:
        number = float(str(value.scalar))
        return number, number
    return ANYTHING


def _hull(intervals: list[Interval]) -> Interval:
    return min(each[0] for each in intervals), max(each[1] for each in intervals)


def _sum(operands: list[Interval]) -> Interval:
    return math.fsum(each[0] for each in operands), math.fsum(each[1] for each in operands)


def _difference(operands: list[Interval]) -> Interval:
    (least, most), (other_least, other_most) = operands
    return least - other_most, most - other_least


def _product(operands: list[Interval]) -> Interval:
    found = (1.0, 1.0)
    for least, most in operands:
        corners = [0.0 if 0 in {one, other} else one * other for one in found for other in (least, most)]
        found = min(corners), max(corners)
    return found


def _greatest(operands: list[Interval]) -> Interval:
    return max(each[0] for each in operands), max(each[1] for each in operands)


def _least(operands: list[Interval]) -> Interval:
    return min(each[0] for each in operands), min(each[1] for each in operands)


_COMBINED: Final[Mapping[str, Callable[[list[Interval]], Interval]]] = {
    "sum": _sum,
    "subtract": _difference,
    "product": _product,
    "max": _greatest,
    "min": _least,
    "integerToFloat": _hull,
}
