"""Inside an import: the plan against what a bank holds, its writing, and its undoing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from lms_core.assessment.domain.banks import SEE_BANK, Item, ItemVersion
from lms_core.assessment.domain.content_json import decode
from lms_core.assessment.domain.duplicates import near_duplicates
from lms_core.assessment.domain.findings import Problem, warning
from lms_core.assessment.domain.formats import ReadItem
from lms_core.assessment.domain.imports import Import, ImportInUse, ImportRow, PlannedRow, as_json, plan
from lms_core.assessment.domain.items import canonical_hashes
from lms_core.assessment.domain.merging import feedback_lost
from lms_core.assessment.repository.banks import Banks
from lms_core.assessment.repository.imports import Imports
from lms_core.assessment.repository.items import Items
from lms_core.assessment.service.items import made_item, new_version
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Refusal
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork


def planned(uow: UnitOfWork, actor: Actor, bank_id: UUID | None, found: Sequence[ReadItem]) -> list[PlannedRow]:
    """The verdict on every item of a file against the bank, with what other items say about it.

    Without a bank, the plan is made against nothing.
    """
    if bank_id is None:
        return _with_near_duplicates(_with_losses(uow, actor, plan(found, {}, {})), {})
    known = Items(uow).known(bank_id, {read.identifier for read in found})
    rows = _with_losses(uow, actor, plan(found, known, Items(uow).asked(bank_id)))
    return _with_near_duplicates(rows, dict(Items(uow).stems(bank_id)))


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


def _with_near_duplicates(rows: Sequence[PlannedRow], in_bank: Mapping[str, Mapping[str, str]]) -> list[PlannedRow]:
    """A warning at each kept row whose question is nearly that of an earlier row or of an item of the bank."""
    kept = {row.read.identifier: row for row in rows if row.content is not None}
    stems = {name: stem for name, stem in in_bank.items() if name not in kept}
    stems |= {name: row.content.stem for name, row in kept.items() if row.content is not None}
    told: dict[str, list[Problem]] = defaultdict(list)
    for language in dict.fromkeys(language for stem in stems.values() for language in stem):
        asked = [(name, stem[language]) for name, stem in stems.items() if language in stem]
        for pair in near_duplicates(asked):
            if pair.second in kept:
                told[pair.second].append(_nearly(pair.first, pair.similarity))
    return [replace(row, problems=(*row.problems, *told[row.read.identifier])) if row.content else row for row in rows]


def _nearly(name: str, similarity: float) -> Problem:
    percent = int(similarity * 100)
    message = text("The question is %(percent)s %% the same as “%(name)s”.", percent=percent, name=name)
    return warning("near-duplicate", message)


@dataclass(frozen=True)
class ImportWriter:
    """Writes a plan: new items, new versions, and what became of every row."""

    uow: UnitOfWork
    clock: Clock
    done: Import

    def keep(self, rows: Sequence[PlannedRow]) -> None:
        """Write everything the plan keeps."""
        written = [self._written(row) for row in rows]
        Items(self.uow).add(*(item for item, _ in written if item))
        Items(self.uow).settle()
        Items(self.uow).add(*(version for _, version in written if version))
        self._hash(rows, written)
        self._map(rows, written)
        self._remember(rows, written)

    def _written(self, row: PlannedRow) -> tuple[Item | None, ItemVersion | None]:
        if row.verdict == "created" and row.content:
            return made_item(self.done.bank_id, row.content, self.done.imported_by, self.done.id, self.clock)
        if row.verdict == "updated" and row.content and row.known:
            item = Items(self.uow).get(row.known.item_id)
            number = Items(self.uow).version(row.known.version_id).number + 1
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

    def _remember(self, rows: Sequence[PlannedRow], written: Sequence[tuple[Item | None, ItemVersion | None]]) -> None:
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
            for number, (row, (item, version)) in enumerate(zip(rows, written, strict=True), 1)
        ]
        Imports(self.uow).add(self.done, remembered)


def take_back(uow: UnitOfWork, rows: Iterable[ImportRow], now: datetime) -> None:
    """Undo what the rows did. Raises ImportInUse, with every item that stands in the way."""
    changed = [row for row in rows if row.version_id and row.item_id]
    items = {item.id: item for item in Items(uow).several(row.item_id for row in changed if row.item_id)}
    _refuse_used(uow, changed, items)
    created = [row.item_id for row in changed if row.verdict == "created" and row.item_id]
    updated = [row for row in changed if row.verdict == "updated"]
    for row in updated:
        _restore(uow, items, row, now)
    Items(uow).settle()
    Items(uow).drop_versions(row.version_id for row in updated if row.version_id)
    Items(uow).drop(created)


def _refuse_used(uow: UnitOfWork, rows: Sequence[ImportRow], items: Mapping[UUID, Item]) -> None:
    asked = Items(uow).in_forms(items)
    reasons = tuple(
        Refusal("item-in-use", text("“%(name)s” is approved, changed or asked.", name=row.identifier))
        for row in rows
        if row.item_id and _is_used(row, items.get(row.item_id), asked)
    )
    if reasons:
        raise ImportInUse(reasons=reasons)


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
