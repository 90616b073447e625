"""Banks: opening and finding them, and what is in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.banks import (
    AUTHOR_ITEM,
    SEE_BANK,
    Bank,
    BankOpened,
    Item,
    OpenBank,
    SlugTaken,
    headline_in,
)
from lms_core.assessment.domain.content_json import decode
from lms_core.assessment.domain.exams import WHOLE_SITE
from lms_core.assessment.repository.banks import Banks
from lms_core.assessment.repository.items import Items
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.text import Text, text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.items import ItemContent

SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class BankListed:
    """A bank with the number of its items by state."""

    bank: Bank
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many items it holds."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class ItemListed:
    """An item as the list of its bank shows it: with its domains by certification."""

    item: Item
    domains: Mapping[str, str]

    @property
    def choice(self) -> str:
        """What a bulk action sends for this row: the item and the version that was looked at."""
        return f"{self.item.id}.{self.item.latest_version_id}"

    @property
    def title(self) -> str:
        """How the row is called."""
        return self.item.identifier

    def question(self, language: str) -> str:
        """The question in one line, in ``language`` if it is written in it."""
        return headline_in(self.item.stem, self.item.languages, language)


@dataclass(frozen=True)
class BankService:
    """What can be done with whole banks."""

    work: Work
    clock: Clock

    def find(self, actor: Actor, request: PageRequest) -> Page[BankListed]:
        """Those the actor may see, by title."""
        with self.work.read() as uow:
            found = Banks(uow).listed(request, actor, SEE_BANK)
            counts = Items(uow).counts(bank.id for bank in found.items)
        return found.map(lambda bank: BankListed(bank, counts.get(bank.id, {})))

    def choices(self, actor: Actor, permission: str = SEE_BANK) -> list[Bank]:
        """Every bank where the actor holds ``permission``, for a form to choose from."""
        with self.work.read() as uow:
            return Banks(uow).choices(actor, permission)

    def get(self, actor: Actor, bank_id: UUID) -> BankListed:
        """One bank. Raises NotFound, also where the actor may not see it."""
        with self.work.read() as uow:
            bank = seen_bank(uow, actor, bank_id)
            return BankListed(bank, Items(uow).counts([bank_id]).get(bank_id, {}))

    def by_slug(self, actor: Actor, slug: str) -> Bank | None:
        """The bank of that short name, if the actor may see one."""
        with self.work.read() as uow:
            bank = Banks(uow).by_slug(slug)
        return bank if bank and may_in(actor, SEE_BANK, bank) else None

    def items(self, actor: Actor, bank_id: UUID, request: PageRequest) -> Page[ItemListed]:
        """One page of a bank's items. Filters: state, type, difficulty, objective, language, domain."""
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id)
            found = Items(uow).listed(bank_id, request)
            domains = Items(uow).domains(item.id for item in found.items)
        return found.map(lambda item: ItemListed(item, domains.get(item.id, {})))

    def objectives(self, actor: Actor, bank_id: UUID) -> list[str]:
        """The objectives that occur in a bank, for its filter."""
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id)
            return Items(uow).objectives(bank_id)

    def contents(self, actor: Actor, bank_id: UUID) -> tuple[ItemContent, ...]:
        """Every item of a bank as it is newest, by identifier."""
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id)
            newest = Items(uow).contents(bank_id)
            return tuple(decode(content) for content in newest)

    def open(self, actor: Actor, command: OpenBank) -> Bank:
        """Make a bank. Raises Forbidden, Invalid, SlugTaken."""
        check_bank(command)
        with self.work.write() as uow:
            bank = open_bank(uow, actor, command, self.clock)
            uow.commit()
        return bank


def seen_bank(uow: UnitOfWork, actor: Actor, bank_id: UUID, permission: str = SEE_BANK) -> Bank:
    """The bank, if the actor may see it and holds ``permission`` on it. Raises NotFound, Forbidden."""
    bank = Banks(uow).get(bank_id)
    require_in(actor, permission, bank)
    return bank


def may_in(actor: Actor, permission: str, bank: Bank) -> bool:
    """Whether the actor may do this in the bank. One of the whole site is open to whoever may do it anywhere."""
    return actor.may(permission, bank.scopes) or (bank.place == WHOLE_SITE and bool(actor.where(permission)))


def require_in(actor: Actor, permission: str, bank: Bank) -> None:
    """Raise NotFound where the actor may not see the bank, Forbidden where they may not do this in it."""
    if not may_in(actor, SEE_BANK, bank):
        actor.require_seen(SEE_BANK, bank.scopes)
    if not may_in(actor, permission, bank):
        actor.require(permission, bank.scopes)


def open_bank(uow: UnitOfWork, actor: Actor, command: OpenBank, clock: Clock) -> Bank:
    """A new bank inside a unit of work. Raises Forbidden, SlugTaken."""
    actor.require(AUTHOR_ITEM, command.place.scopes)
    if Banks(uow).by_slug(command.slug):
        raise SlugTaken
    titles, place = command.titles, command.place
    bank = Bank(new_id(), command.slug, titles, place, command.certification, actor.person_id, clock.now())
    Banks(uow).add(bank)
    uow.record(BankOpened(bank.id), actor, bank.scopes)
    return bank


def check_bank(command: OpenBank) -> None:
    """Raise Invalid, with every fault, unless the names of a bank can stand."""
    wrong: dict[str, tuple[Text, ...]] = {}
    if not SLUG.fullmatch(command.slug) or len(command.slug) > 64:
        wrong["slug"] = (text("Use lower-case letters, digits and hyphens, such as “azure-ko”."),)
    for name, title in (("title_ko", command.titles.ko), ("title_en", command.titles.en)):
        if not title.strip() or len(title) > 200:
            wrong[name] = (text("Give a title of at most 200 characters."),)
    if wrong:
        raise Invalid(fields=wrong)
