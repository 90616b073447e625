"""What a bank file says, and what was found while reading it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lms_core.hooks.findings import Finding
from lms_core.hooks.items import UNKNOWN_PROVENANCE, ItemContent, Provenance
from lms_core.hooks.words import NO_WORDS, Words

FORMAT: Final = "lms-bank/1"


@dataclass(frozen=True, slots=True)
class Header:
    """What holds for every item of a file: the objective it covers and whose words these are.

    `certification` is `CODE@as-of-date`, `domain` and `objective` are the certification's own identifiers.
    """

    certification: str = ""
    domain: str = ""
    objective: str = ""
    title: Words = NO_WORDS
    provenance: Provenance = UNKNOWN_PROVENANCE


@dataclass(frozen=True, slots=True)
class BankFile:
    """A header and the items in the order of the file."""

    header: Header
    items: tuple[ItemContent, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedBank:
    """The sound items of a file, every finding in it, and the line where each item starts."""

    bank: BankFile
    findings: tuple[Finding, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    file: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether nothing refuses the file."""
        return not any(finding.severity == "error" for finding in self.findings)


def tidy(words: str) -> str:
    """Text as a bank file keeps it: Unix line ends, nothing around it, blank lines really blank."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    return "\n".join(line if line.strip() else "" for line in lines)


def positional(position: int) -> str:
    """The identifier of the choice at `position` (from 0): a, b, ... z, aa, ab, ..."""
    letters = ""
    while position >= 0:
        position, letter = divmod(position, 26)
        letters = chr(ord("a") + letter) + letters
        position -= 1
    return letters
