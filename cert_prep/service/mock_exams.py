"""Making mock exams: a credential's outline becomes an exam whose counts follow the published weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cert_prep.domain.mock_exams import (
    AUTHOR,
    MOST_ITEMS,
    MOST_MINUTES,
    MakeMockExam,
    MockExamRefused,
    Share,
    reasons_against,
)
from cert_prep.domain.scales import ruler
from cert_prep.domain.shapes import most_items, quotas, shaped
from cert_prep.hooks import Certification, DatedSpecification
from cert_prep.service.banks import BankLoader
from cert_prep.service.catalogue import CatalogueReader, Listed
from lms_core.assessment.domain.banks import IMPORT_ITEMS, Bank
from lms_core.assessment.domain.exams import WHOLE_SITE, DraftExam, Exam, Place
from lms_core.assessment.domain.specifications import LANGUAGES, ExamSpecification, counts_by_weight
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.places import scopes_of_place
from lms_core.catalog.service import CourseDirectory
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Forbidden, Invalid, refuse_if
from lms_core.foundation.scopes import KINDS, SITE, Scope
from lms_core.foundation.text import Text, Titles, text
from lms_core.foundation.uow import Work
from lms_core.organisation.service import CampusService

THE_SITE = Titles("사이트 전체", "The whole site")


def place_of(scope: Scope) -> Place:
    """A scope as the place of an exam. Raises Invalid for a kind that no exam is made for."""
    if scope == SITE:
        return WHOLE_SITE
    try:
        return Place(**{f"{scope.kind}_id": UUID(scope.id)})
    except (TypeError, ValueError) as unknown:
        raise Invalid(fields={"place": (text("Choose one of the places."),)}) from unknown


def shares(specification: DatedSpecification, items: int) -> tuple[Share, ...]:
    """How many of ``items`` each domain gives: midpoints, scaled to the whole, largest remainders."""
    if not specification.domains:
        return ()
    ranges = [(domain.weight_min, domain.weight_max) for domain in specification.domains]
    counts = counts_by_weight(ranges, items)
    return tuple(Share(domain, count) for domain, count in zip(specification.domains, counts, strict=True))


@dataclass(frozen=True)
class MockExamService:
    """What instructors do with outlines."""

    work: Work
    catalogue: CatalogueReader
    loader: BankLoader
    exams: ExamService
    campuses: CampusService
    courses: CourseDirectory

    def make_exam(self, actor: Actor, command: MakeMockExam) -> Exam:
        """Draft an exam from an outline. Raises NotFound, Forbidden, Invalid, MockExamRefused.

        A bank that ships is loaded first; its items wait for a second person's approval before it can be published.
        """
        if not actor.where(AUTHOR):
            raise Forbidden
        self._check(command)
        found = self.catalogue.get(command.certification, command.as_of)
        if command.shaped and found.certification.shape is None:
            raise Invalid(fields={"shaped": (text("We do not know the shape of this exam."),)})
        refuse_if(reasons_against(found.certification, found.specification, self.catalogue.today), MockExamRefused)
        home = self._home(actor, command.place)
        bank = self.loader.choose(actor, command.certification, command.bank, home)
        self.loader.map_by_objective(actor, bank, command.certification, found.specification)
        banks = (bank, *self.loader.borrowed(actor, bank, command.certification, home))
        return self.exams.draft(actor, self._draft(actor, command, found, banks))

    def places(self, actor: Actor) -> list[tuple[Scope, Titles]]:
        """Where the actor may make exams, the widest first: the site, campuses, courses."""
        found = [(SITE, THE_SITE)] if SITE in actor.where(AUTHOR) else []
        found += [(Scope("campus", str(one.id)), one.titles) for one in self.campuses.choices(actor, AUTHOR)]
        ids = self.courses.within(actor, AUTHOR)
        courses = self.courses.offered(actor) if ids is None else self.courses.titles(ids)
        return found + [(Scope("course", str(one)), titles) for one, titles in courses.items()]

    def _home(self, actor: Actor, place: Scope) -> Place:
        """Where a bank that ships is kept: the widest place around ``place`` that the actor may fill."""
        with self.work.read() as uow:
            around = scopes_of_place(uow, place_of(place))
        held = actor.where(IMPORT_ITEMS) & around
        return place_of(min(held, key=lambda one: KINDS.index(one.kind))) if held else place_of(place)

    def _draft(self, actor: Actor, command: MakeMockExam, found: Listed, banks: Sequence[Bank]) -> DraftExam:
        certification, outline = found.certification, found.specification
        items = {item.id: domains for bank in banks for item, domains in self.loader.items(actor, bank.id)}
        asked = ExamSpecification(
            bank_ids=tuple(bank.id for bank in banks),
            quotas=quotas(outline, self._length(command, found, items)),
            seconds=command.minutes * 60,
            languages=self._languages(actor, banks),
            pass_percent=ruler(certification, outline).cut * 100,
        )
        if command.shaped and certification.shape:
            asked = shaped(asked, certification.shape, self._pilots(actor, certification, banks))
        return DraftExam(
            self._titles(command, found), asked, place_of(command.place), certification.code, outline.as_of
        )

    def _pilots(self, actor: Actor, certification: Certification, banks: Sequence[Bank]) -> list[UUID]:
        """Items to try out: single questions of the credential's own bank last, since they are the fewest."""
        asked = {name for name, _, _ in certification.shape.types} if certification.shape else set()
        every = [one for bank in reversed(banks) for one in self.loader.items(actor, bank.id)]
        return [item.id for item, domains in every if certification.code in domains and item.type not in asked]

    def _length(self, command: MakeMockExam, found: Listed, items: Mapping[UUID, Mapping[str, str]]) -> int:
        shape, code = found.certification.shape, found.certification.code
        if not command.shaped or shape is None:
            return command.items
        there = [domains[code] for domains in items.values() if code in domains]
        return most_items(found.specification, shape, there) if command.shortened else shape.items

    def _titles(self, command: MakeMockExam, found: Listed) -> Titles:
        code, named = found.certification.code, found.certification.titles
        if not command.shaped:
            return Titles(f"{code} {named.ko} 모의고사", f"{code} {named.en} mock exam")
        ko, en = (
            f"실전 모의시험({found.certification.vendor} 형식)",
            f"simulation ({found.certification.vendor}-shaped)",
        )
        return Titles(f"{code} {named.ko} {ko}", f"{code} {named.en} {en}")

    def _languages(self, actor: Actor, banks: Sequence[Bank]) -> tuple[str, ...]:
        """The languages in which every item of the banks is written; all of ours for empty or mixed ones."""
        spoken = [set(item.languages.split()) for bank in banks for item, _ in self.loader.items(actor, bank.id)]
        common = set.intersection(*spoken) if spoken else set()
        return tuple(language for language in LANGUAGES if language in common) or LANGUAGES

    def _check(self, command: MakeMockExam) -> None:
        wrong: dict[str, tuple[Text, ...]] = {}
        if not 1 <= command.items <= MOST_ITEMS:
            wrong["items"] = (text("A mock exam has between 1 and %(most)s items.", most=MOST_ITEMS),)
        if not 1 <= command.minutes <= MOST_MINUTES:
            wrong["minutes"] = (text("A mock exam lasts between 1 and %(most)s minutes.", most=MOST_MINUTES),)
        if wrong:
            raise Invalid(fields=wrong)
