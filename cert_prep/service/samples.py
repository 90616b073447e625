"""Samples for the demonstration: a published mock exam for every bank that ships, at the sample campus."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cert_prep.domain.mock_exams import MakeMockExam
from cert_prep.hooks import ItemBank
from cert_prep.service.banks import BankLoader
from cert_prep.service.catalogue import CatalogueReader
from cert_prep.service.mock_exams import MockExamService
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
class SampleService:
    """Does what an instructor and a second person would do."""

    catalogue: CatalogueReader
    loader: BankLoader
    mock_exams: MockExamService
    exams: ExamService
    reviews: ReviewService
    campuses: CampusService
    people: DirectoryService

    def plant(self, actor: Actor) -> None:
        """Add what is not there yet."""
        for bank in self.catalogue.banks().values():
            if not self._made(actor, bank.certification):
                self._exam(actor, bank)

    def _exam(self, actor: Actor, ships: ItemBank) -> None:
        author, reviewer = self._person(actor, AUTHOR), self._person(actor, REVIEWER)
        command = MakeMockExam(ships.certification, bank=ships.slug, place=self._place(actor))
        exam = self.mock_exams.make_exam(author, command)
        for bank_id in exam.specification.bank_ids:
            self._approve(reviewer, bank_id)
        self.exams.publish(author, exam.id)

    def _approve(self, reviewer: Actor, bank_id: UUID) -> None:
        chosen = [(item.id, item.latest_version_id) for item, _ in self.loader.items(reviewer, bank_id)]
        self.reviews.approve(reviewer, bank_id, chosen)

    def _made(self, actor: Actor, code: str) -> bool:
        return self.exams.find(actor, PageRequest(filters=(("certification", code),))).total > 0

    def _person(self, actor: Actor, address: str) -> Actor:
        """The sample person of this address, able to do everything; whoever plants where there is none."""
        try:
            return Actor(self.people.id_of(address), almighty=True)
        except Invalid:
            return actor

    def _place(self, actor: Actor) -> Scope:
        every = self.campuses.find(actor, PageRequest(size=LARGEST)).items
        return next((Scope("campus", str(one.campus.id)) for one in every if one.campus.slug == CAMPUS), SITE)
