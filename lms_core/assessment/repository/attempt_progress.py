"""A person's graded attempts at an exam and its certification, with the scores that count. The SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, and_, func, or_, select

from lms_core.assessment.domain.attempt_progress import MOST_STEPS, Step
from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.results import scaled_from_json
from lms_core.assessment.tables.attempts import attempts, results
from lms_core.assessment.tables.exams import exams
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork

LOOKED_AT: Final = 3 * MOST_STEPS
"""More than are shown: some may be on another scale."""


@dataclass(frozen=True)
class AttemptSteps:
    """Attempts in their order inside one unit of work."""

    uow: UnitOfWork

    def up_to(self, attempt: Attempt, exam: Exam) -> Sequence[Step]:
        """The person's attempts in the same mode until ``attempt``, the oldest first: one query however many."""
        same = [attempts.c.exam_id == exam.id]
        if exam.certification:
            same.append(exams.c.certification == exam.certification)
        mine = and_(attempts.c.person_id == attempt.person_id, attempts.c.mode == attempt.mode, or_(*same))
        newer = results.alias()
        last = select(func.max(newer.c.revision)).where(newer.c.attempt_id == attempts.c.id).scalar_subquery()
        which = (attempts.c.id, attempts.c.exam_id, exams.c.title_ko, exams.c.title_en)
        found = (
            select(*which, attempts.c.number, attempts.c.submitted_at, results.c.scaled)
            .join_from(attempts, exams, exams.c.id == attempts.c.exam_id)
            .join(results, and_(results.c.attempt_id == attempts.c.id, results.c.revision == last))
            .where(mine, attempts.c.started_at <= attempt.started_at)
            .order_by(attempts.c.started_at.desc(), attempts.c.number.desc())
            .limit(LOOKED_AT)
        )
        rows = self.uow.session.execute(found).all()
        return [_step(row) for row in reversed(rows)]


def _step(row: Row[Any]) -> Step:
    titles = Titles(row.title_ko, row.title_en)
    return Step(row.id, row.exam_id, titles, row.number, row.submitted_at, scaled_from_json(row.scaled))
