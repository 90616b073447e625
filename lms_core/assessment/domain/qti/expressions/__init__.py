"""The expressions of QTI by name, one module a family, and how one is evaluated.

`EXPRESSIONS` is the whole registry; `TEST_LEVEL` names those that a single item cannot answer.
"""

from collections.abc import Mapping
from typing import Final

from lms_core.assessment.domain.qti.document import Element
from lms_core.assessment.domain.qti.expressions.arithmetic import ARITHMETIC
from lms_core.assessment.domain.qti.expressions.calls import Call
from lms_core.assessment.domain.qti.expressions.comparing import COMPARING
from lms_core.assessment.domain.qti.expressions.containers import CONTAINERS
from lms_core.assessment.domain.qti.expressions.functions import FUNCTIONS
from lms_core.assessment.domain.qti.expressions.logic import LOGIC
from lms_core.assessment.domain.qti.expressions.registry import Expression
from lms_core.assessment.domain.qti.expressions.strings import STRINGS
from lms_core.assessment.domain.qti.expressions.variables import VARIABLES
from lms_core.assessment.domain.qti.state import State
from lms_core.assessment.domain.qti.values import Value

EXPRESSIONS: Final[Mapping[str, Expression]] = (
    VARIABLES | CONTAINERS | LOGIC | COMPARING | STRINGS | ARITHMETIC | FUNCTIONS
)

TEST_LEVEL: Final = frozenset(
    {
        "numberCorrect",
        "numberIncorrect",
        "numberPresented",
        "numberResponded",
        "numberSelected",
        "outcomeMaximum",
        "outcomeMinimum",
        "testVariables",
    }
)
"""Expressions that ask about a whole test."""


def evaluate(element: Element, state: State) -> Value:
    """What an expression comes to. It has been checked: its name is known, and it has the operands it takes."""
    state.step(element)
    call = Call(element, state, lambda child: evaluate(child, state))
    return EXPRESSIONS[element.name].evaluate(call)


__all__ = ["EXPRESSIONS", "TEST_LEVEL", "evaluate"]
