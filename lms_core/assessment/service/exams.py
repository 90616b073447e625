"""Exams: drafting, publishing with forms drawn ahead, closing; mapping items to domains; lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from lms_core.assessment.domain.banks import SEE_BANK
from lms_core.assessment.domain.exams import AUTHOR_EXAM, DraftExam, Exam, ExamClosed, ExamPublished, MapItems
from lms_core.assessment.domain.specifications import ExamSpecification
from lms_core.assessment.repository.banks import Banks
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.repository.exams import NEVER_SAT, Exams, Sat
from lms_core.assessment.repository.forms import Forms
from lms_core.assessment.repository.items import Items
from lms_core.assessment.service.audience import Audience
from lms_core.assessment.service.banks import may_in, require_in
from lms_core.assessment.service.drawing import FormDrawer
from lms_core.assessment.service.places import scopes_of_place
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Conflict, Invalid, NotFound, Refusal
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles, text
from lms_core.foundation.uow import UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class ExamListed:
    """An exam as lists show it to one person: with that person's attempts, and whether they may sit it."""

    exam: Exam
    sat: Sat
    may_sit: bool
    may_author: bool


@dataclass(frozen=True, slots=True)
class QuotaCheck:
    """How a domain's quota stands against the banks."""

    domain: str
    wanted: int
    available: int


