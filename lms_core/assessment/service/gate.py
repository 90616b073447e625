"""The gate of an exam: whoever begins, comes back or saves meets its conditions; who does not is told, and noted."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.attempts import Attempt
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.integrity import (
    GateRefused,
    Integrity,
    SafeBrowserRequired,
    Shown,
    place_of,
    reason_against_place,
    reason_against_seat,
)
from lms_core.assessment.domain.integrity.safe_browser import is_shown, reason_against_browser
from lms_core.assessment.repository.attempts import Attempts
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.integrity import Integrities
from lms_core.assessment.service.conditions import Conditions
from lms_core.assessment.service.integrity import IntegrityService
from lms_core.assessment.service.passcodes import Passcodes
from lms_core.assessment.service.tokens import Speaker
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Refusal, refuse_if
from lms_core.foundation.uow import UnitOfWork, Work

NOTED_EVERY: Final = timedelta(minutes=1)
REMEMBERED: Final = 5_000


@dataclass(frozen=True)
class IntegrityGate:
    """Asks for an exam's conditions. A save of an exam that asks for no browser is asked nothing, and reads nothing."""

    work: Work
    clock: Clock
    integrity: IntegrityService
    passcodes: Passcodes
    conditions: Conditions
    _keys: dict[str, tuple[UUID, str, tuple[str, ...]]] = field(default_factory=dict, init=False, repr=False)
    _noted: dict[UUID, datetime] = field(default_factory=dict, init=False, repr=False)

    def require_start(self, uow: UnitOfWork, actor: Actor, exam: Exam, shown: Shown) -> Integrity:
        """The conditions of an exam that is begun. Raises Refused with every reason, TooMany after wrong passwords."""
        held = self.conditions.of(uow, exam.id)
        reasons = self.reasons_against(exam.id, held, shown)
        if not reasons:
            wrong = self.passcodes.reason_against(actor.require_person(), exam.id, held.password_hash, shown.password)
            reasons = (wrong,) if wrong is not None else ()
        refuse_if(reasons)
        return held

    def require_inside(self, actor: Actor, attempt: Attempt, shown: Shown, act: str) -> Integrity:
        """The conditions of an attempt that is come back to, in ``act`` (room, take-over).

        Raises SafeBrowserRequired, or Refused for a place that is not allowed.
        """
        held = self.integrity.asked(attempt.exam_id)
        if reasons := self.reasons_against(attempt.exam_id, held, shown):
            self.note(actor, attempt.exam_id, act, reasons)
            if any(one.code.startswith("safe-browser") for one in reasons):
                raise SafeBrowserRequired(reasons[-1].reason, reasons=reasons, facts={"exam_id": str(attempt.exam_id)})
            refuse_if(reasons)
        return held

    def take_seat(self, uow: UnitOfWork, exam_id: UUID, held: Integrity, address: str, own: UUID | None = None) -> None:
        """Make sure of a seat at ``address``, inside the transaction that takes it. Raises Refused."""
        if held.counts_seats:
            others = Integrities(uow).seated(exam_id, own)
            reason = reason_against_seat(place_of(held, address), others)
            refuse_if((reason,) if reason is not None else ())

    def lock(self, exam_id: UUID, held: Integrity) -> str:
        """What a save token holds of the browser's keys: a name for them, or nothing where none is asked."""
        if not held.browser.required:
            return ""
        config = self.integrity.config_key(exam_id, held.browser)
        name = sha256("\n".join((config, *held.browser.exam_keys)).encode()).hexdigest()[:16]
        if len(self._keys) >= REMEMBERED:
            self._keys.clear()
        self._keys[name] = (exam_id, config, held.browser.exam_keys)
        return name

    def require_save(self, speaker: Speaker, shown: Shown) -> None:
        """Raise SafeBrowserRequired unless a save comes from the browser that its token is bound to.

        The keys stay as they are while anybody sits the exam, so that they are read once a process.
        """
        if not speaker.lock:
            return
        if speaker.lock not in self._keys:
            with self.work.read() as uow:
                self.lock(*Integrities(uow).of_form(speaker.form_id))
        exam_id, config, exam_keys = self._keys.get(speaker.lock, (None, "", ()))
        if exam_id is None or not is_shown(shown, config, exam_keys):
            self._refuse_save(speaker, exam_id)

    def require_own_save(self, attempt_id: UUID, shown: Shown) -> None:
        """The same for a save by the person's own token, which is bound to nothing: one read more."""
        with self.work.read() as uow:
            attempt = Attempts(uow).get(attempt_id)
            held = self.conditions.of(uow, attempt.exam_id)
        lock = self.lock(attempt.exam_id, held)
        self.require_save(Speaker(attempt.id, attempt.person_id, attempt.form_id, attempt.generation, lock), shown)

    def note(self, actor: Actor, exam_id: UUID, act: str, reasons: tuple[Refusal, ...]) -> None:
        """Keep in the log that somebody was not let in, and why."""
        if actor.person_id is None or not reasons:
            return
        with self.work.write() as uow:
            codes = " ".join(one.code for one in reasons)
            refused = GateRefused(exam_id, actor.person_id, act, codes)
            uow.record(refused, by=actor, scopes=Exams(uow).get(exam_id).scopes)
            uow.commit()

    def reasons_against(self, exam_id: UUID, held: Integrity, shown: Shown) -> tuple[Refusal, ...]:
        """What stands against a request from where it comes, and in the browser that it comes from."""
        found = [reason_against_place(held, shown.address)]
        if held.browser.required:
            config = self.integrity.config_key(exam_id, held.browser)
            found.append(reason_against_browser(shown, config, held.browser.exam_keys))
        return tuple(one for one in found if one is not None)

    def _refuse_save(self, speaker: Speaker, exam_id: UUID | None) -> None:
        """A device tries again and again: once a minute is enough to know of it."""
        now, last = self.clock.now(), self._noted.get(speaker.attempt_id)
        if exam_id is not None and (last is None or now - last >= NOTED_EVERY):
            if len(self._noted) >= REMEMBERED:
                self._noted.clear()
            self._noted[speaker.attempt_id] = now
            reason = Refusal("safe-browser-required", SafeBrowserRequired.default)
            self.note(Actor(speaker.person_id), exam_id, "save", (reason,))
        raise SafeBrowserRequired
