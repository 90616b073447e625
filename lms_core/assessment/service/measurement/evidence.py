"""What one's own answers to calibrated items say, for whoever estimates something from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.measurement.runs import Run
from lms_core.assessment.domain.measurement.sittings import Asked, Subject, first_answers
from lms_core.assessment.repository.measurement.answers import GradedAnswers
from lms_core.assessment.repository.measurement.calibrations import Calibrations
from lms_core.assessment.repository.measurement.evidence import Known, KnownItems
from lms_core.foundation.actors import Actor
from lms_core.foundation.uow import UnitOfWork, Work

__all__ = ["Evidence", "EvidenceService", "Known"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The calibrated items of an exam's banks, and the person's first answers to some of them: right or wrong."""

    run: Run
    items: Mapping[Asked, Known]
    answers: Mapping[Asked, bool]


@dataclass(frozen=True)
class EvidenceService:
    """Reads one's own answers, in practice and simulation."""

    work: Work

    def of(self, actor: Actor, exam: Exam) -> Evidence | None:
        """One's own evidence for an exam; None where no calibration of its banks was accepted.

        Scales of different banks do not compare: the bank with the most calibrated items counts alone.
        """
        with self.work.read() as uow:
            return evidence(uow, exam, actor.require_person())


def evidence(uow: UnitOfWork, exam: Exam, person_id: UUID) -> Evidence | None:
    """The same inside a unit of work, for one person."""
    run = Calibrations(uow).in_force(exam.specification.bank_ids)
    if run is None:
        return None
    known = KnownItems(uow).of(run.id, exam.certification)
    mine = first_answers(GradedAnswers(uow, Subject("person", person_id)).scored()).get(person_id, {})
    return Evidence(run, known, {item: score >= 1 - 1e-9 for item, score in mine.items() if item in known})