@dataclass(frozen=True)
class ExamService:
    """What instructors do with exams, and the lists everybody reads."""

    work: Work
    clock: Clock
    drawer: FormDrawer
    audience: Audience

    def find(self, actor: Actor, request: PageRequest) -> Page[ExamListed]:
        """The exams the actor may sit or writes, newest first, with their own attempts.

        Search: titles and certification. Filters: state, course (an id), certification, to ("sit" or "write": only
        those). Sort: title, created, published.
        """
        to = request.filtered("to")
        held = frozenset[Scope]() if to == "write" else self.audience.places(actor)
        authored = frozenset[Scope]() if to == "sit" else actor.where(AUTHOR_EXAM)
        with self.work.read() as uow:
            found = Exams(uow).listed(request, authored, held, anywhere=bool(held))
            sat = self._sat(uow, actor, [exam.id for exam in found.items])
        return found.map(lambda exam: self._listed(actor, exam, sat.get(exam.id, NEVER_SAT)))

    def get(self, actor: Actor, exam_id: UUID) -> ExamListed:
        """One exam, for those who may sit or write it. Raises NotFound."""
        with self.work.read() as uow:
            exam = Exams(uow).get(exam_id)
            sat = self._sat(uow, actor, [exam_id]).get(exam_id, NEVER_SAT)
        listed = self._listed(actor, exam, sat)
        if not listed.may_sit:
            actor.require_seen(AUTHOR_EXAM, exam.scopes)
        return listed

    def draft(self, actor: Actor, command: DraftExam) -> Exam:
        """A new exam, not yet open to anybody. Raises Forbidden, Invalid."""
        command.specification.require_sound()
        with self.work.write() as uow:
            scopes = scopes_of_place(uow, command.place)
            actor.require(AUTHOR_EXAM, scopes)
            _require_banks(uow, actor, command.specification)
            exam = Exam(
                new_id(),
                command.titles,
                command.place,
                scopes,
                command.certification,
                command.specification_version,
                command.specification,
                self.clock.now(),
            )
            Exams(uow).add(exam)
            uow.commit()
        return exam

    def change(self, actor: Actor, exam_id: UUID, command: DraftExam) -> Exam:
        """Write a draft anew. Raises NotFound, Forbidden, ExamFrozen, Invalid."""
        with self.work.write() as uow:
            exam = self._authored(uow, actor, exam_id)
            scopes = scopes_of_place(uow, command.place)
            actor.require(AUTHOR_EXAM, scopes)
            _require_banks(uow, actor, command.specification)
            exam.change(command, scopes)
            uow.commit()
        return exam

    def check(self, actor: Actor, exam_id: UUID) -> Sequence[QuotaCheck]:
        """What the banks hold for each quota, so that an author sees what is missing before publishing."""
        with self.work.read() as uow:
            exam = self._authored(uow, actor, exam_id)
            there = Candidates(uow).counts(exam, self.drawer.types(exam))
        return [QuotaCheck(one.domain, one.items, there.get(one.domain, 0)) for one in exam.specification.quotas]

    def missing(self, actor: Actor, exam_id: UUID) -> tuple[Refusal, ...]:
        """Everything that stands in the way of a form now; nothing where one can be drawn. Raises NotFound."""
        with self.work.read() as uow:
            return self.drawer.missing(uow, self._authored(uow, actor, exam_id))

    def named(self, actor: Actor, bank_ids: Sequence[UUID], identifiers: Iterable[str]) -> Mapping[str, UUID]:
        """The items of these names in those of the banks that the actor may draw from, for forms that name items."""
        with self.work.read() as uow:
            seen = [one for one in bank_ids if _may_draw_from(uow, actor, one)]
            return Exams(uow).identified(seen, identifiers)

    def names(self, item_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """What items are named, for the same forms."""
        with self.work.read() as uow:
            return Exams(uow).identifiers(item_ids)

    def publish(self, actor: Actor, exam_id: UUID) -> Exam:
        """Draw the forms and open the exam. Raises NotFound, ExamFrozen, Invalid, SpecificationUnmet."""
        with self.work.read() as uow:
            exam = self._authored(uow, actor, exam_id)
            seen = exam.version
            exam.require_draft()
            exam.specification.require_sound()
            drawn = self.drawer.ahead(uow, exam)
        with self.work.write() as uow:
            exam = Exams(uow).get(exam_id)
            if exam.version != seen:
                raise Conflict
            exam.publish(self.clock.now())
            Forms(uow).add_rendered(drawn.fresh)
            Forms(uow).add(drawn.forms)
            uow.record(ExamPublished(exam_id), by=actor, scopes=exam.scopes)
            uow.commit()
        return exam

    def close(self, actor: Actor, exam_id: UUID) -> Exam:
        """Let nobody begin any more. Raises NotFound, ExamNotPublished."""
        with self.work.write() as uow:
            exam = self._authored(uow, actor, exam_id)
            exam.close(self.clock.now())
            uow.record(ExamClosed(exam_id), by=actor, scopes=exam.scopes)
            uow.commit()
        return exam

    def map_items(self, actor: Actor, command: MapItems) -> int:
        """Put items into a domain of a certification, in bulk; how many were found.

        Raises NotFound for items of a bank that is not the actor's to see, Forbidden where they write no exams.
        """
        with self.work.write() as uow:
            found = Items(uow).several(command.item_ids)
            for bank_id in {item.bank_id for item in found}:
                require_in(actor, AUTHOR_EXAM, Banks(uow).get(bank_id))
            Exams(uow).map_items(replace(command, item_ids=tuple(item.id for item in found)))
            uow.commit()
        return len(found)

    def keep_for_exams(self, actor: Actor, item_ids: Sequence[UUID], *, exam_only: bool) -> int:
        """Keep items for exams, or let practice ask them again; how many were found. Raises as ``map_items``."""
        with self.work.write() as uow:
            found = Items(uow).several(item_ids)
            for bank_id in {item.bank_id for item in found}:
                require_in(actor, AUTHOR_EXAM, Banks(uow).get(bank_id))
            Exams(uow).keep_for_exams([item.id for item in found], exam_only=exam_only)
            uow.commit()
        return len(found)

    def mapped(self, certification: str, item_ids: Sequence[UUID]) -> Mapping[UUID, str]:
        """The domain of each of these items in a certification, for lists of items."""
        with self.work.read() as uow:
            return Exams(uow).mapped(certification, item_ids)

    def titles(self, exam_ids: Iterable[UUID]) -> Mapping[UUID, Titles]:
        """How exams are called, for lists of attempts."""
        with self.work.read() as uow:
            return Exams(uow).titles(exam_ids)

    def _listed(self, actor: Actor, exam: Exam, sat: Sat) -> ExamListed:
        may_sit = exam.state != "draft" and self.audience.may_sit(actor, exam)
        return ExamListed(exam, sat, may_sit, actor.may(AUTHOR_EXAM, exam.scopes))

    def _sat(self, uow: UnitOfWork, actor: Actor, exam_ids: Sequence[UUID]) -> Mapping[UUID, Sat]:
        return Exams(uow).sat_by(actor.person_id, exam_ids) if actor.person_id and exam_ids else {}

    def _authored(self, uow: UnitOfWork, actor: Actor, exam_id: UUID) -> Exam:
        exam = Exams(uow).get(exam_id)
        if not self.audience.may_sit(actor, exam) or exam.state == "draft":
            actor.require_seen(AUTHOR_EXAM, exam.scopes)
        actor.require(AUTHOR_EXAM, exam.scopes)
        return exam


def _require_banks(uow: UnitOfWork, actor: Actor, specification: ExamSpecification) -> None:
    if not all(_may_draw_from(uow, actor, bank_id) for bank_id in specification.bank_ids):
        raise Invalid(fields={"bank_ids": (text("There is no such bank."),)})


def _may_draw_from(uow: UnitOfWork, actor: Actor, bank_id: UUID) -> bool:
    try:
        return may_in(actor, SEE_BANK, Banks(uow).get(bank_id))
    except NotFound:
        return False
