"""Response processing, written: how the parts of an answer become SCORE."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lms_core.assessment.domain.formats.qti.dialects import Dialect, said
from lms_core.hooks.items import Scoring

SCORE, FEEDBACK, RESPONSE = "SCORE", "FEEDBACK", "RESPONSE"


@dataclass(frozen=True, slots=True)
class Marking:
    """How an item is marked: its rules (or the name of a published template), and the most they can give.

    `outcomes` are the declarations of outcome variables that the rules keep counts in.
    """

    rules: str
    maximum: float
    template: str = ""
    outcomes: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """The expressions of one dialect."""

    dialect: Dialect

    def value(self, base_type: str, written: str) -> str:
        """A value that stands in the rules."""
        return self.dialect.tag("baseValue", said(written), baseType=base_type)

    def number(self, written: float) -> str:
        """A number that stands in the rules."""
        return self.value("float", repr(float(written)))

    def variable(self, identifier: str) -> str:
        """What a variable holds."""
        return self.dialect.tag("variable", identifier=identifier)

    def correct(self, identifier: str) -> str:
        """The correct response of a variable."""
        return self.dialect.tag("correct", identifier=identifier)

    def call(self, name: str, *operands: str, **attributes: str) -> str:
        """An operator with its operands."""
        return self.dialect.tag(name, *operands, **attributes)

    def set(self, outcome: str, expression: str) -> str:
        """Let an outcome be what an expression gives."""
        return self.dialect.tag("setOutcomeValue", expression, identifier=outcome)

    def when(self, *branches: tuple[str, str], otherwise: str = "") -> str:
        """The rules of the first branch whose condition holds, else those of `otherwise`."""
        names = ("responseIf", *["responseElseIf"] * (len(branches) - 1))
        parts = [
            self.dialect.tag(name, condition, then) for name, (condition, then) in zip(names, branches, strict=True)
        ]
        last = [self.dialect.tag("responseElse", otherwise)] if otherwise else []
        return self.dialect.tag("responseCondition", *parts, *last)

    def add(self, outcome: str, points: float) -> str:
        """Let an outcome be more by so many points."""
        return self.set(outcome, self.call("sum", self.variable(outcome), self.number(points)))

    def is_match(self, identifier: str = RESPONSE) -> str:
        """Whether a response is the correct one."""
        return self.call("match", self.variable(identifier), self.correct(identifier))

    def holds(self, base_type: str, written: str) -> str:
        """Whether the response holds a value."""
        return self.call("member", self.value(base_type, written), self.variable(RESPONSE))

    def within(self, least: float, most: float | None, expression: str) -> str:
        """An expression within bounds."""
        bounded = self.call("max", self.number(least), expression)
        return bounded if most is None else self.call("min", self.number(most), bounded)

    def matched(self) -> Marking:
        """One point where the response is the correct one."""
        one, none = (self.set(SCORE, self.number(points)) for points in (1.0, 0.0))
        return Marking(self.when((self.is_match(), one), otherwise=none), 1.0, "match_correct")

    def mapped(self, maximum: float) -> Marking:
        """What the mapping gives."""
        return Marking(self.set(SCORE, self.call("mapResponse", identifier=RESPONSE)), maximum, "map_response")

    def counted(self, conditions: Sequence[str], scoring: Scoring) -> Marking:
        """A point for every condition that holds; or one as a whole, where all of them do."""
        if scoring == "all-or-nothing":
            one, none = (self.set(SCORE, self.number(points)) for points in (1.0, 0.0))
            return Marking(self.when((self.every(conditions), one), otherwise=none), 1.0)
        return Marking("".join(self.when((each, self.add(SCORE, 1.0))) for each in conditions), float(len(conditions)))

    def every(self, conditions: Sequence[str]) -> str:
        """Whether all conditions hold."""
        return conditions[0] if len(conditions) == 1 else self.call("and", *conditions)

    def either(self, conditions: Sequence[str]) -> str:
        """Whether one of the conditions holds; never, if there is none."""
        if not conditions:
            return self.value("boolean", "false")
        return conditions[0] if len(conditions) == 1 else self.call("or", *conditions)


MarkBy = Callable[[Rules], Marking]
