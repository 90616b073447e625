"""Items: writing versions, and what one item has been."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.banks import (
    AUTHOR_ITEM,
    SEE_BANK,
    Bank,
    IdentifierTaken,
    Item,
    ItemChanged,
    ItemInvalid,
    ItemReview,
    ItemVersion,
    ItemWritten,
    SameItem,
    WriteItem,
    headline,
)
from lms_core.assessment.domain.checks import problems
from lms_core.assessment.domain.content_json import decode, encode
from lms_core.assessment.domain.dirt import doubts
from lms_core.assessment.domain.items import canonical_hashes, references_expire_on
from lms_core.assessment.domain.wording import Change, changes
from lms_core.assessment.repository.items import Items
from lms_core.assessment.service.banks import seen_bank
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import NotFound, Refusal
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.findings import Problem
from lms_core.hooks.items import ItemContent


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An item with its bank, its versions and decisions (newest first), what is doubtful about it, its exposure."""

    item: Item
    bank: Bank
    version: ItemVersion
    content: ItemContent
    versions: Sequence[ItemVersion]
    reviews: Sequence[ItemReview]
    domains: Mapping[str, str]
    doubts: tuple[Problem, ...]
    shown: int
    successor: Item | None

    @property
    def is_newest(self) -> bool:
        """Whether the version shown is the newest one."""
        return self.version.id == self.item.latest_version_id


@dataclass(frozen=True, slots=True)
class VersionsCompared:
    """Two versions of an item and what changed between them, with all its versions, the newest first."""

    item: Item
    bank: Bank
    versions: Sequence[ItemVersion]
    before: ItemVersion
    after: ItemVersion
    changes: Sequence[Change]


@dataclass(frozen=True)
class ItemService:
    """What authors do with one item."""

    work: Work
    clock: Clock

    def get(self, actor: Actor, item_id: UUID, version_id: UUID | None = None) -> ItemShown:
        """The item as it is newest, or in one of its versions. Raises NotFound."""
        with self.work.read() as uow:
            item, bank = seen_item(uow, actor, item_id)
            version = Items(uow).version(version_id or item.latest_version_id)
            if version.item_id != item_id:
                raise NotFound
            versions, reviews = Items(uow).versions(item_id), Items(uow).reviews(item_id)
            domains = Items(uow).domains([item_id]).get(item_id, {})
            shown = Items(uow).exposure(item_id)
            successor = Items(uow).get(item.successor_id) if item.successor_id else None
        content = decode(version.content)
        return ItemShown(item, bank, version, content, versions, reviews, domains, doubts(content), shown, successor)

    def compare(
        self, actor: Actor, item_id: UUID, before_id: UUID | None = None, after_id: UUID | None = None
    ) -> VersionsCompared:
        """What changed from one version to another: from the last but one to the newest where none are named.

        Raises NotFound.
        """
        with self.work.read() as uow:
            item, bank = seen_item(uow, actor, item_id)
            versions = Items(uow).versions(item_id)
        after = _version(versions, after_id) if after_id else versions[0]
        earlier = [one for one in versions if one.number < after.number]
        before = _version(versions, before_id) if before_id else (earlier[0] if earlier else after)
        found = changes(decode(before.content), decode(after.content))
        return VersionsCompared(item, bank, versions, before, after, found)

    def write(self, actor: Actor, command: WriteItem) -> Item:
        """Keep a new item, or a new version of one, for a second person to review.

        Raises NotFound, Forbidden, ItemInvalid, ItemChanged, IdentifierTaken, SameItem. A version that says
        nothing new is not kept.
        """
        check_content(command.content)
        with self.work.write() as uow:
            bank = seen_bank(uow, actor, command.bank_id, AUTHOR_ITEM)
            item = self._rewritten(uow, actor, command) if command.item_id else self._new(uow, actor, command)
            uow.record(ItemWritten(item.id, item.latest_version_id), actor, bank.scopes)
            uow.commit()
        return item

    def _new(self, uow: UnitOfWork, actor: Actor, command: WriteItem) -> Item:
        if Items(uow).by_identifier(command.bank_id, command.content.identifier):
            raise IdentifierTaken
        _refuse_twin(uow, command.bank_id, command.content)
        item, version = made_item(command.bank_id, command.content, actor.person_id, None, self.clock)
        Items(uow).add(item)
        Items(uow).settle()
        Items(uow).add(version)
        Items(uow).hash(item, canonical_hashes(command.content))
        return item

    def _rewritten(self, uow: UnitOfWork, actor: Actor, command: WriteItem) -> Item:
        item, _ = seen_item(uow, actor, command.item_id or new_id(), AUTHOR_ITEM)
        versions = Items(uow).versions(item.id)
        if item.bank_id != command.bank_id:
            raise NotFound
        if command.read not in {None, item.latest_version_id}:
            raise ItemChanged
        if versions[0].content == encode(command.content):
            return item
        _refuse_twin(uow, item.bank_id, command.content)
        number = versions[0].number + 1
        version = new_version(item.id, number, command.content, actor.person_id, None, self.clock)
        item.take(version.id, command.content, self.clock.now())
        Items(uow).add(version)
        Items(uow).hash(item, canonical_hashes(command.content))
        return item


