"""Sitting an exam: what begins an attempt, and the attempt as its person sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import Outline
from lms_core.assessment.domain.integrity import NOTHING_SHOWN, Shown
from lms_core.assessment.domain.practice import WHOLE_EXAM, Practice
from lms_core.assessment.repository.responses import Saved


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt as its person sees it: ``paper`` has a line of JSON a slot, ``saved`` what is kept by slot.

    Only the slots that are open leave the house; ``outline`` tells where they lie.

    ``save_token`` is told to the device that begins or takes over, and to no other.
    """

    attempt: Attempt
    exam: Exam
    paper: bytes
    outline: Outline
    server_now: datetime
    saved: Mapping[int, Saved] | None = None
    save_token: str | None = None


@dataclass(frozen=True, slots=True)
class StartAttempt:
    """Begin an attempt. ``mode``: practice or simulation. ``language``: that of the questions.

    ``practice`` says what is practised; a simulation takes no notice of it. ``shown`` is what the request shows: by its
    address a room is told where an incident reached it, and by all of it the exam's conditions are met or not.
    """

    exam_id: UUID
    mode: str
    language: str
    practice: Practice = WHOLE_EXAM
    shown: Shown = NOTHING_SHOWN
