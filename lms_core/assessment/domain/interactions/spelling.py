"""When what somebody typed is one of the accepted words.

Korean is compared as people mean it: composed and decomposed syllables (NFD comes from macOS), half and full width,
and spacing, which even careful writers differ in, make no difference to a folded answer. Particles do: "서버가" is
not "서버", since cutting endings off would take many a whole word for another.
"""

import unicodedata
from typing import Final

from lms_core.assessment.domain.interactions.patterns import Pattern, PatternRefused, compiled
from lms_core.hooks.items import TextMatch

UNSEEN: Final = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
"""Characters that nobody sees: soft hyphens, joiners, the mark of byte order."""


def composed(typed: str) -> str:
    """``typed`` in composed syllables and letters (NFC), without unseen characters and the space around it."""
    return unicodedata.normalize("NFC", typed.translate(UNSEEN)).strip()


def folded(typed: str) -> str:
    """``typed`` without differences of case, width and spacing. Folding twice changes nothing more."""
    before, after = "", typed
    # Folding a letter may take it apart, and taking space away may bring two together: until nothing changes.
    while before != after:
        before, after = after, _folded_once(after)
    return after


def _folded_once(typed: str) -> str:
    wide = unicodedata.normalize("NFKC", typed.translate(UNSEEN))
    return unicodedata.normalize("NFKC", "".join(wide.casefold().split()))


def accepts(accepted: str, match: TextMatch, typed: str) -> bool:
    """Whether ``typed`` is ``accepted``. Nothing is never accepted; a pattern that cannot be read accepts nothing."""
    answer = composed(typed)
    if not answer:
        return False
    if match == "exact":
        return answer == composed(accepted)
    if match == "folded":
        return folded(answer) == folded(accepted)
    pattern = _readable(accepted)
    return pattern is not None and pattern.fits(answer)


def _readable(written: str) -> Pattern | None:
    try:
        return compiled(composed(written))
    except PatternRefused:
        return None
