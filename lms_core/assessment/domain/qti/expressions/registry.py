"""The shelf on which each family of expressions lays its own, by the name of the element."""

from collections.abc import Callable
from dataclasses import dataclass

from lms_core.assessment.domain.qti.expressions.calls import Call
from lms_core.assessment.domain.qti.values import Value

Evaluation = Callable[[Call], Value]


@dataclass(frozen=True, slots=True)
class Expression:
    """How an expression is evaluated, and how many operands it takes (`most` None: as many as there are)."""

    evaluate: Evaluation
    least: int
    most: int | None


class Family(dict[str, Expression]):
    """The expressions of one family by name."""

    def add(self, name: str, least: int = 0, most: int | None = 0) -> Callable[[Evaluation], Evaluation]:
        """Lay the decorated function on the shelf as the expression called `name`."""

        def laid(evaluate: Evaluation) -> Evaluation:
            self[name] = Expression(evaluate, least, most)
            return evaluate

        return laid
