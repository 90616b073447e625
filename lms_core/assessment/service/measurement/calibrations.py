"""Calibrations of banks: asked for by a person, computed by a task, kept as numbered runs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final
from uuid import UUID

from lms_core.assessment.domain.banks import SEE_BANK, Bank
from lms_core.assessment.domain.measurement.runs import (
    CALIBRATE_BANK,
    CalibrationAccepted,
    CalibrationRequested,
    CalibrationRuns,
    Findings,
    ItemFound,
    Model,
    NoNumbers,
    Run,
    State,
    require_acceptable,
)
from lms_core.assessment.domain.measurement.sittings import Sitting, Subject, first_answers
from lms_core.assessment.repository.measurement.answers import GradedAnswers
from lms_core.assessment.repository.measurement.calibrations import Calibrations, ItemNamed
from lms_core.assessment.service.banks import seen_bank
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.uow import Work
from lms_core.people.service import DirectoryService

if TYPE_CHECKING:
    from lms_core.assessment.domain.measurement.bank_run import Groups

PATIENCE: Final = timedelta(hours=1)
"""A run that is not done after so long keeps nobody from asking for another."""


@dataclass(frozen=True, slots=True)
class RunShown:
    """A run, one page of what it found, and every item of it for its picture."""

    run: Run
    bank: Bank
    page: Page[ItemNamed]
    every: Sequence[ItemFound]


@dataclass(frozen=True)
class CalibrationService:
    """What can be done with calibrations. Needs no numpy until a run is computed."""

    work: Work
    clock: Clock
    directory: DirectoryService

    @property
    def available(self) -> bool:
        """Whether this installation can compute."""
        return all(find_spec(name) for name in ("numpy", "scipy"))

    def request(self, actor: Actor, bank_id: UUID, model: Model) -> UUID:
        """Ask for a run; its id. Raises NotFound, Forbidden, NoNumbers, CalibrationRuns."""
        if not self.available:
            raise NoNumbers
        with self.work.write() as uow:
            bank = seen_bank(uow, actor, bank_id, CALIBRATE_BANK)
            if Calibrations(uow).running(bank_id, self.clock.now() - PATIENCE):
                raise CalibrationRuns
            run_id = Calibrations(uow).add(bank_id, model, actor.person_id)
            uow.record(CalibrationRequested(run_id), by=actor, scopes=bank.scopes)
            uow.later("assessment.calibrate_bank", run_id)
            uow.commit()
        return run_id

    def accept(self, actor: Actor, run_id: UUID) -> None:
        """Let a run be what its bank is known by, once a person has looked at it. Raises NotFound, Forbidden,
        NothingToAccept.
        """
        with self.work.write() as uow:
            run = Calibrations(uow).get(run_id)
            bank = seen_bank(uow, actor, run.bank_id, CALIBRATE_BANK)
            require_acceptable(run)
            Calibrations(uow).accept(run, actor.person_id)
            uow.record(CalibrationAccepted(run_id), by=actor, scopes=bank.scopes)
            uow.commit()

    def of_bank(self, actor: Actor, bank_id: UUID, request: PageRequest) -> tuple[Bank, Page[Run]]:
        """One page of a bank's runs, the newest first. Raises NotFound."""
        with self.work.read() as uow:
            return seen_bank(uow, actor, bank_id, SEE_BANK), Calibrations(uow).listed(bank_id, request)

    def get(self, actor: Actor, run_id: UUID, request: PageRequest) -> RunShown:
        """A run with one page of its items. Raises NotFound."""
        with self.work.read() as uow:
            run = Calibrations(uow).get(run_id)
            bank = seen_bank(uow, actor, run.bank_id, SEE_BANK)
            kept = Calibrations(uow)
            return RunShown(run, bank, kept.items(run_id, request), kept.every(run_id))

    def measured(self, actor: Actor, bank_id: UUID, item_ids: Iterable[UUID]) -> dict[UUID, ItemFound]:
        """The newest parameters of these items of a bank, where there are any. Raises NotFound."""
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id, SEE_BANK)
            return dict(Calibrations(uow).of_items(list(item_ids)))

    def compute(self, run_id: UUID) -> None:
        """Compute a run. Doing it again changes nothing once it is done."""
        with self.work.read() as uow:
            run = Calibrations(uow).get(run_id)
        if run.state == "done":
            return
        if not self.available:
            self._move(run_id, "failed", failed=True)
            return
        self._move(run_id, "reading")
        with self.work.read() as uow:
            sittings = GradedAnswers(uow, Subject("bank", run.bank_id)).sittings()
        self._move(run_id, "estimating")
        found = self._found(sittings, run.model)
        with self.work.write() as uow:
            Calibrations(uow).finish(run_id, found)
            uow.commit()

    def _found(self, sittings: Sequence[Sitting], model: Model) -> Findings:
        from lms_core.assessment.domain.measurement.bank_run import run  # noqa: PLC0415 numpy and scipy are an extra

        return run(first_answers(sittings), model, self._groups(sittings))

    def _groups(self, sittings: Sequence[Sitting]) -> "Groups":
        """Whom to compare: by the language in which they use the site, and by the campus of their first exam."""
        languages = self.directory.languages({one.person_id for one in sittings})
        campuses: dict[UUID, str] = {}
        for one in sittings:
            if one.campus_id:
                campuses.setdefault(one.person_id, str(one.campus_id))
        found: defaultdict[tuple[str, str], set[UUID]] = defaultdict(set)
        for kind, groups in (("language", languages), ("campus", campuses)):
            for person_id, group in groups.items():
                found[kind, group].add(person_id)
        return {group: frozenset(members) for group, members in found.items()}

    def _move(self, run_id: UUID, state: State, *, failed: bool = False) -> None:
        with self.work.write() as uow:
            Calibrations(uow).move(run_id, state, NoNumbers.default if failed else None)
            uow.commit()
