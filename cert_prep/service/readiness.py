"""How ready somebody is: the weakest domain of one result, and the last results before the real exam."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cert_prep.service.catalogue import CatalogueReader
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.results import NotSubmitted, Result
from lms_core.assessment.service.attempts import AttemptService
from lms_core.assessment.service.exams import ExamListed, ExamService
from lms_core.assessment.service.results import ResultService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import LARGEST, PageRequest
from lms_core.foundation.text import Titles

LAST: Final = 3


@dataclass(frozen=True, slots=True)
class Weakest:
    """The domain in which a result was weakest, with what the figure rests on."""

    code: str
    vendor: str
    domain: str
    titles: Titles
    percent: float
    items: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """A mock exam to sit next: the last results (newest first), how many of them reached our line."""

    listed: ExamListed
    results: tuple[Result, ...]

    @property
    def exam(self) -> Exam:
        """The exam."""
        return self.listed.exam

    @property
    def passed(self) -> int:
        """How many of the results reached our line."""
        return sum(1 for result in self.results if result.scaled.passed)


@dataclass(frozen=True)
class ReadinessService:
    """Reads a person's own results."""

    catalogue: CatalogueReader
    exams: ExamService
    attempts: AttemptService
    results: ResultService

    def weakest(self, actor: Actor, attempt_id: UUID) -> Weakest | None:
        """The weakest domain of one's own result; None for somebody else's, or an exam of no credential we know."""
        try:
            exam, result = self.results.earned(actor, attempt_id)
        except (NotFound, NotSubmitted):
            return None
        certification = self.catalogue.find(exam.certification)
        counted = [section for section in result.sections if section.items]
        if certification is None or not counted:
            return None
        section = min(counted, key=lambda one: one.percent)
        quota = exam.specification.quota(section.domain)
        titles = quota.titles if quota else Titles(section.domain, section.domain)
        return Weakest(certification.code, certification.vendor, section.domain, titles, section.percent, section.items)

    def next_exam(self, actor: Actor) -> Readiness | None:
        """The mock exam to sit next: one that is open, else the one with the fewest results on our line."""
        known = self.catalogue.catalogue().certifications
        request = PageRequest(size=LARGEST, filters=(("state", "published"),))
        offered = [one for one in self.exams.find(actor, request).items if one.may_sit]
        certified = [one for one in offered if one.exam.certification in known]
        if not certified:
            return None
        results = self._results(actor)
        ready = [Readiness(one, results.get(one.exam.id, ())) for one in certified]
        return min(ready, key=lambda one: (one.listed.sat.open_id is None, one.passed, one.exam.created_at))

    def _results(self, actor: Actor) -> dict[UUID, tuple[Result, ...]]:
        mine = self.attempts.mine(actor, PageRequest(size=LARGEST)).items
        found = self.results.of(actor, mine)
        by_exam: dict[UUID, tuple[Result, ...]] = {}
        for attempt in mine:
            kept = by_exam.get(attempt.exam_id, ())
            if attempt.id in found and len(kept) < LAST:
                by_exam[attempt.exam_id] = (*kept, found[attempt.id])
        return by_exam
