"""People around one mock exam, for tests of its pages."""

from collections.abc import Callable
from uuid import UUID

import pytest

from lms_core.assessment.domain.exams import SIT_EXAM
from lms_core.assessment.service import AttemptService, SaveResponse, SaveService, SaveTokens, Sitting, StartAttempt
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from tests.support.site import Site

CAMPUS = Scope("campus", str(new_id()))


@pytest.fixture
def trainee(embedded_site: Site) -> UUID:
    """Somebody who may sit exams."""
    return embedded_site.person("한유나", trainee=CAMPUS)


@pytest.fixture
def teacher(embedded_site: Site) -> UUID:
    """Somebody who writes exams anywhere."""
    return embedded_site.administrator()


@pytest.fixture
def sit(embedded_site: Site) -> Callable[[UUID, UUID], Sitting]:
    """Begins an attempt for a person at an exam."""

    def begin(person_id: UUID, exam_id: UUID) -> Sitting:
        actor = Actor(person_id, grants({SIT_EXAM}), "ko")
        started: Sitting = embedded_site.provide(AttemptService).start(actor, StartAttempt(exam_id, "simulation", "ko"))
        return started

    return begin


@pytest.fixture
def answer(embedded_site: Site) -> Callable[[Sitting, int, str], None]:
    """Saves an answer of a sitting."""

    def save(sitting: Sitting, slot: int, choice: str) -> None:
        speaker = embedded_site.provide(SaveTokens).read(sitting.save_token or "")
        command = SaveResponse(sitting.attempt.id, slot, 1, {"choices": [choice]}, None)
        embedded_site.provide(SaveService).save(speaker, command, embedded_site.clock.now())

    return save
