"""Banks to make mock exams from: those of the site, and those that ship with catalogue plugins as bank files."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from cert_prep.domain.mock_exams import AUTHOR
from cert_prep.hooks import DatedSpecification, ItemBank
from cert_prep.service.catalogue import CatalogueReader
from lms_core.assessment.domain.banks import IMPORT_ITEMS, Bank, Item, OpenBank, SlugTaken
from lms_core.assessment.domain.exams import WHOLE_SITE, MapItems, Place
from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.service.banks import BankService, may_in
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.imports import ImportService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid, NotFound
from lms_core.foundation.paging import LARGEST, PageRequest
from lms_core.foundation.text import Titles, text
from lms_core.hooks.items import Provenance


@dataclass(frozen=True, slots=True)
class BankChoice:
    """A bank that a form offers. ``ships`` marks one that is not loaded yet; ``value`` is its id or short name."""

    value: str
    titles: Titles
    ships: bool


@dataclass(frozen=True)
class BankLoader:
    """Finds banks, loads the files that ship, and says which domain each item belongs to."""

    catalogue: CatalogueReader
    banks: BankService
    imports: ImportService
    exams: ExamService

    def choices(self, actor: Actor, code: str) -> list[BankChoice]:
        """What the actor can make an exam of this credential from: its own banks first, then any other."""
        known = self.banks.choices(actor)
        slugs = {bank.slug for bank in known}
        own = [BankChoice(str(bank.id), bank.titles, ships=False) for bank in known if bank.certification == code]
        others = [BankChoice(str(bank.id), bank.titles, ships=False) for bank in known if bank.certification != code]
        return [*own, *self._shipped(actor, code, slugs), *others]

    def choose(self, actor: Actor, code: str, chosen: str, place: Place) -> Bank:
        """The bank with this id or short name; one that ships is loaded into ``place`` first.

        Raises Invalid, Forbidden.
        """
        if not chosen:
            offered = self.choices(actor, code)
            chosen = offered[0].value if offered else ""
        ships = self.catalogue.banks().get(chosen)
        if ships is not None and ships.certification == code:
            return self.load(actor, ships, place)
        try:
            return self.banks.get(actor, UUID(chosen)).bank
        except (ValueError, NotFound) as unknown:
            raise Invalid(fields={"bank": (text("Choose one of the banks."),)}) from unknown

    def load(self, actor: Actor, ships: ItemBank, place: Place = WHOLE_SITE) -> Bank:
        """Bring the files of a bank in, as ``needs_review``; what is there already stays as it is.

        Raises Forbidden, or a refusal of a file.
        """
        bank = self._opened(actor, ships, place)
        given = Provenance(ships.licence, ships.attribution, source_url=ships.source)
        for file in sorted(ships.folder.glob("*.md")):
            with file.open("rb") as stream:
                self.imports.commit(actor, ImportFile(bank.slug, file.name, given), stream)
        return bank

    def borrowed(self, actor: Actor, bank: Bank, code: str, place: Place) -> list[Bank]:
        """The banks that this one borrows from for the credential, loaded and with their items in its domains."""
        ships = next((one for one in self.catalogue.banks().values() if bank.slug.startswith(one.slug)), None)
        if ships is None or ships.certification != code:
            return []
        found = []
        for lent in ships.borrows:
            if (other := self.catalogue.banks().get(lent.bank)) is not None:
                found.append(self.load(actor, other, place))
                self._lend(actor, found[-1], code, lent.domains)
        return found

    def _lend(self, actor: Actor, bank: Bank, code: str, domains: Mapping[str, str]) -> None:
        """Put items into the domains of another credential, by their objectives; those that lie in one stay there."""
        lent: Mapping[str, list[UUID]] = defaultdict(list)
        for item, known in self.items(actor, bank.id):
            if item.objective in domains and code not in known:
                lent[domains[item.objective]].append(item.id)
        for domain, ids in lent.items():
            self.exams.map_items(actor, MapItems(code, domain, tuple(ids)))

    def map_by_objective(self, actor: Actor, bank: Bank, code: str, specification: DatedSpecification) -> None:
        """Put items that no domain of this credential was named for into the one that their objective lies in."""
        if not may_in(actor, AUTHOR, bank):
            return
        found: Mapping[str, list[UUID]] = defaultdict(list)
        for item, domains in self.items(actor, bank.id):
            domain = next((one.id for one in specification.domains if _lies_in(item.objective, one.id)), "")
            if domain and code not in domains:
                found[domain].append(item.id)
        for domain, ids in found.items():
            self.exams.map_items(actor, MapItems(code, domain, tuple(ids)))

    def items(self, actor: Actor, bank_id: UUID) -> Iterator[tuple[Item, Mapping[str, str]]]:
        """Every item of a bank with its domains by credential."""
        number: int | None = 1
        while number:
            page = self.banks.items(actor, bank_id, PageRequest(number, LARGEST))
            yield from ((one.item, one.domains) for one in page.items)
            number = page.next

    def _opened(self, actor: Actor, ships: ItemBank, place: Place) -> Bank:
        """The bank that holds these files where the actor sees one, else a new one in ``place``."""
        # Two campuses may keep a copy each: the second one's gets a longer name.
        names = (ships.slug, f"{ships.slug}-{place.narrowest.id[-6:] or 'site'}")
        for name in names:
            if bank := self.banks.by_slug(actor, name):
                return bank
        for name in names:
            try:
                return self.banks.open(actor, OpenBank(name, ships.titles, place, ships.certification))
            except SlugTaken:
                continue
        raise SlugTaken

    def _shipped(self, actor: Actor, code: str, loaded: set[str]) -> list[BankChoice]:
        if not actor.where(IMPORT_ITEMS):
            return []
        every = self.catalogue.banks().values()
        fresh = [one for one in every if one.certification == code and one.slug not in loaded]
        return [BankChoice(one.slug, one.titles, ships=True) for one in fresh]


def _lies_in(objective: str, domain: str) -> bool:
    return objective == domain or objective.startswith(f"{domain}.")
