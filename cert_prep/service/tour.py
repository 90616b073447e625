"""A tour of the types of item: one question of each, for people to try out. It is part of the demonstration."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cert_prep.service.samples import SamplePeople
from lms_core.assessment.domain.bank_file import parse_bytes
from lms_core.assessment.domain.banks import Bank, OpenBank
from lms_core.assessment.domain.exams import DraftExam, Place
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.domain.specifications import ExamSpecification, Quota
from lms_core.assessment.service.banks import BankService
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.imports import ImportService
from lms_core.assessment.service.reviews import ReviewService
from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import LARGEST, PageRequest
from lms_core.foundation.text import Titles
from lms_core.hooks.items import UNKNOWN_PROVENANCE

FILE: Final = Path(__file__).parents[1] / "data" / "tour" / "item_types.bank.md"
SLUG: Final = "item-types-tour"
TITLES: Final = Titles("문항 유형 둘러보기", "Item types tour")
SECONDS: Final = 60 * 60
"""An hour: nobody is in a hurry on a tour."""


@dataclass(frozen=True)
class TourService:
    """Makes the tour."""

    banks: BankService
    imports: ImportService
    reviews: ReviewService
    exams: ExamService
    people: SamplePeople

    def plant(self, actor: Actor) -> None:
        """Publish the tour at the sample campus, unless it is there."""
        if self.banks.by_slug(actor, SLUG) is not None:
            return
        author, place = self.people.author(actor), self.people.place(actor)
        bank = self._bank(author, place)
        self._approve(self.people.reviewer(actor), bank)
        quota = Quota("", len(parse_bytes(FILE.read_bytes(), FILE.name).bank.items), TITLES)
        asked = ExamSpecification(bank_ids=(bank.id,), quotas=(quota,), seconds=SECONDS, forms=1)
        self.exams.publish(author, self.exams.draft(author, DraftExam(TITLES, asked, place)).id)

    def _bank(self, author: Actor, place: Place) -> Bank:
        bank = self.banks.open(author, OpenBank(SLUG, TITLES, place))
        with FILE.open("rb") as stream:
            self.imports.commit(author, ImportFile(SLUG, FILE.name, UNKNOWN_PROVENANCE), stream)
        return bank

    def _approve(self, reviewer: Actor, bank: Bank) -> None:
        found = self.banks.items(reviewer, bank.id, PageRequest(size=LARGEST)).items
        self.reviews.approve(reviewer, bank.id, [(one.item.id, one.item.latest_version_id) for one in found])
