"""Scales: how a share of points is shown for each vendor's kind of score, always as our own estimate."""

from dataclasses import dataclass
from math import floor
from typing import Final

from cert_prep.hooks import Certification, DatedSpecification
from lms_core.foundation.text import Text, text

# Our own lines, in shares of the points. Vendors publish no table from points to scores; these are practice targets,
# and the label of every figure says so. Microsoft's 700 is not 70 %: ours stands at another share on purpose.
SCALED_CUT: Final = 0.75
OWN_LINE: Final = 0.7
RULE_VERSION: Final = "2026-11"


@dataclass(frozen=True, slots=True)
class Ruler:
    """A scale from ``least`` to ``most``; the share ``cut`` of the points stands at ``line``."""

    name: str
    least: float
    most: float
    line: float
    cut: float
    label: Text

    def at(self, share: float) -> float:
        """Where a share of the points (0 to 1) stands: two straight pieces that meet at the line.

        Rounded down to whole figures, so that nobody below the line is shown on it.
        """
        if share >= self.cut:
            above = (share - self.cut) / (1 - self.cut) if self.cut < 1 else 0.0
            return float(min(self.most, self.line + floor((self.most - self.line) * above + 1e-9)))
        below = self.least + floor((self.line - self.least) * share / self.cut + 1e-9)
        return float(min(below, self.line - 1))


def ruler(certification: Certification, specification: DatedSpecification) -> Ruler:
    """The scale for a credential's scores."""
    vendor = certification.vendor
    if specification.scale == "scaled-1000":
        label = text("Our practice estimate, not %(vendor)s's score.", vendor=vendor)
        return Ruler(f"cert_prep.scaled-1000.{RULE_VERSION}", 1, 1000, 700, SCALED_CUT, label)
    if specification.scale == "percent" and specification.pass_line is not None:
        label = text("Our practice estimate against the line that %(vendor)s names.", vendor=vendor)
        line = specification.pass_line
        return Ruler(f"cert_prep.percent.{RULE_VERSION}", 0, 100, line, line / 100, label)
    label = text("Our practice estimate against our own line: %(vendor)s publishes none.", vendor=vendor)
    return Ruler(f"cert_prep.own-line.{RULE_VERSION}", 0, 100, OWN_LINE * 100, OWN_LINE, label)
