"""The licences under which items may enter a bank, by SPDX identifier."""

from collections.abc import Mapping
from typing import Final

LICENCES: Final[Mapping[str, bool]] = {
    "CC0-1.0": False,
    "CC-BY-3.0": True,
    "CC-BY-4.0": True,
    "CC-BY-SA-3.0": True,
    "CC-BY-SA-4.0": True,
    "Apache-2.0": True,
    "MIT": True,
    "LicenseRef-KOGL-1": True,
    "LicenseRef-Own": False,
}
"""Each licence, and whether it asks to name its author wherever an item is shown.

`LicenseRef-KOGL-1` is the Korean public domain licence of type 1 (공공누리 제1유형), `LicenseRef-Own`
is what the academy's own people wrote. Terms that forbid commercial or changed use are not taken,
because a campus run by a company changes and shows items.
"""


def is_accepted(licence: str) -> bool:
    """Whether items under `licence` may enter."""
    return licence in LICENCES


def asks_attribution(licence: str) -> bool:
    """Whether an item under `licence` must show whom it comes from."""
    return LICENCES.get(licence, True)
