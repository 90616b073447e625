"""Moving the window of an exam that is open: for those who begin later, and for those who sit it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.deadlines import deadline_of
from lms_core.assessment.domain.exams import AUTHOR_EXAM, Exam
from lms_core.assessment.domain.windows import ExamWindowMoved, Window, WindowMoved, gained
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.ledgers import Ledgers, Moved
from lms_core.assessment.service.deadlines import TRIES
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Conflict
from lms_core.foundation.uow import UnitOfWork, Work


@dataclass(frozen=True)
class WindowService:
    """What authors do with the window of an open exam."""

    work: Work

    def running(self, actor: Actor, exam_id: UUID) -> int:
        """How many attempts at the exam run now. Raises NotFound."""
        with self.work.read() as uow:
            actor.require_seen(AUTHOR_EXAM, Exams(uow).get(exam_id).scopes)
            return len(Ledgers(uow).running(exam_id))

    def move(self, actor: Actor, exam_id: UUID, window: Window) -> WindowMoved:
        """Let attempts run from and until other moments, in one transaction with what that gives those that run.

        Nobody's time is shortened. Raises NotFound, Forbidden, ExamNotPublished, Invalid.
        """
        for _ in range(TRIES):
            try:
                return self._moved(actor, exam_id, window)
            except Conflict as conflict:
                # An attempt was extended or handed in at this moment: nothing was written, so look at all again.
                if type(conflict) is not Conflict:
                    raise
        raise Conflict

    def _moved(self, actor: Actor, exam_id: UUID, window: Window) -> WindowMoved:
        with self.work.write() as uow:
            exam = Exams(uow).held(exam_id)
            actor.require_seen(AUTHOR_EXAM, exam.scopes)
            exam.move_window(window.opens_at, window.closes_at)
            running, moved = _given(uow, exam)
            Ledgers(uow).append(moved, "", actor.person_id)
            uow.record(ExamWindowMoved(exam_id, len(moved)), by=actor, scopes=exam.scopes)
            uow.commit()
        return WindowMoved(running, len(moved))


def _given(uow: UnitOfWork, exam: Exam) -> tuple[int, Sequence[Moved]]:
    running, granted = Ledgers(uow).running(exam.id), Ledgers(uow).granted(exam.id)
    moved = []
    for attempt, entries in running:
        more = gained(attempt, entries, exam.specification.closes_at, granted.get(attempt.person_id, ()))
        if more:
            ends = deadline_of(attempt.started_at, [*entries, *more], attempt.window_closes_at)
            moved.append((attempt, more, ends))
    return len(running), moved
