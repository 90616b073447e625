"""The conditions of an exam: read and changed by those who may, and told to those who want to begin."""

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from itsdangerous import BadSignature, Signer

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.integrity import (
    SET_INTEGRITY,
    AttemptsRunning,
    Browser,
    Integrity,
    IntegrityChanged,
    seat_limits,
)
from lms_core.assessment.domain.integrity.conditions import quit_hash
from lms_core.assessment.domain.integrity.safe_browser import config_key, configuration, written
from lms_core.assessment.repository.exams import Exams
from lms_core.assessment.repository.integrity import Integrities
from lms_core.assessment.service.conditions import Conditions
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import NotFound
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import Work
from lms_core.people.service.passwords import Passwords

SALT: Final = "assessment.seb"


@dataclass(frozen=True, slots=True)
class SetIntegrity:
    """New conditions. ``networks`` as written, a line each. A password of None stays as it is; an empty one goes.

    ``exam_keys`` and ``filters`` are a line each as well.
    """

    networks: str
    password: str | None
    browser_required: bool
    quit_password: str | None
    filters: tuple[str, ...] = ()
    exam_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class IntegrityService:
    """What those who run exams do with their conditions."""

    work: Work
    clock: Clock
    settings: Settings
    passwords: Passwords
    conditions: Conditions

    def get(self, actor: Actor, exam_id: UUID) -> tuple[Exam, Integrity]:
        """An exam with its conditions. Raises NotFound."""
        with self.work.read() as uow:
            exam = Exams(uow).get(exam_id)
            actor.require_seen(SET_INTEGRITY, exam.scopes)
            return exam, Integrities(uow).of(exam_id)

    def asked(self, exam_id: UUID) -> Integrity:
        """What an exam asks of whoever begins it: for the page that says so."""
        if (known := self.conditions.known(exam_id)) is not None:
            return known
        with self.work.read() as uow:
            return self.conditions.of(uow, exam_id)

    def change(self, actor: Actor, exam_id: UUID, command: SetIntegrity) -> Integrity:
        """Write the conditions anew, also while the exam runs; they hold from the next start on.

        Raises NotFound, Invalid (by field), AttemptsRunning for those of Safe Exam Browser.
        """
        exam, before = self.get(actor, exam_id)
        after = self._changed(before, command)
        with self.work.write() as uow:
            before = Integrities(uow).of(exam_id)
            if before.browser != after.browser and Integrities(uow).is_sat(exam_id):
                raise AttemptsRunning
            Integrities(uow).keep(exam_id, after, actor.person_id)
            if parts := _parts(before, after):
                uow.record(IntegrityChanged(exam_id, parts), by=actor, scopes=exam.scopes)
            uow.commit()
        self.conditions.forget(exam_id)
        return after

    def start_url(self, exam_id: UUID) -> str:
        """The page that Safe Exam Browser opens."""
        return f"{self.settings.public_url.rstrip('/')}/assessment/exams/{exam_id}"

    def config_key(self, exam_id: UUID, browser: Browser) -> str:
        """The Config Key of an exam's configuration."""
        return config_key(configuration(browser, self.start_url(exam_id)))

    def file(self, exam_id: UUID) -> bytes:
        """The ``.seb`` file of an exam. Raises NotFound where it asks for none."""
        browser = self.asked(exam_id).browser
        if not browser.required:
            raise NotFound
        return written(configuration(browser, self.start_url(exam_id)))

    def ticket(self, exam_id: UUID) -> str:
        """Names the exam in the address of its configuration, which is asked for before anybody is signed in."""
        return self._signer.sign(exam_id.hex).decode()

    def ticketed(self, ticket: str) -> UUID:
        """The exam that ``ticket`` names. Raises NotFound for whatever was not signed here."""
        try:
            return UUID(self._signer.unsign(ticket).decode())
        except (BadSignature, ValueError) as wrong:
            raise NotFound from wrong

    @property
    def _signer(self) -> Signer:
        return Signer(self.settings.require_secret(), salt=SALT)

    def _changed(self, before: Integrity, command: SetIntegrity) -> Integrity:
        browser = Browser(command.browser_required, before.browser.quit_hash, command.filters, command.exam_keys)
        if command.quit_password is not None:
            browser = replace(browser, quit_hash=quit_hash(command.quit_password))
        hashed = before.password_hash
        if command.password is not None:
            hashed = self.passwords.hash(command.password) if command.password else ""
        return Integrity(seat_limits(command.networks), hashed, browser)


def _parts(before: Integrity, after: Integrity) -> str:
    pairs = {
        "networks": before.networks != after.networks,
        "password": before.password_hash != after.password_hash,
        "browser": before.browser != after.browser,
    }
    return " ".join(name for name, moved in pairs.items() if moved)
