"""Practising: heard of from assessment, told on the home page and in profiles."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cert_prep.domain.practice import FRESH, RECENT, Habit, Newcomer, Practice, habit_of
from cert_prep.domain.retakes import RULED_MODE, told
from cert_prep.repository import Newcomers, Practices
from cert_prep.service.catalogue import CatalogueReader
from cert_prep.service.rules import RuleService
from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import READ_RESULT
from lms_core.assessment.service.attempts import AttemptService
from lms_core.assessment.service.results import ResultService
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Refusal
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import text
from lms_core.foundation.uow import Work
from lms_core.hooks.assessment import AttemptGraded, AttemptRegraded, AttemptStarted, AttemptSubmitted, SubmissionFacts

Heard = AttemptStarted | AttemptSubmitted | AttemptGraded | AttemptRegraded


@dataclass(frozen=True)
class PracticeService:
    """Keeps account of attempts at credentials' exams. What is heard may be heard twice."""

    work: Work
    clock: Clock
    settings: Settings
    catalogue: CatalogueReader
    rules: RuleService
    attempts: AttemptService
    results: ResultService

    def joined(self, person_id: UUID) -> None:
        """Somebody can begin."""
        with self.work.write() as uow:
            Newcomers(uow).keep(Newcomer(person_id, self.clock.now()))
            uow.commit()

    def attempted(self, event: AttemptStarted | AttemptSubmitted) -> None:
        """An attempt began or was handed in: kept as it stands by now, if it was at an exam of a credential."""
        self._keep(event)

    def decision(self, actor: Actor, attempt_id: UUID) -> dict[str, Any] | None:
        """By which version of which rule, and on which facts, one's own simulation began; None where none was asked."""
        with self.work.read() as uow:
            known = Practices(uow).find(attempt_id)
        return known.retake if known and known.person_id == actor.person_id else None

    def _decided(self, attempt: Attempt, code: str) -> dict[str, Any] | None:
        """The decisions as they were made when the attempt began: the same rules on the same facts say the same."""
        if attempt.mode != RULED_MODE:
            return None
        begun = self.attempts.begun(Actor(attempt.person_id), code, RULED_MODE)
        earlier = [one for one in begun if one < attempt.started_at]
        said = [told(one.decision) for one in self.rules.outlooks(code, earlier, attempt.started_at)]
        return {**said[0], "also": said[1:]} if said else None

    def graded(self, event: AttemptGraded) -> None:
        """An attempt has its score: one more point of a trend."""
        self._keep(event, percent=self._percent(event))

    def regraded(self, event: AttemptRegraded) -> None:
        """A result was graded anew; it is news only where the score is another one."""
        if event.changed:
            self._keep(event, percent=self._percent(event), regraded_at=self.clock.now())

    def _keep(self, event: Heard, **news: Any) -> None:
        """Keep what is known of an attempt by now. Each event may be heard first, or beside another one."""
        attempt, exam = self.attempts.opened(Actor(event.person_id), event.attempt_id)
        if not exam.certification:
            return
        by_now = {"submitted_at": attempt.submitted_at, "retake": self._decided(attempt, exam.certification), **news}
        known = Practice(attempt.id, attempt.person_id, exam.id, exam.certification, attempt.started_at, **by_now)
        with self.work.write() as uow:
            Practices(uow).keep(known, news)
            if not news:
                Newcomers(uow).begun(attempt.person_id)
            uow.commit()

    def forget_newcomers(self) -> None:
        """Whoever did not begin within the fortnight is not told where to begin any more: no reason to keep who."""
        with self.work.write() as uow:
            Newcomers(uow).forget(self.clock.now() - FRESH)
            uow.commit()

    def against_submission(self, facts: SubmissionFacts) -> Refusal | None:
        """A simulation that is handed in without any answer would cost a wait, or one of few attempts, for nothing."""
        if facts.mode != RULED_MODE or facts.answered or not (known := self.catalogue.find(facts.certification)):
            return None
        if known.retake is None:
            return None
        reason = text(
            "You have not answered anything yet. Once it is handed in, %(vendor)s's rules decide when you may sit the "
            "next simulation. Answer at least one question, or leave this page: the server hands in when time is up.",
            vendor=known.vendor,
        )
        return Refusal("nothing-answered", reason)

    def habit(self, actor: Actor, person_id: UUID) -> Habit | None:
        """How somebody practised in the last four weeks; for themselves, and for those who may read results."""
        if actor.person_id != person_id and not actor.where(READ_RESULT):
            return None
        with self.work.read() as uow:
            practised = Practices(uow).since(person_id, self.clock.now() - RECENT)
            return habit_of(practised, ZoneInfo(self.settings.time_zone)) if practised else None

    def changed_result(self, person_id: UUID) -> UUID | None:
        """The attempt of a person whose score became another one in the last fortnight."""
        with self.work.read() as uow:
            found = Practices(uow).regraded(person_id, self.clock.now() - FRESH)
            return found.attempt_id if found else None

    def is_new(self, person_id: UUID) -> bool:
        """Whether somebody joined in the last fortnight and has not begun any attempt."""
        with self.work.read() as uow:
            return Newcomers(uow).is_new(person_id, self.clock.now() - FRESH)

    def _percent(self, event: AttemptGraded | AttemptRegraded) -> float | None:
        """The share of points of what stands now; None where the exam had nothing that counts."""
        _, result = self.results.earned(Actor(event.person_id), event.attempt_id)
        return 100 * result.points / result.possible if result.possible else None
