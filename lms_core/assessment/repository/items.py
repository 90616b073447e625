"""Items inside one unit of work: the SQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from lms_core.assessment.domain.banks import Item, ItemReview, ItemVersion, SameItem
from lms_core.assessment.domain.content_json import decode
from lms_core.assessment.domain.imports import KnownItem
from lms_core.assessment.tables.exams import form_slots, forms, item_domains
from lms_core.assessment.tables.items import item_hashes, item_reviews, item_versions, items
from lms_core.foundation.errors import Conflict, NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.items import ItemContent

SORTS = {
    "identifier": items.c.identifier,
    "changed": items.c.changed_at,
    "state": items.c.state,
    "objective": items.c.objective,
    "difficulty": items.c.difficulty,
}
FILTERS = {
    "state": items.c.state,
    "type": items.c.type,
    "difficulty": items.c.difficulty,
    "objective": items.c.objective,
}
Value = TypeVar("Value")
# SQLite takes at most 32,766 values in one statement; a few hundred at once are as quick.
AT_ONCE = 400


@dataclass(frozen=True)
class Items:
    """Items, their versions, reviews and hashes."""

    uow: UnitOfWork

    def get(self, item_id: UUID) -> Item:
        """The item. Raises NotFound."""
        found = self.uow.session.get(Item, item_id)
        if found is None:
            raise NotFound
        return found

    def several(self, item_ids: Iterable[UUID]) -> list[Item]:
        """Those of ``item_ids`` that exist."""
        return [
            found
            for some in parts(list(item_ids))
            for found in self.uow.session.scalars(select(Item).where(items.c.id.in_(some)))
        ]

    def by_identifier(self, bank_id: UUID, identifier: str) -> Item | None:
        """The bank's item of that name, if there is one."""
        named = and_(items.c.bank_id == bank_id, items.c.identifier == identifier)
        return self.uow.session.scalar(select(Item).where(named))

    def listed(self, bank_id: UUID, request: PageRequest) -> Page[Item]:
        """One page of a bank. Filters: state, type, difficulty, objective, language, domain ("-" for none)."""
        return page(self.uow, _ordered(_filtered(select(Item), bank_id, request), request.sort), request)

    def counts(self, bank_ids: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
        """How many items of each state each bank holds, in one query."""
        counted = select(items.c.bank_id, items.c.state, func.count()).group_by(items.c.bank_id, items.c.state)
        found: dict[UUID, dict[str, int]] = {}
        for bank_id, state, count in self.uow.session.execute(counted.where(items.c.bank_id.in_(list(bank_ids)))):
            found.setdefault(bank_id, {})[state] = count
        return found

    def objectives(self, bank_id: UUID) -> list[str]:
        """The objectives that occur in a bank."""
        named = select(items.c.objective).where(items.c.bank_id == bank_id, items.c.objective != "")
        return list(self.uow.session.scalars(named.distinct().order_by(items.c.objective)))

    def version(self, version_id: UUID) -> ItemVersion:
        """A version. Raises NotFound."""
        found = self.uow.session.get(ItemVersion, version_id)
        if found is None:
            raise NotFound
        return found

    def versions(self, item_id: UUID) -> Sequence[ItemVersion]:
        """Every version of an item, the newest first."""
        mine = select(ItemVersion).where(item_versions.c.item_id == item_id)
        return self.uow.session.scalars(mine.order_by(item_versions.c.number.desc())).all()

    def latest(self, found: Iterable[Item]) -> dict[UUID, ItemVersion]:
        """The newest version of each item, by item."""
        ids = [item.latest_version_id for item in found]
        return {
            version.item_id: version
            for some in parts(ids)
            for version in self.uow.session.scalars(select(ItemVersion).where(item_versions.c.id.in_(some)))
        }

    def reviews(self, item_id: UUID) -> Sequence[ItemReview]:
        """Every decision on an item, the newest first."""
        mine = select(ItemReview).where(item_reviews.c.item_id == item_id)
        return self.uow.session.scalars(mine.order_by(item_reviews.c.reviewed_at.desc())).all()

    def known(self, bank_id: UUID, identifiers: Iterable[str]) -> dict[str, KnownItem]:
        """The bank's items of these names with the content of their newest versions."""
        joined = select(items.c.identifier, items.c.id, item_versions.c.id, item_versions.c.content).join(
            item_versions, item_versions.c.id == items.c.latest_version_id
        )
        return {
            identifier: KnownItem(item_id, version_id, decode(content))
            for some in parts(list(identifiers))
            for identifier, item_id, version_id, content in self.uow.session.execute(
                joined.where(items.c.bank_id == bank_id, items.c.identifier.in_(some))
            )
        }

    def asked_among(self, bank_id: UUID, hashes: Iterable[str]) -> dict[tuple[str, str], str]:
        """Which item asks one of ``hashes``: the identifier by (language, canonical hash)."""
        joined = select(item_hashes.c.language, item_hashes.c.hash, items.c.identifier).join(items)
        return {
            (language, question): identifier
            for some in parts(sorted(hashes))
            for language, question, identifier in self.uow.session.execute(
                joined.where(item_hashes.c.bank_id == bank_id, item_hashes.c.hash.in_(some))
            )
        }

    def asking(self, bank_ids: Sequence[UUID], hashes: Iterable[str]) -> dict[str, ItemContent]:
        """What items of these banks say that ask one of ``hashes``, by hash; any one of several."""
        joined = (
            select(item_hashes.c.hash, item_versions.c.content)
            .join(items, items.c.id == item_hashes.c.item_id)
            .join(item_versions, item_versions.c.id == items.c.latest_version_id)
        )
        return {
            question: decode(content)
            for some in parts(sorted(hashes))
            for question, content in self.uow.session.execute(
                joined.where(item_hashes.c.bank_id.in_(bank_ids), item_hashes.c.hash.in_(some))
            )
        }

    def contents(self, bank_id: UUID) -> list[dict[str, Any]]:
        """What every item of a bank says now, as JSON, by identifier."""
        joined = select(item_versions.c.content).join(items, item_versions.c.id == items.c.latest_version_id)
        mine = joined.where(items.c.bank_id == bank_id, items.c.state != "retired")
        return list(self.uow.session.scalars(mine.order_by(items.c.identifier)))

    def revision(self, bank_id: UUID) -> tuple[Any, ...]:
        """What no bank has twice: it is another one after any change to any of its items."""
        counted = select(func.count(), func.sum(items.c.version), func.max(items.c.changed_at))
        return tuple(self.uow.session.execute(counted.where(items.c.bank_id == bank_id)).one())

    def exported(self, bank_id: UUID, *, approved: bool) -> Iterator[dict[str, Any]]:
        """What items of a bank say, as JSON, by identifier, a few at a time: as approved, or all as they are newest."""
        version = items.c.approved_version_id if approved else items.c.latest_version_id
        joined = select(items.c.identifier, item_versions.c.content).join(items, item_versions.c.id == version)
        mine = joined.where(items.c.bank_id == bank_id, items.c.state != "retired").order_by(items.c.identifier)
        last: str | None = None
        # From name to name: reads stand in no transaction, so that no cursor could stay open.
        while some := self.uow.session.execute(_after(mine, last).limit(AT_ONCE)).all():
            yield from (content for _, content in some)
            last = some[-1].identifier

    def add(self, *kept: Item | ItemVersion | ItemReview) -> None:
        """Keep what is new."""
        self.uow.session.add_all(kept)

    def forget(self, *written: Item | ItemVersion) -> None:
        """Hold these no longer in memory, now that they are written."""
        for one in written:
            self.uow.session.expunge(one)

    def hash(self, item: Item, hashes: Mapping[str, str]) -> None:
        """Let ``hashes`` be what the item asks, by language."""
        self.unhash([item.id])
        self.hash_new([(item, hashes)])

    def unhash(self, item_ids: Iterable[UUID]) -> None:
        """Forget what these items ask."""
        for some in parts(list(item_ids)):
            self.uow.session.execute(delete(item_hashes).where(item_hashes.c.item_id.in_(some)))

    def hash_new(self, asked: Iterable[tuple[Item, Mapping[str, str]]]) -> None:
        """Keep what new items ask."""
        rows = [
            {"bank_id": item.bank_id, "language": language, "hash": question, "item_id": item.id}
            for item, hashes in asked
            for language, question in hashes.items()
        ]
        self.settle()
        if rows:
            with _no_twin():
                self.uow.session.execute(insert(item_hashes), rows)

    def settle(self) -> None:
        """Write what waits. Raises SameItem or Conflict if somebody else wrote the same in this moment."""
        with _no_twin():
            self.uow.session.flush()

    def in_forms(self, item_ids: Iterable[UUID]) -> set[UUID]:
        """Those of the items that a form asks."""
        return {
            found
            for some in parts(list(item_ids))
            for found in self.uow.session.scalars(
                select(form_slots.c.item_id).where(form_slots.c.item_id.in_(some)).distinct()
            )
        }

    def retire_forms(self, item_id: UUID) -> None:
        """Hand out no form any more that asks this item; whoever has begun keeps theirs."""
        asking = select(form_slots.c.form_id).where(form_slots.c.item_id == item_id)
        self.uow.session.execute(update(forms).where(forms.c.id.in_(asking)).values(retired=True))

    def exposure(self, item_id: UUID) -> int:
        """In how many attempts the item was shown. A case has several slots: its first question counts for it."""
        shown = select(func.coalesce(func.sum(forms.c.uses), 0)).join_from(form_slots, forms)
        asked = shown.where(form_slots.c.item_id == item_id, form_slots.c.part <= 1)
        return int(self.uow.session.scalar(asked) or 0)

    def drop(self, item_ids: Iterable[UUID]) -> None:
        """Delete items with everything that hangs on them."""
        for some in parts(list(item_ids)):
            self.uow.session.execute(delete(items).where(items.c.id.in_(some)))

    def drop_versions(self, version_ids: Iterable[UUID]) -> None:
        """Delete versions that nothing uses."""
        for some in parts(list(version_ids)):
            self.uow.session.execute(delete(item_versions).where(item_versions.c.id.in_(some)))

    def domains(self, item_ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
        """The domain of each item by certification."""
        found: dict[UUID, dict[str, str]] = {}
        for some in parts(list(item_ids)):
            chosen = select(item_domains).where(item_domains.c.item_id.in_(some))
            for row in self.uow.session.execute(chosen):
                found.setdefault(row.item_id, {})[row.certification] = row.domain
        return found

    def map(self, item_ids: Sequence[UUID], certification: str, domain: str) -> None:
        """Let the items belong to ``domain`` of ``certification``, or to none if it is empty."""
        for some in parts(item_ids):
            mine = and_(item_domains.c.item_id.in_(some), item_domains.c.certification == certification)
            self.uow.session.execute(delete(item_domains).where(mine))
            if domain:
                rows = [{"item_id": each, "certification": certification, "domain": domain} for each in some]
                self.uow.session.execute(insert(item_domains), rows)


@contextmanager
def _no_twin() -> Iterator[None]:
    try:
        yield
    except IntegrityError as twice:
        raise SameItem from twice
    except StaleDataError as stale:
        raise Conflict from stale


def parts(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """``values`` in parts small enough for one statement."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _filtered(statement: Select[Any], bank_id: UUID, request: PageRequest) -> Select[Any]:
    statement = statement.where(items.c.bank_id == bank_id)
    for name, column in FILTERS.items():
        if value := request.filtered(name):
            statement = statement.where(column == value)
    if language := request.filtered("language"):
        statement = statement.where(items.c.languages.contains(language, autoescape=True))
    if domain := request.filtered("domain"):
        statement = statement.where(_in_domain(domain))
    if request.search:
        like = f"%{request.search.lower()}%"
        statement = statement.where(or_(func.lower(items.c.stem).like(like), func.lower(items.c.identifier).like(like)))
    return statement


def _after(statement: Select[Any], identifier: str | None) -> Select[Any]:
    return statement if identifier is None else statement.where(items.c.identifier > identifier)


def _in_domain(domain: str) -> Any:
    mine = item_domains.c.item_id == items.c.id
    return ~exists().where(mine) if domain == "-" else exists().where(mine, item_domains.c.domain == domain)


def _ordered(statement: Select[Any], sort: str) -> Select[Any]:
    column = SORTS.get(sort.removeprefix("-"), items.c.identifier)
    return statement.order_by(column.desc() if sort.startswith("-") else column, items.c.id)