def seen_item(uow: UnitOfWork, actor: Actor, item_id: UUID, permission: str = SEE_BANK) -> tuple[Item, Bank]:
    """The item and its bank, if the actor may see them and holds ``permission``. Raises NotFound, Forbidden."""
    item = Items(uow).get(item_id)
    return item, seen_bank(uow, actor, item.bank_id, permission)


def _version(versions: Sequence[ItemVersion], version_id: UUID) -> ItemVersion:
    found = next((one for one in versions if one.id == version_id), None)
    if found is None:
        raise NotFound
    return found


def check_content(content: ItemContent) -> None:
    """Raise ItemInvalid, with every reason, if the item breaks a rule."""
    found = problems(content)
    if not content.identifier.strip():
        found = (Problem("no-identifier", text("Give the item an identifier.")), *found)
    if found:
        raise ItemInvalid(reasons=tuple(Refusal(problem.rule, problem.text) for problem in found))


def made_item(
    bank_id: UUID, content: ItemContent, created_by: UUID | None, import_id: UUID | None, clock: Clock
) -> tuple[Item, ItemVersion]:
    """A new item with its first version, to be reviewed."""
    item_id, now = new_id(), clock.now()
    version = new_version(item_id, 1, content, created_by, import_id, clock)
    item = Item(
        id=item_id,
        bank_id=bank_id,
        identifier=content.identifier,
        type=content.type,
        state="needs_review",
        latest_version_id=version.id,
        approved_version_id=None,
        stem=headline(content),
        objective=content.objective,
        difficulty=content.difficulty or "",
        languages=" ".join(content.languages),
        created_at=now,
        changed_at=now,
    )
    item.references_expire_on = references_expire_on(content)
    return item, version


def new_version(
    item_id: UUID,
    number: int,
    content: ItemContent,
    created_by: UUID | None,
    import_id: UUID | None,
    clock: Clock,
) -> ItemVersion:
    """A version that says ``content`` from now on."""
    return ItemVersion(new_id(), item_id, number, encode(content), created_by, import_id, clock.now())


def _refuse_twin(uow: UnitOfWork, bank_id: UUID, content: ItemContent) -> None:
    asked = Items(uow).asked_among(bank_id, canonical_hashes(content).values())
    twins = {asked.get(language_hash) for language_hash in canonical_hashes(content).items()}
    others = sorted(name for name in twins if name and name != content.identifier)
    if others:
        raise SameItem(text("“%(name)s” asks exactly this. Change the question or a choice.", name=others[0]))
