"""Approval by a second person, one item or many, retirement, and the domains items belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lms_core.assessment.domain.banks import (
    AUTHOR_ITEM,
    REVIEW_ITEM,
    Bank,
    Item,
    ItemReview,
    ItemReviewed,
    ItemVersion,
    OwnWork,
    RetireItem,
    ReviewItem,
    ReviewOutdated,
    Verdict,
)
from lms_core.assessment.repository.items import Items
from lms_core.assessment.service.banks import seen_bank
from lms_core.assessment.service.items import seen_item
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Invalid, LmsError, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import Text, text
from lms_core.foundation.uow import UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that a bulk action left alone, and why."""

    identifier: str
    reason: Text


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What a bulk action did."""

    done: int
    skipped: tuple[Skipped, ...] = ()


@dataclass(frozen=True)
class ReviewService:
    """What reviewers do with items."""

    work: Work
    clock: Clock

    def review(self, actor: Actor, command: ReviewItem) -> Item:
        """Approve or return a version. Raises NotFound, Forbidden, OwnWork, ReviewOutdated, Invalid."""
        if command.verdict == "returned" and not command.note.strip():
            raise Invalid(fields={"note": (text("Tell the author what to change."),)})
        with self.work.write() as uow:
            item, bank = seen_item(uow, actor, command.item_id, REVIEW_ITEM)
            version = Items(uow).version(item.latest_version_id)
            self._decide(uow, actor, bank, item, version, command)
            uow.commit()
        return item

    def approve(self, actor: Actor, bank_id: UUID, chosen: Sequence[tuple[UUID, UUID]]) -> BulkOutcome:
        """Approve several (item, version read) of a bank; what cannot be approved is left alone and told."""
        with self.work.write() as uow:
            bank = seen_bank(uow, actor, bank_id, REVIEW_ITEM)
            found = {item.id: item for item in Items(uow).several(item_id for item_id, _ in chosen)}
            if any(item.bank_id != bank_id for item in found.values()) or len(found) < len(dict(chosen)):
                raise NotFound
            versions = Items(uow).latest(found.values())
            skipped = []
            for item_id, version_id in chosen:
                reason = self._approve(uow, actor, bank, found[item_id], versions[item_id], version_id)
                if reason:
                    skipped.append(Skipped(found[item_id].identifier, reason))
            uow.commit()
        return BulkOutcome(len(chosen) - len(skipped), tuple(skipped))

    def retire(self, actor: Actor, command: RetireItem) -> Item:
        """Ask an item no more; past attempts keep it. Raises NotFound, Forbidden, Invalid."""
        if not command.why.strip():
            raise Invalid(fields={"why": (text("Say why it is asked no more."),)})
        with self.work.write() as uow:
            item, bank = seen_item(uow, actor, command.item_id, REVIEW_ITEM)
            item.retire(command.why.strip(), _successor(uow, item, command.successor), self.clock.now())
            Items(uow).retire_forms(item.id)
            uow.record(ItemReviewed(item.id, item.latest_version_id), actor, bank.scopes)
            uow.commit()
        return item

    def map(self, actor: Actor, bank_id: UUID, certification: str, domain: str, item_ids: Sequence[UUID]) -> int:
        """Put items of a bank into a domain of a certification (none if ``domain`` is empty): how many.

        Raises NotFound, Forbidden, Invalid.
        """
        if not certification or len(certification) > 40 or len(domain) > 80:
            raise Invalid(fields={"certification": (text("Name a certification, such as AI-901."),)})
        with self.work.write() as uow:
            seen_bank(uow, actor, bank_id, AUTHOR_ITEM)
            found = Items(uow).several(item_ids)
            if any(item.bank_id != bank_id for item in found) or len(found) < len(set(item_ids)):
                raise NotFound
            Items(uow).map([item.id for item in found], certification, domain)
            uow.commit()
        return len(found)

    def _approve(
        self, uow: UnitOfWork, actor: Actor, bank: Bank, item: Item, version: ItemVersion, read: UUID
    ) -> Text | None:
        if item.state == "approved":
            return text("It is approved already.")
        try:
            self._decide(uow, actor, bank, item, version, ReviewItem(item.id, read, "approved"))
        except LmsError as refused:
            return refused.reason
        return None

    def _decide(
        self, uow: UnitOfWork, actor: Actor, bank: Bank, item: Item, version: ItemVersion, command: ReviewItem
    ) -> None:
        if command.version_id != version.id:
            raise ReviewOutdated
        if command.verdict == "approved" and not version.may_be_approved_by(actor.person_id):
            raise OwnWork
        self._keep(uow, actor, item, command.verdict, command.note)
        uow.record(ItemReviewed(item.id, command.version_id), actor, bank.scopes)

    def _keep(self, uow: UnitOfWork, actor: Actor, item: Item, verdict: Verdict, note: str) -> None:
        now = self.clock.now()
        item.decide(verdict, item.latest_version_id, now)
        review = ItemReview(new_id(), item.id, item.latest_version_id, verdict, note, actor.person_id, now)
        Items(uow).add(review)


def _successor(uow: UnitOfWork, item: Item, identifier: str) -> UUID | None:
    """The item of the same bank that is asked instead. Raises Invalid if there is none of that name."""
    if not identifier.strip():
        return None
    found = Items(uow).by_identifier(item.bank_id, identifier.strip())
    if found is None or found.id == item.id:
        raise Invalid(fields={"successor": (text("This bank has no other item of this name."),)})
    return found.id
