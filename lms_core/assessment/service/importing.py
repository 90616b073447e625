"""Inside an import: the plan against what a bank holds, its writing, and its undoing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.banks import SEE_BANK, Item, ItemVersion
from lms_core.assessment.domain.content_json import decode
from lms_core.assessment.domain.imports import Import, ImportInUse, ImportRow, Plan, PlannedRow, as_json
from lms_core.assessment.domain.items import canonical_hashes
from lms_core.assessment.domain.merging import feedback_lost
from lms_core.assessment.repository.banks import Banks
from lms_core.assessment.repository.imports import Imports
from lms_core.assessment.repository.items import Items
from lms_core.assessment.service.alikeness import NearStems
from lms_core.assessment.service.items import made_item, new_version
from lms_core.assessment.service.spooling import Spool, in_parts
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Refusal
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ReadItem

MOST_REASONS: Final = 200


@dataclass(frozen=True)
class Planned:
    """The verdicts on a whole file, on disk. Iterates over them in the file's order."""

    rows: Spool[PlannedRow]
    counts: Counter[str]
    alike: Mapping[str, Sequence[Problem]]
    compared: bool

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[PlannedRow]:
        for row in self.rows:
            more = self.alike.get(row.read.identifier, ()) if row.content else ()
            yield replace(row, problems=(*row.problems, *more)) if more else row


def planned(uow: UnitOfWork, actor: Actor, bank_id: UUID | None, found: Iterable[ReadItem]) -> Planned:
    """The verdict on every item of a file against the bank, with what other items say about it.

    Without a bank, the plan is made against nothing. Questions that are nearly the same are looked for among
    ``NEAR_LIMIT`` at most.
    """
    plan, rows, near = Plan(), Spool[PlannedRow](), NearStems(uow, bank_id)
    counts: Counter[str] = Counter()
    for part in in_parts(found):
        for row in _with_losses(uow, actor, _verdicts(uow, plan, bank_id, part)):
            rows.add(row)
            counts[row.verdict] += 1
            near.add(row)
    return Planned(rows, counts, near.told(), near.compared)


def _verdicts(uow: UnitOfWork, plan: Plan, bank_id: UUID | None, part: Sequence[ReadItem]) -> list[PlannedRow]:
    if bank_id is None:
        return plan.rows(part, {}, {})
    hashes = {one for read in part if read.content for one in canonical_hashes(read.content).values()}
    known = Items(uow).known(bank_id, {read.identifier for read in part})
    return plan.rows(part, known, Items(uow).asked_among(bank_id, hashes))


def _with_losses(uow: UnitOfWork, actor: Actor, rows: Sequence[PlannedRow]) -> list[PlannedRow]:
    """A warning at each new item that another bank, which the actor may see, holds with richer feedback."""
    poor = [row for row in rows if row.verdict == "created" and not row.read.has_choice_feedback and row.content]
    if not poor:
        return list(rows)
    seen = [bank.id for bank in Banks(uow).choices(actor, SEE_BANK)]
    hashes = {row.read.identifier: set(canonical_hashes(row.content).values()) for row in poor if row.content}
    twins = Items(uow).asking(seen, set().union(*hashes.values()))
    told = {
        row.read.identifier: [
            problem
            for asked in hashes[row.read.identifier]
            if row.content and asked in twins
            for problem in feedback_lost(twins[asked], row.content)
        ][:1]
        for row in poor
    }
    return [replace(row, problems=(*row.problems, *told.get(row.read.identifier, ()))) for row in rows]


