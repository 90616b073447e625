"""Time granted: accommodations for a person, extensions for an incident. Both are entries of a ledger, never edits."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt, AttemptClosed, DeadlineMoved
from lms_core.assessment.domain.deadlines import (
    Accommodation,
    AccommodationGranted,
    EntryKind,
    LedgerEntry,
    deadline_of,
    extension,
    largest,
    ordinary_end,
)
from lms_core.assessment.domain.exams import EXTEND_DEADLINE, GRANT_ACCOMMODATION
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.exams import Exams
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Conflict
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.uow import UnitOfWork, Work

TRIES = 5


@dataclass(frozen=True, slots=True)
class Extend:
    """Give ``seconds`` more, for a reason that is told (an outage, a fire drill): no personal circumstances."""

    seconds: int
    reason: str


@dataclass(frozen=True, slots=True)
class Accommodate:
    """Give a person more time in one exam, or (``exam_id`` None) in all; they have agreed that it is kept."""

    person_id: UUID
    exam_id: UUID | None
    more: Accommodation


@dataclass(frozen=True)
class DeadlineService:
    """Moves deadlines of running attempts, later and never earlier."""

    work: Work
    clock: Clock

    def extend(self, actor: Actor, attempt_id: UUID, command: Extend) -> Attempt:
        """Give one running attempt more time, at once. Raises NotFound, Forbidden, AttemptClosed, Invalid."""
        with self.work.read() as uow:
            attempt = Attempts(uow).get(attempt_id)
        actor.require(EXTEND_DEADLINE, attempt.scopes)
        return self._append(actor, attempt_id, "incident", command.seconds, command.reason)

    def accommodate(self, actor: Actor, command: Accommodate) -> UUID:
        """Keep an accommodation, and give it to the attempts that run. Raises NotFound, Forbidden."""
        with self.work.write() as uow:
            scopes = Exams(uow).get(command.exam_id).scopes if command.exam_id else EVERYWHERE
            actor.require(GRANT_ACCOMMODATION, scopes)
            granted = Attempts(uow).grant(
                command.person_id, command.exam_id, command.more, actor.person_id, self.clock.now()
            )
            running = Attempts(uow).running_of(command.person_id, command.exam_id)
            uow.record(AccommodationGranted(granted), by=actor, scopes=scopes)
            uow.commit()
        for attempt_id in running:
            self._top_up(actor, attempt_id)
        return granted

    def running(self, actor: Actor) -> int:
        """How many attempts run now on the whole site. Raises Forbidden."""
        actor.require(EXTEND_DEADLINE, EVERYWHERE)
        with self.work.read() as uow:
            return Attempts(uow).count_running()

    def ledger(self, actor: Actor, attempt_id: UUID) -> Sequence[LedgerEntry]:
        """Why an attempt ends when it does: for its owner, and for those who may extend it. Raises NotFound."""
        with self.work.read() as uow:
            attempt = Attempts(uow).get(attempt_id)
            if attempt.person_id != actor.person_id:
                actor.require_seen(EXTEND_DEADLINE, attempt.scopes)
            return Attempts(uow).ledger(attempt_id)

    def _top_up(self, actor: Actor, attempt_id: UUID) -> None:
        with self.work.read() as uow:
            attempt = Attempts(uow).get(attempt_id)
            entries = Attempts(uow).ledger(attempt_id)
            granted = Attempts(uow).granted(attempt.person_id, attempt.exam_id)
        ends = ordinary_end(attempt.started_at, entries, attempt.window_closes_at)
        ordinary = int((ends - attempt.started_at).total_seconds())
        had = sum(entry.seconds for entry in entries if entry.kind == "accommodation")
        more = largest(granted, ordinary).seconds_for(ordinary) - had
        if more > 0 and attempt.is_open:
            self._append(actor, attempt_id, "accommodation", more, "")

    def _append(self, actor: Actor, attempt_id: UUID, kind: EntryKind, seconds: int, reason: str) -> Attempt:
        for _ in range(TRIES):
            try:
                return self._appended(actor, attempt_id, kind, seconds, reason)
            except AttemptClosed:
                raise
            except Conflict:
                # Somebody else granted time at this moment: theirs stands, ours is added to it.
                continue
        raise Conflict

    def _appended(self, actor: Actor, attempt_id: UUID, kind: EntryKind, seconds: int, reason: str) -> Attempt:
        with self.work.write() as uow:
            moved = self._moved(uow, actor, attempt_id, kind, seconds, reason)
            uow.commit()
        return moved

    def _moved(
        self, uow: UnitOfWork, actor: Actor, attempt_id: UUID, kind: EntryKind, seconds: int, reason: str
    ) -> Attempt:
        attempt = Attempts(uow).get(attempt_id)
        if not attempt.is_open:
            raise AttemptClosed
        entries = Attempts(uow).ledger(attempt_id)
        entry = extension(entries, kind, seconds)
        deadline = deadline_of(attempt.started_at, [*entries, entry], attempt.window_closes_at)
        Attempts(uow).extend(attempt, entry, deadline, reason, actor.person_id)
        uow.record(DeadlineMoved(attempt_id, entry.revision, kind, seconds), by=actor, scopes=attempt.scopes)
        return Attempts(uow).get(attempt_id)
