"""What the form of each type of item asks for in a row, and what it calls it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lms_core.foundation.text import Text, text

CHOICE_HELP = text("Tick the right one, or every right one of a multiple response. Empty rows are left out.")
GAP = text("Gap")
GAP_HELP = text("Write [[gap1]] into the question in every language, and name the gap in each row here.")


@dataclass(frozen=True, slots=True)
class ItemShape:
    """The rows of a type: what they are called, which fields they have, and what stands around them."""

    rows: Text
    told: Text
    ticked: bool = False
    mark: Text | None = None
    group: Text | None = None
    targets: Text | None = None
    pinned: bool = False
    weighed: bool = False
    explained: bool = True
    pictured: bool = False


SHAPES: Final[Mapping[str, ItemShape]] = {
    "choice": ItemShape(text("Choices"), CHOICE_HELP, ticked=True, pinned=True, weighed=True),
    "multiple-response": ItemShape(text("Choices"), CHOICE_HELP, ticked=True, pinned=True, weighed=True),
    "statement-set": ItemShape(
        text("Statements"),
        text("Beside each statement, the name of its answer."),
        mark=text("Its answer"),
        targets=text("Answers"),
    ),
    "ordering": ItemShape(
        text("Steps"),
        text("Beside each step, its place from 1. A step without a place belongs nowhere."),
        mark=text("Place"),
        pinned=True,
    ),
    "matching": ItemShape(
        text("What is matched"),
        text("Beside each row, the names of the answers it belongs to, with spaces between them."),
        mark=text("Its answers"),
        targets=text("Answers"),
        pinned=True,
    ),
    "gap-match": ItemShape(
        text("Texts to place"),
        text("Write [[gap1]] into the question in every language. Beside each text, the gap where it belongs."),
        mark=text("Its gap"),
        pinned=True,
    ),
    "inline-choice": ItemShape(text("Choices"), GAP_HELP, ticked=True, group=GAP, pinned=True),
    "text-entry": ItemShape(text("Accepted answers"), GAP_HELP, group=GAP, weighed=True),
    "numeric": ItemShape(text("Numbers"), GAP_HELP, mark=text("Value"), group=GAP, explained=False),
    "hot-spot": ItemShape(
        text("Areas"),
        text("Each area with its pixels, such as rect:10,20,110,60. Tick what is right."),
        ticked=True,
        pictured=True,
    ),
    "hot-area": ItemShape(
        text("Choices"),
        text("In each row, the name of the setting where the choice stands."),
        ticked=True,
        group=text("Setting"),
        targets=text("Settings"),
        pinned=True,
        pictured=True,
    ),
    "extended-text": ItemShape(
        text("Rubric"),
        text("What the answer is marked by, each line with its points."),
        mark=text("Points"),
        explained=False,
    ),
}
