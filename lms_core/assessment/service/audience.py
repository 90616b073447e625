"""Who an exam is for: those who may sit it where it is placed."""

from dataclasses import dataclass

from lms_core.assessment.domain.exams import AUTHOR_EXAM, SIT_EXAM, WHOLE_SITE, Exam
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Forbidden, NotFound
from lms_core.foundation.scopes import SITE, Scope


@dataclass(frozen=True)
class Audience:
    """Decides who may sit an exam."""

    def require_sitting(self, actor: Actor, exam: Exam) -> None:
        """Raise NotFound for those who may not know of the exam, Forbidden for those who only write it."""
        if exam.state != "draft" and self.may_sit(actor, exam):
            return
        raise Forbidden if actor.may(AUTHOR_EXAM, exam.scopes) else NotFound

    def may_sit(self, actor: Actor, exam: Exam) -> bool:
        """Whether the actor belongs to those the exam is for: one of the whole site is for all who sit any.

        Only the narrowest place counts: who learns at a campus does not sit the exams of all its courses.
        """
        held = actor.where(SIT_EXAM)
        if exam.place == WHOLE_SITE:
            return bool(held)
        return SITE in held or exam.place.narrowest in held

    def places(self, actor: Actor) -> frozenset[Scope]:
        """The places whose exams the actor may sit."""
        return actor.where(SIT_EXAM)
