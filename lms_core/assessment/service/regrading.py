"""Carrying regrades through: a round at a time, so that a preview or its application goes on where it stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.regrades import APPLYING, DONE, PREVIEWED, PREVIEWING, Change, Regrade, Ruling, Tally
from lms_core.assessment.domain.results import Result
from lms_core.assessment.domain.scoring import SlotKey, SlotScore, rescore_slot
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.regrades import Reached, Regrades
from lms_core.assessment.repository.responses import Responses
from lms_core.assessment.repository.results import Results
from lms_core.assessment.repository.rulings import RuledKeys
from lms_core.assessment.service.grading import Grader
from lms_core.assessment.service.rulings import Types, keys_in_force
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.assessment import AttemptGraded, AttemptRegraded
from lms_core.hooks.item_types import Json

ROUND: Final = 200
ROUNDS: Final = 25
# Whoever handed in while a regrade was approved may have been graded by the key of before it.
LATE: Final = timedelta(minutes=1)
CARRY_ON: Final = "assessment.regrade"
LATECOMERS: Final = "assessment.regrade_latecomers"


class Regraded(NamedTuple):
    """An attempt with its result as it stands and as it becomes."""

    attempt: Reached
    last: Result
    result: Result
    slots: tuple[int, ...]

    @property
    def change(self) -> Change:
        """What is told of it."""
        before, after = self.last.scaled, self.result.scaled
        passed = before.passed, after.passed
        return Change(self.attempt.id, self.slots, before.value, after.value, *passed, self.result.revision)


class Round(NamedTuple):
    """A round of a regrade: the attempts that were looked at, and those whose result becomes another one."""

    regrade: Regrade
    exam: Exam
    reached: Sequence[Reached]
    regraded: Sequence[Regraded]

    @property
    def tally(self) -> Tally:
        """What the round adds to the figures."""
        found = sum((one.change.tally for one in self.regraded), Tally())
        return Tally(len(self.reached), found.changed, found.passes, found.fails)


@dataclass(frozen=True)
class Regrader:
    """Works on regrades in rounds. Two who work on one at once do nothing twice: the cursor moves for one of them."""

    work: Work
    clock: Clock
    grader: Grader

    def carry_on(self, regrade_id: UUID) -> bool:
        """As many rounds as a task should take; whether there is more to do."""
        return all(self.advance(regrade_id) for _ in range(ROUNDS))

    def later(self, regrade_id: UUID) -> None:
        """Let another task go on."""
        with self.work.write() as uow:
            uow.later(CARRY_ON, regrade_id)
            uow.commit()

    def advance(self, regrade_id: UUID) -> bool:
        """The next round; False once there is none."""
        with self.work.read() as uow:
            regrade = Regrades(uow).get(regrade_id)
            if not regrade.runs:
                return False
            found = self._round(uow, regrade, Regrades(uow).batch(regrade, ROUND))
        with self.work.write() as uow:
            if not self._keep(uow, found):
                return True
            uow.commit()
        return bool(found.reached)

    def latecomers(self, regrade_id: UUID) -> None:
        """Regrade those who were graded by the key of before while the regrade was approved."""
        with self.work.read() as uow:
            regrade = Regrades(uow).get(regrade_id)
            if regrade.approved_at is None or regrade.runs:
                return
            found = self._round(uow, regrade, Regrades(uow).graded_since(regrade, regrade.approved_at - LATE))
        with self.work.write() as uow:
            late = found._replace(reached=[one.attempt for one in found.regraded])
            if late.reached and Regrades(uow).add_found(regrade, late.tally):
                self._write(uow, late)
                uow.commit()

    def _round(self, uow: UnitOfWork, regrade: Regrade, reached: Sequence[Reached]) -> Round:
        exam = Exams(uow).get(regrade.exam_id)
        if not reached:
            return Round(regrade, exam, (), ())
        forms = {one.form_id for one in reached}
        proposed = (regrade.ruling,) if regrade.state == PREVIEWING else ()
        types = self.grader.types(exam)
        keys = keys_in_force(uow, types, exam, forms, proposed)
        slots = _slots(uow, forms, regrade.ruling)
        ids = [one.id for one in reached]
        answers = Responses(uow).answers(ids, {slot for some in slots.values() for slot in some})
        results = Results(uow).of(ids)
        made = [
            self._regraded(exam, types, one, results[one.id], _by_slot(keys[one.form_id], slots[one.form_id]), answers)
            for one in reached
        ]
        return Round(regrade, exam, reached, [one for one in made if _differs(one)])

    def _regraded(
        self,
        exam: Exam,
        types: Types,
        attempt: Reached,
        last: Result,
        keys: Mapping[int, SlotKey],
        answers: Mapping[tuple[UUID, int], Json],
    ) -> Regraded:
        def scored(score: SlotScore) -> SlotScore:
            if (key := keys.get(score.slot)) is None:
                return score
            return rescore_slot(types[key.type], key, score, answers.get((attempt.id, score.slot)) or None)

        result = self.grader.again(exam, last, tuple(scored(one) for one in last.slots), self.clock.now())
        return Regraded(attempt, last, result, tuple(keys))

    def _keep(self, uow: UnitOfWork, found: Round) -> bool:
        """Keep what a round found; False where somebody else did."""
        if not found.reached:
            return self._finish(uow, found.regrade)
        if not Regrades(uow).advance(found.regrade, found.reached[-1].id, found.tally):
            return False
        self._write(uow, found)
        return True

    def _write(self, uow: UnitOfWork, found: Round) -> None:
        regrade, exam = found.regrade, found.exam
        if regrade.state == PREVIEWING:
            Regrades(uow).keep(regrade, [one.change for one in found.regraded], preview=True)
            return
        Regrades(uow).keep(regrade, [one.change for one in found.regraded])
        Results(uow).add_all([one.result for one in found.regraded])
        by = Actor(regrade.approved_by)
        for one in found.regraded:
            changed = one.result.scaled != one.last.scaled
            uow.record(AttemptRegraded(one.attempt.id, exam.id, one.attempt.person_id, changed), by, exam.scopes)
            if one.last.waits and not one.result.waits:
                uow.record(AttemptGraded(one.attempt.id, exam.id, one.attempt.person_id), by, exam.scopes)

    def _finish(self, uow: UnitOfWork, regrade: Regrade) -> bool:
        if regrade.state == APPLYING:
            uow.later(LATECOMERS, regrade.id, at=self.clock.now() + LATE)
        state = DONE if regrade.state == APPLYING else PREVIEWED
        return Regrades(uow).move(regrade, state=state, finished_at=self.clock.now())


def _differs(one: Regraded) -> bool:
    return one.result.slots != one.last.slots or one.result.scaled != one.last.scaled


def _slots(uow: UnitOfWork, forms: set[UUID], ruling: Ruling) -> Mapping[UUID, Sequence[int]]:
    """Where each form asks the question."""
    found: dict[UUID, list[int]] = {form_id: [] for form_id in forms}
    for one in RuledKeys(uow).placed(forms, {ruling.version_id}):
        if one.part == ruling.part:
            found[one.form_id].append(one.slot)
    return found


def _by_slot(keys: Sequence[SlotKey], slots: Sequence[int]) -> Mapping[int, SlotKey]:
    return {key.slot: key for key in keys if key.slot in slots}
