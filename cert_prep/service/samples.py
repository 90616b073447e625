"""Samples for the demonstration: for every bank that ships a published mock exam, and a simulation where it is known
how the vendor's own exam is sat. At the sample campus.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cert_prep.domain.mock_exams import MakeMockExam
from cert_prep.hooks import ItemBank
from cert_prep.service.banks import BankLoader
from cert_prep.service.catalogue import CatalogueReader
from cert_prep.service.mock_exams import MockExamService, place_of
from lms_core.assessment.domain.exams import Place
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.reviews import ReviewService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.paging import LARGEST, PageRequest
from lms_core.foundation.scopes import SITE, Scope
from lms_core.organisation.service import CampusService
from lms_core.people.service import DirectoryService

CAMPUS: Final = "mapo"
AUTHOR: Final = "instructor@example.org"
REVIEWER: Final = "reviewer@example.org"


@dataclass(frozen=True)
class SamplePeople:
    """Who does what in the demonstration, and where."""

    campuses: CampusService
    directory: DirectoryService

    def author(self, actor: Actor) -> Actor:
        """The sample instructor; whoever plants where there is none."""
        return self._person(actor, AUTHOR)

    def reviewer(self, actor: Actor) -> Actor:
        """The second person, who approves."""
        return self._person(actor, REVIEWER)

    def scope(self, actor: Actor) -> Scope:
        """The sample campus; the whole site where there is none."""
        every = self.campuses.find(actor, PageRequest(size=LARGEST)).items
        return next((Scope("campus", str(one.campus.id)) for one in every if one.campus.slug == CAMPUS), SITE)

    def place(self, actor: Actor) -> Place:
        """The same as the place of an exam."""
        return place_of(self.scope(actor))

    def _person(self, actor: Actor, address: str) -> Actor:
        """The sample person of this address, able to do everything."""
        try:
            return Actor(self.directory.id_of(address), almighty=True)
        except Invalid:
            return actor


@dataclass(frozen=True)
class SampleService:
    """Does what an instructor and a second person would do."""

    catalogue: CatalogueReader
    loader: BankLoader
    mock_exams: MockExamService
    exams: ExamService
    reviews: ReviewService
    people: SamplePeople

    def plant(self, actor: Actor) -> None:
        """Add what is not there yet."""
        for bank in self.catalogue.banks().values():
            if not self._made(actor, bank.certification):
                for shaped in self._wanted(bank):
                    self._exam(actor, bank, shaped=shaped)

    def _wanted(self, ships: ItemBank) -> tuple[bool, ...]:
        """Whether in the vendor's shape: only there where the bank has the types of item that the shape asks for."""
        known = self.catalogue.find(ships.certification)
        if known is None or known.shape is None or (known.shape.types and not ships.borrows):
            return (False,)
        return (True,) if ships.borrows else (False, True)

    def _exam(self, actor: Actor, ships: ItemBank, *, shaped: bool) -> None:
        author, reviewer = self.people.author(actor), self.people.reviewer(actor)
        place = self.people.scope(actor)
        command = MakeMockExam(ships.certification, bank=ships.slug, place=place, shaped=shaped, shortened=shaped)
        exam = self.mock_exams.make_exam(author, command)
        for bank_id in exam.specification.bank_ids:
            self._approve(reviewer, bank_id)
        self.exams.publish(author, exam.id)

    def _approve(self, reviewer: Actor, bank_id: UUID) -> None:
        chosen = [(item.id, item.latest_version_id) for item, _ in self.loader.items(reviewer, bank_id)]
        self.reviews.approve(reviewer, bank_id, chosen)

    def _made(self, actor: Actor, code: str) -> bool:
        return self.exams.find(actor, PageRequest(filters=(("certification", code),))).total > 0
