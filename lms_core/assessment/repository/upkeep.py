"""Keeping a bank sound: references to read again, and questions that are nearly equal. The SQL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from lms_core.assessment.domain.banks import Item, ItemVersion
from lms_core.assessment.domain.likeness import LikenessDecision
from lms_core.assessment.tables.items import item_versions, items, likenesses
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Upkeep:
    """What is to be looked at in a bank, inside one unit of work."""

    uow: UnitOfWork

    def expiring(self, bank_id: UUID, until: date | None, request: PageRequest) -> Page[tuple[Item, ItemVersion]]:
        """One page of the items with a reference to read again by ``until`` (None: whenever), the first due first."""
        newest = item_versions.c.id == items.c.latest_version_id
        found = select(Item).add_columns(ItemVersion).join(item_versions, newest)
        found = found.where(items.c.bank_id == bank_id, items.c.state != "retired")
        expire_on = items.c.references_expire_on
        found = found.where(expire_on.is_not(None) if until is None else expire_on <= until)
        if request.search:
            found = found.where(items.c.identifier.icontains(request.search, autoescape=True))
        return page(self.uow, found.order_by(expire_on, items.c.id), request).map(lambda row: (row[0], row[1]))

    def stems(self, bank_id: UUID, most: int) -> Mapping[UUID, Mapping[str, str]]:
        """The question by language of at most so many items that are not retired."""
        asked = select(items.c.id, item_versions.c.content["stem"].label("stem"))
        asked = asked.join(item_versions, item_versions.c.id == items.c.latest_version_id)
        mine = asked.where(items.c.bank_id == bank_id, items.c.state != "retired").order_by(items.c.identifier)
        return {row.id: row.stem for row in self.uow.session.execute(mine.limit(most))}

    def named_stems(self, bank_id: UUID, most: int) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The identifier and question by language of at most so many items, retired ones with them."""
        joined = select(items.c.identifier, item_versions.c.content["stem"]).join(
            item_versions, item_versions.c.id == items.c.latest_version_id
        )
        rows = self.uow.session.execute(joined.where(items.c.bank_id == bank_id).limit(most))
        return ((identifier, stem) for identifier, stem in rows)

    def decisions(self, bank_id: UUID) -> Mapping[tuple[UUID, UUID], LikenessDecision]:
        """What was decided on pairs of a bank, by their ids."""
        mine = select(LikenessDecision).where(likenesses.c.bank_id == bank_id)
        return {(one.first_id, one.second_id): one for one in self.uow.session.scalars(mine)}

    def decide(self, decision: LikenessDecision) -> None:
        """Keep a decision; it takes the place of an earlier one on the same pair."""
        self.uow.session.merge(decision)
