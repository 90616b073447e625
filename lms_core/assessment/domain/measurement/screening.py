"""Which items cannot be calibrated, and why: said by name, never dropped in silence."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from lms_core.assessment.domain.measurement.curves import Curves
from lms_core.assessment.domain.measurement.matrix import MISSING, Responses
from lms_core.foundation.text import Text, text

FEWEST_ANSWERS: Final = 30
STEEPEST: Final = 6.0
FLATTEST: Final = 0.05
FARTHEST: Final = 12.0

UNSTEADY: Final = text("The answers do not determine this item's curve: it grew without end.")
BACKWARDS: Final = text("Stronger people answer this item wrong more often. Look at its key.")
FLAT: Final = text("The answers to this item have nothing to do with the others.")


def unfit(responses: Responses) -> Mapping[int, Text]:
    """The items, by column, whose answers allow no calibration, before anything is computed."""
    found: dict[int, Text] = {}
    for at, column in enumerate(responses.marks.T):
        given = column[column != MISSING]
        if len(given) < FEWEST_ANSWERS:
            found[at] = text("Only %(found)s answers; %(wanted)s are needed.", found=len(given), wanted=FEWEST_ANSWERS)
        elif given.all():
            found[at] = text("Everybody answered this item right.")
        elif not given.any():
            found[at] = text("Nobody answered this item right.")
    return found


def unsteady(curves: Curves) -> Mapping[int, Text]:
    """The items, by position, whose estimates make no usable curve."""
    with np.errstate(divide="ignore", invalid="ignore"):
        far = ~(np.abs(curves.difficulties) < FARTHEST)
    found: dict[int, Text] = {}
    for at, slope in enumerate(curves.slopes):
        if slope <= -FLATTEST:
            found[at] = BACKWARDS
        elif slope < FLATTEST:
            found[at] = FLAT
        elif slope > STEEPEST or far[at]:
            found[at] = UNSTEADY
    return found
