"""Estimating the chance of passing from one's own first answers to calibrated items."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cert_prep.domain.preparedness import Chance, Preparedness, Studied, spread, weakest
from cert_prep.domain.scales import OWN_LINE
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.measurement.sittings import Asked
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.measurement import CalibrationService, Evidence, EvidenceService, Known
from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import LARGEST, PageRequest

if TYPE_CHECKING:
    from lms_core.assessment.domain.measurement.readiness import Chance as Estimated

WHOLE: Final = ""


@dataclass(frozen=True)
class PreparednessService:
    """Reads one's own answers alone. Without numpy, or a calibration, there is no estimate and nothing fails."""

    exams: ExamService
    evidence: EvidenceService
    calibrations: CalibrationService

    def exam(self, actor: Actor, code: str) -> Exam | None:
        """The newest mock exam for a credential that one may sit."""
        filters = (("state", "published"), ("certification", code))
        offered = self.exams.find(actor, PageRequest(size=LARGEST, filters=filters)).items
        return max((one.exam for one in offered if one.may_sit), key=lambda exam: exam.created_at, default=None)

    def of(self, actor: Actor, exam: Exam) -> Preparedness | None:
        """What one's answers say about this exam; None where its banks are not calibrated."""
        if not self.calibrations.available:
            return None
        evidence = self.evidence.of(actor, exam)
        return _estimated(evidence, exam) if evidence and evidence.items else None


def _estimated(evidence: Evidence, exam: Exam) -> Preparedness:
    # numpy and scipy are an extra, and are imported once a process: the first estimate pays for it.
    from lms_core.assessment.domain.measurement import posterior  # noqa: PLC0415 see above
    from lms_core.assessment.domain.measurement.readiness import (  # noqa: PLC0415 see above
        FEWEST_ANSWERS,
        FEWEST_IN_DOMAIN,
        readiness,
    )

    def item(known: Known) -> posterior.Item:
        return posterior.Item(str(known.item), known.discrimination, known.difficulty, known.domain)

    form = [item(one) for one in _form(evidence.items, exam)]
    line = (exam.specification.pass_percent or 100 * OWN_LINE) / 100
    answers = [posterior.Answer(item(evidence.items[name]), right) for name, right in evidence.answers.items()]
    found = readiness(answers, form, line)
    counts = {domain: sum(one.item.domain == domain for one in answers) for domain in found.domains}
    domains = tuple(_told(domain, chance, counts[domain], FEWEST_IN_DOMAIN) for domain, chance in found.domains.items())
    whole = _told(WHOLE, found.whole, found.answers, FEWEST_ANSWERS)
    return Preparedness(whole, domains, weakest(_studied(evidence)), line)


def _form(items: Mapping[Asked, Known], exam: Exam) -> list[Known]:
    """A form in the exam's own shape, of items from the easiest to the hardest of each domain."""
    form: list[Known] = []
    for domain, count in exam.specification.counts.items():
        form += spread([one for one in items.values() if one.domain == domain], count)
    return form


def _told(domain: str, chance: "Estimated | None", answers: int, fewest: int) -> Chance:
    missing = max(0, fewest - answers)
    if chance is None:
        return Chance(domain, answers, missing)
    return Chance(domain, answers, 0, chance.probability, chance.low, chance.high)


def _studied(evidence: Evidence) -> list[Studied]:
    by_objective: defaultdict[str, list[bool]] = defaultdict(list)
    for name, right in evidence.answers.items():
        by_objective[evidence.items[name].objective].append(right)
    return [Studied(objective, sum(marks), len(marks)) for objective, marks in by_objective.items()]
