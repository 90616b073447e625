"""Attempts: beginning one, coming back to it, taking it over on another device."""

from collections.abc import Mapping, Sequence
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
    reasons_against,
    require_startable,
)
from lms_core.assessment.domain.deadlines import Accommodation, LedgerEntry, deadline_of, largest, opening_entries
from lms_core.assessment.domain.exams import READ_RESULT, Exam
from lms_core.assessment.repository.attempts import Attempts, BegunMeanwhile
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.repository.responses import Responses, Saved
from lms_core.assessment.service.audience import Audience
from lms_core.assessment.service.drawing import Drawn, FormDrawer
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.assessment.service.tokens import SaveTokens, Speaker
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Conflict, NotFound, refuse_if
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.assessment import AttemptFacts, AttemptStarted
from lms_core.hooks.caller import Hooks

TRIES = 3


@dataclass(frozen=True, slots=True)
class Sitting:
    """An attempt as its person sees it: ``paper`` has a line of JSON a slot, ``saved`` what is kept by slot.

    ``save_token`` is told to the device that begins or takes over, and to no other.
    """

    attempt: Attempt
    exam: Exam
    paper: bytes
    server_now: datetime
    saved: Mapping[int, Saved] | None = None
    save_token: str | None = None


@dataclass(frozen=True, slots=True)
class StartAttempt:
    """Begin an attempt. ``mode``: practice or simulation. ``language``: that of the questions."""

    exam_id: UUID
    mode: str
    language: str


@dataclass(frozen=True, slots=True)
class _Chosen:
    form_id: UUID
    slots: int
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
        raise Conflict

    def sitting(self, actor: Actor, attempt_id: UUID, language: str) -> Sitting:
        """One's own attempt with everything saved so far. Raises NotFound for anybody else's."""
        self._own(actor, attempt_id)
        with self.work.read() as uow:
            attempt, exam = Attempts(uow).sat(attempt_id)
            paper = Forms(uow).paper(attempt.form_id, language)
            saved = Responses(uow).of(attempt.id)
        return Sitting(attempt, exam, paper, self.clock.now(), saved)

    def standing(self, actor: Actor, attempt_id: UUID) -> Attempt:
        """State, deadline, revision and generation of one's own attempt: what a running page asks for repeatedly."""
        return self._own(actor, attempt_id)

    def take_over(self, actor: Actor, attempt_id: UUID) -> tuple[str, int]:
        """Let this device answer: its save token and generation. The older device is refused from now on.

        Raises NotFound for anybody else's, AttemptClosed, DeadlinePassed.
        """
        attempt = self._own(actor, attempt_id)
        if not attempt.is_open:
            raise DeadlinePassed if attempt.submitted_by == "server" else AttemptClosed
        with self.work.write() as uow:
            generation = Attempts(uow).take_over(attempt_id, attempt.person_id)
            if generation is None:
                raise AttemptClosed
            uow.record(SessionTaken(attempt_id, generation), by=actor, scopes=attempt.scopes)
            uow.commit()
        return self._token(replace(attempt, generation=generation)), generation

    def mine(self, actor: Actor, request: PageRequest) -> Page[Attempt]:
        """One's own attempts, the latest first. Filter: exam (an id)."""
        with self.work.read() as uow:
            return Attempts(uow).of_person(actor.require_person(), request)

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
            granted = Attempts(uow).granted(actor.require_person(), exam.id)
            chosen = self._form(uow, exam, actor.require_person(), command.language)
        entries = _opening(exam, granted, now)
        attempt = _new(actor.require_person(), exam, before, chosen, entries, command.mode, now)
        with self.work.write() as uow:
            if chosen.drawn is not None:
                Forms(uow).add_rendered(chosen.drawn.fresh)
                Forms(uow).add(chosen.drawn.forms)
            Attempts(uow).begin(attempt, entries, exam.version)
            uow.record(AttemptStarted(attempt.id, exam.id, attempt.person_id), by=actor, scopes=exam.scopes)
            uow.commit()
        return Sitting(attempt, exam, chosen.paper, self.clock.now(), save_token=self._token(attempt))

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
        refuse_if(against + self.hooks.review_attempt_start(facts, exam.scopes))
        return now

    def _form(self, uow: UnitOfWork, exam: Exam, person_id: UUID, language: str) -> _Chosen:
        ahead = Forms(uow).ahead(exam.id, person_id, language)
        if ahead is not None:
            return _Chosen(*ahead)
        drawn = self.drawer.personal(uow, exam, person_id)
        form = drawn.forms[0]
        paper = form.papers.get(language) or next(iter(form.papers.values()))
        return _Chosen(form.id, len(form.placed), paper, drawn)

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

    def _token(self, attempt: Attempt) -> str:
        return self.tokens.sign(Speaker(attempt.id, attempt.person_id, attempt.form_id, attempt.generation))


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
        slots=chosen.slots,
        first_slot=1,
        last_slot=chosen.slots,
        submitted_at=None,
        submitted_by=None,
        scopes=exam.scopes,
    )
