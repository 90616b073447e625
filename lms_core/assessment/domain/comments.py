"""Comments after a simulation: on single questions, or on the exam as a whole, before the report is seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final
from uuid import UUID

from lms_core.foundation.errors import Invalid, NotFound
from lms_core.foundation.events import Event
from lms_core.foundation.text import text

LONGEST: Final = 2000
WHOLE: Final = 0
"""The slot of what is said about the exam as a whole."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a question, without a name. ``slot`` 0: about the exam as a whole, without an item."""

    attempt_id: UUID
    slot: int
    exam_id: UUID
    bank_id: UUID | None
    item_id: UUID | None
    version_id: UUID | None
    words: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ExamCommented(Event):
    """Somebody commented on questions of an exam."""

    name: ClassVar[str] = "assessment.exam_commented"

    attempt_id: UUID
    exam_id: UUID


def cleaned(words: Mapping[int, str], slots: int) -> Mapping[int, str]:
    """What is said by slot, without what says nothing. Raises NotFound for another form's slot, Invalid if too long."""
    if any(not WHOLE <= slot <= slots for slot in words):
        raise NotFound
    said = {slot: written.strip() for slot, written in words.items()}
    reason = text("Write at most %(most)s characters.", most=LONGEST)
    if wrong := {f"words.{slot}": (reason,) for slot, written in said.items() if len(written) > LONGEST}:
        raise Invalid(fields=wrong)
    return said
