"""What is wrong with an item or a bank, said so that its author can mend it: rule, place and the way out."""

from dataclasses import dataclass
from typing import Literal

from lms_core.foundation.text import Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """A rule that an item breaks, before anybody asks where it stands. Errors refuse, warnings tell."""

    rule: str
    text: Text
    severity: Severity = "error"

    def at(self, file: str, line: int, item: str = "") -> "Finding":
        """The same problem with its place."""
        return Finding(file, line, self.rule, self.text, self.severity, item)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its place: file as it was named, line from 1 (0: the whole file), item by identifier."""

    file: str
    line: int
    rule: str
    text: Text
    severity: Severity = "error"
    item: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.severity} {self.rule}: {self.text}"


def warning(rule: str, text: Text) -> Problem:
    """A problem that is told and refuses nothing."""
    return Problem(rule, text, "warning")
