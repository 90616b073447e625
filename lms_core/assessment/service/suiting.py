"""Practice that suits oneself: a few measured questions at a time, chosen by what one answered until now.

A step is an attempt like any other, so that saves, receipts, reloading and working offline are those of every practice.
numpy is an extra: it is imported where something is estimated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import SpecificationUnmet
from lms_core.assessment.domain.practice import (
    ALL_ASKED,
    ATTEMPTS_COUNTED,
    FEWEST_MEASURED,
    NOT_MEASURED,
    STEP,
    Practice,
    shares_of,
)
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.repository.measurement.calibrations import Calibrations
from lms_core.assessment.repository.measurement.evidence import Known, KnownItems
from lms_core.assessment.service.measurement.evidence import Evidence, evidence
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Refusal
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.assessment import CandidateItem, FormSelection

if TYPE_CHECKING:
    from lms_core.assessment.domain.measurement.posterior import Answer, Item
    from lms_core.assessment.domain.measurement.telling import Expected


@dataclass(frozen=True)
class SuitingService:
    """Says whether an exam offers questions that suit oneself, and what one's answers tell."""

    work: Work

    def against(self, exam: Exam) -> Refusal | None:
        """Why questions that suit oneself are not offered; None where they are."""
        with self.work.read() as uow:
            return _against(uow, exam)

    def expected(self, actor: Actor, exam: Exam) -> "Expected | None":
        """What one may expect on the exam's measured questions; None where nothing was measured or answered."""
        if not _can_estimate():
            return None
        with self.work.read() as uow:
            found = evidence(uow, exam, actor.require_person())
        shares = shares_of(exam.specification)
        pool = [_item(one) for one in found.items.values() if shares.get(one.domain)] if found else []
        if found is None or not pool or not found.answers:
            return None
        from lms_core.assessment.domain.measurement.telling import expected_share  # noqa: PLC0415 see above

        return expected_share(pool, _answers(found), shares)


def suited(
    uow: UnitOfWork, exam: Exam, person_id: UUID, wanted: Sequence[CandidateItem], practice: Practice, seed: int
) -> FormSelection:
    """The next step for a person out of ``wanted``. Raises SpecificationUnmet where there is nothing to choose from."""
    against, found = _against(uow, exam), evidence(uow, exam, person_id)
    if against or found is None:
        raise SpecificationUnmet(reasons=(against or NOT_MEASURED,))
    from lms_core.assessment.domain.measurement import adaptive  # noqa: PLC0415 see above

    # A case is several questions that stand together: what one is asked there is no free choice.
    measured = {one.item_id: one for one in wanted if (one.item_id, 0) in found.items}
    named = {str(found.items[item_id, 0].item): one for item_id, one in measured.items()}
    aim = adaptive.Practice(shares_of(exam.specification, practice), longest=practice.items or STEP)
    worn = adaptive.Exposure(Candidates(uow).sessions(exam), {name: one.exposures for name, one in named.items()})
    pool = [_item(found.items[item_id, 0]) for item_id in sorted(measured)]
    lot = Random(seed)  # noqa: S311 a draw has to be replayable; nothing secret hangs on it
    chosen = adaptive.next_step(pool, _answers(found), aim, worn, lot)
    if not chosen:
        raise SpecificationUnmet(reasons=(ALL_ASKED,))
    return FormSelection(tuple(named[one.name].version_id for one in chosen))


def _against(uow: UnitOfWork, exam: Exam) -> Refusal | None:
    if exam.specification.attempts_allowed is not None:
        return ATTEMPTS_COUNTED
    run = Calibrations(uow).in_force(exam.specification.bank_ids) if _can_estimate() else None
    found = KnownItems(uow).practised(run.id, exam.certification, exam.specification.counts) if run else 0
    return None if found >= FEWEST_MEASURED else NOT_MEASURED


def _can_estimate() -> bool:
    return all(find_spec(name) for name in ("numpy", "scipy"))


def _item(known: Known) -> "Item":
    from lms_core.assessment.domain.measurement.posterior import Item  # noqa: PLC0415 see above

    return Item(str(known.item), known.discrimination, known.difficulty, known.domain)


def _answers(found: Evidence) -> "list[Answer]":
    from lms_core.assessment.domain.measurement.posterior import Answer  # noqa: PLC0415 see above

    return [Answer(_item(found.items[name]), right) for name, right in found.answers.items()]