@dataclass(frozen=True)
class ImportWriter:
    """Writes a plan: new items, new versions, and what became of every row."""

    uow: UnitOfWork
    clock: Clock
    done: Import

    def keep(self, rows: Iterable[PlannedRow]) -> None:
        """Write everything the plan keeps, some rows after some."""
        Imports(self.uow).add(self.done)
        number = 1
        for part in in_parts(rows):
            self._keep(number, part)
            number += len(part)

    def _keep(self, number: int, rows: Sequence[PlannedRow]) -> None:
        known = Items(self.uow).several([row.known.item_id for row in rows if row.verdict == "updated" and row.known])
        items, latest = {item.id: item for item in known}, Items(self.uow).latest(known)
        written = [self._written(row, items, latest) for row in rows]
        Items(self.uow).add(*(item for item, _ in written if item))
        Items(self.uow).settle()
        Items(self.uow).add(*(version for _, version in written if version))
        self._hash(rows, written)
        self._map(rows, written)
        self._remember(number, rows, written)
        Items(self.uow).forget(*(one for pair in written for one in pair if one), *latest.values())

    def _written(
        self, row: PlannedRow, items: Mapping[UUID, Item], latest: Mapping[UUID, ItemVersion]
    ) -> tuple[Item | None, ItemVersion | None]:
        if row.verdict == "created" and row.content:
            return made_item(self.done.bank_id, row.content, self.done.imported_by, self.done.id, self.clock)
        if row.verdict == "updated" and row.content and row.known:
            item = items[row.known.item_id]
            number = latest[item.id].number + 1
            by, source = self.done.imported_by, self.done.id
            version = new_version(item.id, number, row.content, by, source, self.clock)
            item.take(version.id, row.content, self.clock.now())
            return item, version
        return None, None

    def _hash(self, rows: Sequence[PlannedRow], written: Sequence[tuple[Item | None, ItemVersion | None]]) -> None:
        asked = [
            (item, canonical_hashes(row.content))
            for row, (item, _) in zip(rows, written, strict=True)
            if item and row.content
        ]
        Items(self.uow).unhash(item.id for item, _ in asked)
        Items(self.uow).hash_new(asked)

    def _map(self, rows: Sequence[PlannedRow], written: Sequence[tuple[Item | None, ItemVersion | None]]) -> None:
        """What a bank file says about domains holds for its items."""
        places: dict[tuple[str, str], list[UUID]] = defaultdict(list)
        for row, (item, _) in zip(rows, written, strict=True):
            if item and row.read.certification and row.read.domain:
                places[row.read.certification, row.read.domain].append(item.id)
        for (certification, domain), item_ids in places.items():
            Items(self.uow).map(item_ids, certification, domain)

    def _remember(
        self, first: int, rows: Sequence[PlannedRow], written: Sequence[tuple[Item | None, ItemVersion | None]]
    ) -> None:
        remembered = [
            ImportRow(
                id=new_id(),
                import_id=self.done.id,
                number=number,
                line=row.read.line,
                identifier=row.read.identifier[:200],
                verdict=row.verdict,
                item_id=item.id if item else None,
                version_id=version.id if version else None,
                previous_version_id=row.known.version_id if row.known and version else None,
                problems=[as_json(problem) for problem in row.problems],
            )
            for number, (row, (item, version)) in enumerate(zip(rows, written, strict=True), first)
        ]
        Imports(self.uow).add_rows(remembered)


def take_back(uow: UnitOfWork, import_id: UUID, now: datetime) -> None:
    """Undo what an import did. Raises ImportInUse, with the items that stand in the way."""
    reasons = [reason for part in Imports(uow).parts(import_id) for reason in _used(uow, part)]
    if reasons:
        raise ImportInUse(reasons=tuple(reasons[:MOST_REASONS]))
    for part in Imports(uow).parts(import_id):
        _take_back(uow, part, now)


def _take_back(uow: UnitOfWork, rows: Sequence[ImportRow], now: datetime) -> None:
    created = [row.item_id for row in rows if row.verdict == "created" and row.item_id]
    updated = [row for row in rows if row.verdict == "updated" and row.version_id and row.item_id]
    items = {item.id: item for item in Items(uow).several(row.item_id for row in updated if row.item_id)}
    for row in updated:
        _restore(uow, items, row, now)
    Items(uow).settle()
    Items(uow).drop_versions(row.version_id for row in updated if row.version_id)
    Items(uow).drop(created)
    Items(uow).forget(*items.values())


def _used(uow: UnitOfWork, rows: Sequence[ImportRow]) -> Iterator[Refusal]:
    changed = [row for row in rows if row.version_id and row.item_id]
    found = Items(uow).several(row.item_id for row in changed if row.item_id)
    items, asked = {item.id: item for item in found}, Items(uow).in_forms([item.id for item in found])
    for row in changed:
        if row.item_id and _is_used(row, items.get(row.item_id), asked):
            yield Refusal("item-in-use", text("“%(name)s” is approved, changed or asked.", name=row.identifier))
    Items(uow).forget(*found)


def _is_used(row: ImportRow, item: Item | None, asked: set[UUID]) -> bool:
    if item is None or item.latest_version_id != row.version_id:
        return True
    return item.approved_version_id == row.version_id or (row.verdict == "created" and item.id in asked)


def _restore(uow: UnitOfWork, items: Mapping[UUID, Item], row: ImportRow, now: datetime) -> None:
    if row.item_id is None or row.previous_version_id is None:
        return
    item, before = items[row.item_id], Items(uow).version(row.previous_version_id)
    content = decode(before.content)
    item.take(before.id, content, now)
    if item.approved_version_id == before.id:
        item.state = "approved"
    Items(uow).hash(item, canonical_hashes(content))
