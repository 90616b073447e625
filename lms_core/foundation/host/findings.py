"""What is wrong with a plugin, said so that its author can mend it at once."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lms_core.foundation.errors import Refusal, Refused
from lms_core.foundation.text import Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: whose, where, which rule it breaks, and what the author may have meant.

    ``line`` is 0 where the fault has no line; ``suggestion`` is empty where nothing is near enough.
    """

    plugin: str
    file: str
    line: int
    rule: str
    message: Text
    suggestion: str = ""

    def __str__(self) -> str:
        """One English line for terminals and logs: ``file:line: [plugin] rule: message``."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        hint = f' Did you mean "{self.suggestion}"?' if self.suggestion else ""
        return f"{place}: [{self.plugin}] {self.rule}: {self.message}{hint}".removeprefix(": ")

    def as_json(self) -> dict[str, object]:
        """The finding as JSON values, with the message in English."""
        return {
            "plugin": self.plugin,
            "file": self.file,
            "line": self.line,
            "rule": self.rule,
            "message": str(self.message),
            "suggestion": self.suggestion,
        }


Findings = tuple[Finding, ...]


def nearest(word: str, words: Iterable[str]) -> str:
    """The one of ``words`` that ``word`` is most likely a slip for, or an empty string."""
    close = difflib.get_close_matches(word, sorted(words), n=1, cutoff=0.72)
    return close[0] if close else ""


def written(folder: Path, word: str) -> tuple[str, int] | None:
    """File and line of the first place where ``word`` stands whole: in the file ``folder``, or the files below it."""
    whole = re.compile(rf"\b{re.escape(word)}\b")
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else (folder,):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if whole.search(line):
                return str(path), number
    return None


class PluginRefused(Refused):
    """A plugin cannot be taken in, for the reasons in ``findings``; nothing of it was left behind."""

    code = "plugin-refused"

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        reasons = tuple(Refusal(fault.rule, fault.message, fault.plugin) for fault in findings)
        super().__init__(findings[0].message if len(findings) == 1 else None, reasons=reasons)
