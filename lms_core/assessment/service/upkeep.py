"""Keeping a bank sound: what has to be read again, and which of its questions ask nearly the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from lms_core.assessment.domain.banks import REVIEW_ITEM, Item
from lms_core.assessment.domain.content_json import decode
from lms_core.assessment.domain.items import references_of
from lms_core.assessment.domain.likeness import (
    MOST_COMPARED,
    AlikePair,
    Likeness,
    LikenessDecided,
    LikenessDecision,
    alike_pairs,
    in_order,
)
from lms_core.assessment.domain.wording import Part, compared
from lms_core.assessment.repository.items import Items
from lms_core.assessment.repository.upkeep import Upkeep
from lms_core.assessment.service.banks import seen_bank
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import Work
from lms_core.hooks.items import Reference

SOON: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class StaleItem:
    """An item with those of its references that expire, the first to expire first, and who wrote the version."""

    item: Item
    references: Sequence[Reference]
    owner_id: UUID | None


@dataclass(frozen=True, slots=True)
class AlikeItems:
    """Two items that ask nearly the same: what differs by language, and what was decided on it."""

    first: Item
    second: Item
    similarity: float
    wording: Mapping[str, Sequence[Part]]
    decision: LikenessDecision | None


@dataclass(frozen=True, slots=True)
class AlikeFound:
    """One page of pairs. ``compared`` is False where the bank holds too many questions to compare them all."""

    page: Page[AlikeItems]
    compared: bool


@dataclass(frozen=True)
class UpkeepService:
    """What authors and reviewers look after in a bank."""

    work: Work
    clock: Clock
    settings: Settings

    @property
    def today(self) -> date:
        """The day it is where the site is."""
        return self.clock.now().astimezone(ZoneInfo(self.settings.time_zone)).date()

    def stale(self, actor: Actor, bank_id: UUID, request: PageRequest) -> Page[StaleItem]:
        """Items whose references have to be read again. Filter ``due``: "expired", "all", else within a month.

        Raises NotFound.
        """
        until = {"expired": self.today, "all": None}.get(request.filtered("due"), self.today + SOON)
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id)
            found = Upkeep(uow).expiring(bank_id, until, request)
        return found.map(lambda row: StaleItem(row[0], _expiring(row[1].content), row[1].created_by))

    def alike(self, actor: Actor, bank_id: UUID, request: PageRequest) -> AlikeFound:
        """Pairs of nearly equal questions, the most alike first. Filter ``state``: "decided", else undecided ones.

        Raises NotFound.
        """
        decided = request.filtered("state") == "decided"
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id)
            stems = Upkeep(uow).stems(bank_id, MOST_COMPARED + 1)
            decisions = Upkeep(uow).decisions(bank_id)
            if len(stems) > MOST_COMPARED:
                return AlikeFound(Page([], 0, 1, request.size), compared=False)
            pairs = [pair for pair in alike_pairs(stems) if ((pair.first_id, pair.second_id) in decisions) == decided]
            found = _cut(pairs, request)
            items = {item.id: item for item in Items(uow).several({i for one in found.items for i in _ids(one)})}
        return AlikeFound(found.map(lambda pair: _shown(pair, items, stems, decisions)), compared=True)

    def decide(self, actor: Actor, bank_id: UUID, one: UUID, another: UUID, verdict: Likeness) -> None:
        """Remember whether two items of a bank ask the same. Raises NotFound, Forbidden."""
        first, second = in_order(one, another)
        with self.work.write() as uow:
            bank = seen_bank(uow, actor, bank_id, REVIEW_ITEM)
            found = Items(uow).several([first, second])
            if len(found) != 2 or any(item.bank_id != bank_id for item in found):
                raise NotFound
            decision = LikenessDecision(first, second, bank_id, verdict, actor.person_id, self.clock.now())
            Upkeep(uow).decide(decision)
            uow.record(LikenessDecided(first, second), actor, bank.scopes)
            uow.commit()


def _expiring(content: dict[str, object]) -> Sequence[Reference]:
    found = [one for one in references_of(decode(content)) if one.expires_on]
    return sorted(found, key=lambda one: one.expires_on or date.max)


def _ids(pair: AlikePair) -> tuple[UUID, UUID]:
    return pair.first_id, pair.second_id


def _cut(pairs: Sequence[AlikePair], request: PageRequest) -> Page[AlikePair]:
    start = (request.number - 1) * request.size
    return Page(pairs[start : start + request.size], len(pairs), request.number, request.size)


def _shown(
    pair: AlikePair,
    items: Mapping[UUID, Item],
    stems: Mapping[UUID, Mapping[str, str]],
    decisions: Mapping[tuple[UUID, UUID], LikenessDecision],
) -> AlikeItems:
    before, after = stems[pair.first_id], stems[pair.second_id]
    wording = {language: compared(before[language], after[language]) for language in before if language in after}
    first, second = items[pair.first_id], items[pair.second_id]
    return AlikeItems(first, second, pair.similarity, wording, decisions.get(_ids(pair)))
