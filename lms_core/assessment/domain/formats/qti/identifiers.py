"""Names of ours as identifiers of QTI, and back: what an identifier may not hold is written as its code point.

`g1` stays `g1`; `learn.x#1` becomes `learn_x002E_x_x0023_1`. The dot is kept free to join two names.
"""

import re
from typing import Final

_PLAIN: Final = re.compile(r"[A-Za-z0-9-]")
_WRITTEN: Final = re.compile(r"_x([0-9A-F]{4,6})_")


def identifier_of(name: str) -> str:
    """``name`` as an identifier: no two names share one."""
    written = "".join(_letter(name, at) for at in range(len(name)))
    return written or "_x_"


def name_of(identifier: str) -> str:
    """The name that `identifier_of` wrote."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), "" if identifier == "_x_" else identifier)


def _letter(name: str, at: int) -> str:
    letter = name[at]
    # An identifier starts with a letter; an underscore before an x would be read as the start of a code.
    starts = at > 0 or letter.isalpha()
    if (_PLAIN.fullmatch(letter) and starts) or (letter == "_" and name[at + 1 : at + 2] != "x"):
        return letter
    return f"_x{ord(letter):04X}_"
