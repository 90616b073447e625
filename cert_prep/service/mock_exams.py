"""Making mock exams: a credential's outline becomes an exam whose counts follow the published weights."""

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
from cert_prep.hooks import DatedSpecification
from cert_prep.service.banks import BankLoader
from cert_prep.service.catalogue import CatalogueReader, Listed
from lms_core.assessment.domain.banks import IMPORT_ITEMS, Bank
from lms_core.assessment.domain.exams import WHOLE_SITE, DraftExam, Exam, Place
from lms_core.assessment.domain.specifications import LANGUAGES, ExamSpecification, Quota, counts_by_weight
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
        refuse_if(reasons_against(found.certification, found.specification, self.catalogue.today), MockExamRefused)
        bank = self.loader.choose(actor, command.certification, command.bank, self._home(actor, command.place))
        self.loader.map_by_objective(actor, bank, command.certification, found.specification)
        return self.exams.draft(actor, self._draft(actor, command, found, bank))

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

    def _draft(self, actor: Actor, command: MakeMockExam, found: Listed, bank: Bank) -> DraftExam:
        certification, specification = found.certification, found.specification
        quotas = tuple(
            Quota(share.domain.id, share.items, share.domain.titles, share.domain.weight_min, share.domain.weight_max)
            for share in shares(specification, command.items)
        )
        asked = ExamSpecification(
            bank_ids=(bank.id,),
            quotas=quotas,
            seconds=command.minutes * 60,
            languages=self._languages(actor, bank),
            pass_percent=ruler(certification, specification).cut * 100,
        )
        code, named = certification.code, certification.titles
        titles = Titles(f"{code} {named.ko} 모의고사", f"{code} {named.en} mock exam")
        return DraftExam(titles, asked, place_of(command.place), code, specification.as_of)

    def _languages(self, actor: Actor, bank: Bank) -> tuple[str, ...]:
        """The languages in which every item of the bank is written; all of ours for one that is empty or mixed."""
        spoken = [set(item.languages.split()) for item, _ in self.loader.items(actor, bank.id)]
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
