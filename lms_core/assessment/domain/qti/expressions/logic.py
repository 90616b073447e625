"""Logic with three values: NULL is neither true nor false, and decides nothing."""

from lms_core.assessment.domain.qti.expressions.calls import Call
from lms_core.assessment.domain.qti.expressions.registry import Family
from lms_core.assessment.domain.qti.values import Single, Value

LOGIC = Family()


@LOGIC.add("not", 1, 1)
def negation(call: Call) -> Value:
    """True for false, false for true."""
    (operand,) = _booleans(call)
    return None if operand is None else Single("boolean", not operand)


@LOGIC.add("and", 1, None)
def conjunction(call: Call) -> Value:
    """False if one is false, else NULL if one is NULL, else true."""
    operands = _booleans(call)
    if False in operands:
        return Single("boolean", False)
    return None if None in operands else Single("boolean", True)


@LOGIC.add("or", 1, None)
def disjunction(call: Call) -> Value:
    """True if one is true, else NULL if one is NULL, else false."""
    operands = _booleans(call)
    if True in operands:
        return Single("boolean", True)
    return None if None in operands else Single("boolean", False)


@LOGIC.add("anyN", 1, None)
def any_n(call: Call) -> Value:
    """Whether from `min` to `max` of the operands are true; NULL if that hangs on operands that are NULL."""
    least, most = call.integer("min"), call.integer("max")
    operands = _booleans(call)
    if least is None or most is None:
        return None
    true, unknown = operands.count(True), operands.count(None)
    if least <= true and true + unknown <= most:
        return Single("boolean", True)
    if true > most or true + unknown < least:
        return Single("boolean", False)
    return None


def _booleans(call: Call) -> list[bool | None]:
    return [None if each is None else bool(call.single(each, "boolean").scalar) for each in call.operands()]
