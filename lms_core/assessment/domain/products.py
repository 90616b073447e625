"""Products that changed their names: an item that says the old name is flagged, never changed by itself.

Facts with the month the vendor announced them; an old name is a whole word or phrase.
"""

import re
from dataclasses import dataclass
from typing import Final

from lms_core.hooks.items import ItemContent


@dataclass(frozen=True, slots=True)
class Renaming:
    """An old product name, the name since `since` (year-month)."""

    old: str
    new: str
    since: str


RENAMINGS: Final[tuple[Renaming, ...]] = (
    Renaming("Azure Active Directory", "Microsoft Entra ID", "2023-07"),
    Renaming("Azure AD", "Microsoft Entra ID", "2023-07"),
    Renaming("Azure Security Center", "Microsoft Defender for Cloud", "2021-11"),
    Renaming("Security Center", "Microsoft Defender for Cloud", "2021-11"),
    Renaming("Azure Defender", "Microsoft Defender for Cloud", "2021-11"),
    Renaming("Azure Sentinel", "Microsoft Sentinel", "2021-11"),
    Renaming("Cognitive Services", "Azure AI services", "2023-07"),
    Renaming("Text Analytics", "Azure AI Language", "2021-11"),
    Renaming("Custom Vision", "Azure AI Custom Vision", "2023-07"),
    Renaming("Form Recognizer", "Azure AI Document Intelligence", "2023-07"),
    Renaming("Azure SQL Data Warehouse", "Azure Synapse Analytics", "2019-11"),
    Renaming("SQL Data Warehouse", "Azure Synapse Analytics", "2019-11"),
    Renaming("Visual Studio Team Services", "Azure DevOps", "2018-09"),
    Renaming("Power Virtual Agents", "Microsoft Copilot Studio", "2023-11"),
    Renaming("Bard", "Gemini", "2024-02"),
    Renaming("Duet AI", "Gemini for Google Cloud", "2024-04"),
)

_OLD_NAME = re.compile(
    "|".join(
        rf"(?<![A-Za-z]){re.escape(renaming.old)}(?![A-Za-z])"
        for renaming in sorted(RENAMINGS, key=lambda renaming: -len(renaming.old))
    )
)
_BY_OLD_NAME = {renaming.old: renaming for renaming in RENAMINGS}


def renamings_in(words: str) -> tuple[Renaming, ...]:
    """The renamings whose old name `words` still say, each once, in reading order."""
    found = _OLD_NAME.findall(words)
    return tuple(_BY_OLD_NAME[old] for old in dict.fromkeys(found) if not _says_new(words, old))


def _says_new(words: str, old: str) -> bool:
    new = _BY_OLD_NAME[old].new
    return old in new and new in words


def asked_words(content: ItemContent) -> str:
    """Stem and choices of every language as one text to search in."""
    from_choices = (
        words
        for choice in getattr(content.interaction, "choices", ())
        for words in (*choice.text.values(), *choice.feedback.values())
    )
    return "\n".join([*content.stem.values(), *from_choices, *content.explanation.values()])
