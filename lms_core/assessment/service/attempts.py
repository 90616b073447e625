"""Attempts: beginning one, coming back to it, taking it over on another device."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lms_core.assessment.domain.attempts import (
    OPEN,
    Attempt,
    AttemptClosed,
    Before,
    DeadlinePassed,
    SessionTaken,
    StageEntered,
    against_practice,
    reasons_against,
    require_startable,
    stage_entered,
)
from lms_core.assessment.domain.deadlines import Accommodation, LedgerEntry, deadline_of, largest, opening_entries
from lms_core.assessment.domain.exams import READ_RESULT, Exam
from lms_core.assessment.domain.forms import Outline, Stage
from lms_core.assessment.domain.integrity import NOTHING_SHOWN, Shown
from lms_core.assessment.domain.practice import PRACTICE, WHOLE_EXAM
from lms_core.assessment.domain.proctoring import AttemptEvent
from lms_core.assessment.repository.attempts import Attempts, BegunMeanwhile
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.repository.proctoring import Noting
from lms_core.assessment.repository.responses import Responses
from lms_core.assessment.service.audience import Audience
from lms_core.assessment.service.drawing import Drawn, FormDrawer
from lms_core.assessment.service.gate import IntegrityGate
from lms_core.assessment.service.sittings import Sitting, StartAttempt
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.assessment.service.tokens import SaveTokens, Speaker
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Conflict, NotFound, Refused, refuse_if
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.assessment import AttemptFacts, AttemptStarted
from lms_core.hooks.caller import Hooks

__all__ = ["AttemptService", "Sitting", "StartAttempt"]
TRIES = 3


@dataclass(frozen=True, slots=True)
class _Chosen:
    form_id: UUID
    outline: Outline
    paper: bytes
    drawn: Drawn | None = None


class _TimeOver(Exception):
    """The open attempt has to be handed in first."""

    def __init__(self, attempt_id: UUID) -> None:
        super().__init__(attempt_id)
        self.attempt_id = attempt_id


@dataclass(frozen=True)
class AttemptService:
    """What a person does with attempts of their own, save for answering and handing in."""

    work: Work
    clock: Clock
    hooks: Hooks
    drawer: FormDrawer
    audience: Audience
    tokens: SaveTokens
    submissions: SubmissionService
    gate: IntegrityGate

    def start(self, actor: Actor, command: StartAttempt) -> Sitting:
        """Begin an attempt and hold its clock.

        Raises NotFound, Forbidden, AttemptOpen (with its id), NotYetOpen, Refused (with all reasons),
        SpecificationUnmet.
        """
        for _ in range(TRIES):
            try:
                return self._start(actor, command)
            except BegunMeanwhile:
                # Another request of the same person was first, or the exam changed: ask everyone once more.
                continue
            except _TimeOver as over:
                self.submissions.close_if_due(over.attempt_id)
            except Refused as refused:
                self.gate.note(actor, command.exam_id, "start", refused.reasons)
                raise
        raise Conflict

    def sitting(self, actor: Actor, attempt_id: UUID, language: str, shown: Shown = NOTHING_SHOWN) -> Sitting:
        """One's own attempt with everything saved so far.

        Raises NotFound for anybody else's; SafeBrowserRequired, Refused where it may not be sat like that.
        """
        attempt, exam = self.opened(actor, attempt_id)
        if attempt.is_open:
            self.gate.require_inside(actor, attempt, shown, "room")
        with self.work.read() as uow:
            paper = Forms(uow).paper(attempt.form_id, language)
            outline, saved = Forms(uow).outline(attempt.form_id), Responses(uow).of(attempt.id)
        return Sitting(attempt, exam, paper, outline, self.clock.now(), saved)

    def progress(
        self, actor: Actor, attempt_id: UUID, slot: int, language: str, shown: Shown = NOTHING_SHOWN
    ) -> Sitting:
        """Leave what is open for the stage that ``slot`` lies in. Asking again changes nothing.

        Raises NotFound, AttemptClosed, DeadlinePassed, SlotLocked, StageAhead.
        """
        for _ in range(TRIES):
            attempt = self._own(actor, attempt_id)
            with self.work.read() as uow:
                stages = Forms(uow).outline(attempt.form_id).stages
            entered = stage_entered(attempt, stages, slot, self.clock.now())
            if entered is None or self._enter(actor, attempt, entered):
                return self.sitting(actor, attempt_id, language, shown)
        raise Conflict

    def opened(self, actor: Actor, attempt_id: UUID) -> tuple[Attempt, Exam]:
        """One's own attempt as it stands, and its exam, without the questions. Raises NotFound for anybody else's."""
        attempt, exam = self._sat(attempt_id)
        if attempt.person_id != actor.require_person():
            raise NotFound
        if not attempt.is_due(self.clock.now()):
            return attempt, exam
        self.submissions.close_if_due(attempt_id)
        return self._sat(attempt_id)

    def standing(self, actor: Actor, attempt_id: UUID) -> Attempt:
        """State, deadline, revision and generation of one's own attempt: what a running page asks for repeatedly."""
        return self._own(actor, attempt_id)

    def take_over(self, actor: Actor, attempt_id: UUID, shown: Shown = NOTHING_SHOWN) -> tuple[str, int]:
        """Let this device answer: its save token and generation. The older device is refused from now on.

        Raises NotFound for anybody else's, AttemptClosed, DeadlinePassed, SafeBrowserRequired, Refused.
        """
        attempt = self._own(actor, attempt_id)
        if not attempt.is_open:
            raise DeadlinePassed if attempt.submitted_by == "server" else AttemptClosed
        held = self.gate.require_inside(actor, attempt, shown, "take-over")
        with self.work.write() as uow:
            self.gate.take_seat(uow, attempt.exam_id, held, shown.address, own=attempt_id)
            generation = Attempts(uow).take_over(attempt_id, attempt.person_id, shown.address)
            if generation is None:
                raise AttemptClosed
            Noting(uow).add((AttemptEvent(new_id(), attempt_id, "taken-over", self.clock.now()),))
            uow.record(SessionTaken(attempt_id, generation), by=actor, scopes=attempt.scopes)
            uow.commit()
        return self._token(replace(attempt, generation=generation), self.gate.lock(attempt.exam_id, held)), generation

    def mine(self, actor: Actor, request: PageRequest) -> Page[Attempt]:
        """One's own attempts, the latest first. Filter: exam (an id)."""
        with self.work.read() as uow:
            return Attempts(uow).of_person(actor.require_person(), request)

    def begun(self, actor: Actor, certification: str, mode: str) -> tuple[datetime, ...]:
        """When one began attempts in this mode at exams for a certification, the oldest first."""
        with self.work.read() as uow:
            return Attempts(uow).earlier(actor.require_person(), certification, mode)

    def of_exam(self, actor: Actor, exam_id: UUID, request: PageRequest) -> Page[Attempt]:
        """Everybody's attempts at an exam, for staff who may read results. Raises NotFound."""
        with self.work.read() as uow:
            actor.require_seen(READ_RESULT, Exams(uow).get(exam_id).scopes)
            return Attempts(uow).of_exam(exam_id, request)

    def _start(self, actor: Actor, command: StartAttempt) -> Sitting:
        with self.work.read() as uow:
            exam, before = Attempts(uow).before(command.exam_id, actor.require_person())
            earlier = Attempts(uow).earlier(actor.require_person(), exam.certification, command.mode)
            now = self._require_allowed(actor, exam, before, command, earlier)
            held = self.gate.require_start(uow, actor, exam, command.shown)
            granted = Attempts(uow).granted(actor.require_person(), exam.id)
            chosen = self._form(uow, exam, actor.require_person(), command)
        entries = _opening(exam, granted, now)
        attempt = _new(actor.require_person(), exam, before, chosen, entries, command.mode, now)
        attempt = replace(attempt, address=command.shown.address)
        with self.work.write() as uow:
            self.gate.take_seat(uow, exam.id, held, command.shown.address)
            if chosen.drawn is not None:
                Forms(uow).add_rendered(chosen.drawn.fresh)
                Forms(uow).add(chosen.drawn.forms)
            Attempts(uow).begin(attempt, entries, exam.version)
            uow.record(AttemptStarted(attempt.id, exam.id, attempt.person_id), by=actor, scopes=exam.scopes)
            uow.commit()
        token = self._token(attempt, self.gate.lock(exam.id, held))
        return Sitting(attempt, exam, chosen.paper, chosen.outline, self.clock.now(), save_token=token)

    def _require_allowed(
        self, actor: Actor, exam: Exam, before: Before, command: StartAttempt, earlier: tuple[datetime, ...]
    ) -> datetime:
        self.audience.require_sitting(actor, exam)
        now = self.clock.now()
        if before.open_id is not None and before.open_closes_at is not None and before.open_closes_at < now:
            raise _TimeOver(before.open_id)
        require_startable(exam.specification, before, now)
        person_id = actor.require_person()
        facts = AttemptFacts(exam.id, person_id, command.mode, exam.certification, before.count, earlier)
        against = reasons_against(exam.state, exam.specification, before, now)
        against += against_practice(command.mode, exam.specification)
        refuse_if(against + self.hooks.review_attempt_start(facts, exam.scopes))
        return now

    def _form(self, uow: UnitOfWork, exam: Exam, person_id: UUID, command: StartAttempt) -> _Chosen:
        practises = command.mode == PRACTICE
        if not practises or command.practice == WHOLE_EXAM:
            ahead = Forms(uow).ahead(exam.id, person_id, command.language)
            if ahead is not None and self.drawer.suits(uow, exam, ahead[0], person_id, practises=practises):
                return _Chosen(*ahead)
        if practises:
            drawn = self.drawer.practice(uow, exam, person_id, command.practice)
        else:
            drawn = self.drawer.personal(uow, exam, person_id)
        form = drawn.forms[0]
        paper = form.papers.get(command.language) or next(iter(form.papers.values()))
        return _Chosen(form.id, form.outline, paper, drawn)

    def _enter(self, actor: Actor, attempt: Attempt, stage: Stage) -> bool:
        with self.work.write() as uow:
            if not Attempts(uow).enter(attempt, stage):
                return False
            uow.record(StageEntered(attempt.id, stage.first, stage.last), by=actor, scopes=attempt.scopes)
            uow.commit()
        return True

    def _sat(self, attempt_id: UUID) -> tuple[Attempt, Exam]:
        with self.work.read() as uow:
            return Attempts(uow).sat(attempt_id)

    def _own(self, actor: Actor, attempt_id: UUID) -> Attempt:
        with self.work.read() as uow:
            attempt = Attempts(uow).get(attempt_id)
        if attempt.person_id != actor.require_person():
            raise NotFound
        if not attempt.is_due(self.clock.now()):
            return attempt
        self.submissions.close_if_due(attempt_id)
        with self.work.read() as uow:
            return Attempts(uow).get(attempt_id)

    def _token(self, attempt: Attempt, lock: str) -> str:
        return self.tokens.sign(Speaker(attempt.id, attempt.person_id, attempt.form_id, attempt.generation, lock))


def _opening(exam: Exam, granted: Sequence[Accommodation], now: datetime) -> tuple[LedgerEntry, ...]:
    limit = exam.specification.seconds
    return opening_entries(now, limit, largest(granted, limit), exam.specification.closes_at)


def _new(
    person_id: UUID,
    exam: Exam,
    before: Before,
    chosen: _Chosen,
    entries: Sequence[LedgerEntry],
    mode: str,
    now: datetime,
) -> Attempt:
    outline = chosen.outline
    opened = Stage(1, outline.slots) if mode == PRACTICE else outline.stages[0]
    return Attempt(
        id=new_id(),
        exam_id=exam.id,
        form_id=chosen.form_id,
        person_id=person_id,
        mode=mode,
        number=before.count + 1,
        state=OPEN,
        generation=1,
        started_at=now,
        deadline=deadline_of(now, entries, exam.specification.closes_at),
        window_closes_at=exam.specification.closes_at,
        slots=outline.slots,
        first_slot=opened.first,
        last_slot=opened.last,
        submitted_at=None,
        submitted_by=None,
        scopes=exam.scopes,
    )
