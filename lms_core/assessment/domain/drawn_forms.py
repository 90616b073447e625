"""A form as it is drawn: everything that is frozen with it, the open side and the one kept back."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.forms import Outline, Placed
from lms_core.assessment.domain.scoring import SlotKey
from lms_core.hooks.item_types import Json


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """A new form. ``papers`` and ``solutions`` are bytes by language; ``person_id`` None: drawn ahead for anybody.

    ``outline`` is the way through it; ``expected`` is the shape of an answer for each slot.
    """

    id: UUID
    exam_id: UUID
    person_id: UUID | None
    seed: int
    placed: tuple[Placed, ...]
    outline: Outline
    expected: Mapping[int, Json]
    keys: tuple[SlotKey, ...]
    papers: Mapping[str, bytes]
    solutions: Mapping[str, bytes]
