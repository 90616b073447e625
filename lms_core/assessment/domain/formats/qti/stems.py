"""The question of an item: its body, with gaps where answers go into it and the prompts of its interactions."""

from collections.abc import Mapping
from typing import Final

from lms_core.assessment.domain.formats.qti.gaps_written import ANSWER, HOT_AREA
from lms_core.assessment.domain.formats.qti.markup import words_of
from lms_core.assessment.domain.formats.qti.sheets import Sheet
from lms_core.assessment.domain.qti.document import Element

_AROUND: Final = frozenset({"gapMatchInteraction", "hottextInteraction"})
_INSIDE: Final = frozenset({"gapText", "gapImg"})
_OURS: Final = frozenset({ANSWER, HOT_AREA})


def stem_of(sheet: Sheet, gaps: Mapping[int, str] | None = None) -> str:
    """The question as Markdown. `gaps` are the names of gaps by the `id()` of the elements that they stand for."""
    named = gaps or {}

    def placed(found: Element) -> str | None:
        if id(found) in named:
            return f"[[{named[id(found)]}]]"
        if sheet.is_ours and found.name == "div" and found.attributes.get("class") in _OURS:
            return ""
        if found.name in _INSIDE:
            return ""
        if found.name in _AROUND:
            return f"\n\n{words_of(found, placed)}\n\n"
        if found.kind == "qti" and found.name.endswith("Interaction"):
            return _prompt(found)
        return None

    return words_of(sheet.body, placed)


def _prompt(interaction: Element) -> str:
    prompt = words_of(interaction.first("prompt"))
    return f"\n\n{prompt}\n\n" if prompt else ""
