"""Statistics as they were last computed: one summary and a row an item. The SQL."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, Select, delete, insert, select

from lms_core.assessment.domain.banks import headline_in
from lms_core.assessment.domain.measurement.item_statistics import ChoiceCurve, ItemStatistics, Reliability
from lms_core.assessment.tables.items import items
from lms_core.assessment.tables.measurement import item_statistics, statistics
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork

SORTS: Final = ("facility", "item_rest", "discrimination_index", "answers", "seconds")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a whole subject says: ``results`` as they were counted then, people, and how its forms measure."""

    results: int
    persons: int
    items: int
    remarked: int
    forms: tuple[Reliability, ...]
    computed_at: datetime


@dataclass(frozen=True, slots=True)
class Measured:
    """An item's figures, with how the item is called and what it asks in each of its ``languages``."""

    identifier: str
    stem: str
    languages: str
    found: ItemStatistics

    @property
    def item_id(self) -> UUID:
        """The item."""
        return self.found.item[0]

    @property
    def name(self) -> str:
        """How it is called; a question within a case by its number as well."""
        return f"{self.identifier} ({self.found.item[1]})" if self.found.item[1] else self.identifier

    def question(self, language: str) -> str:
        """The question in one line, in ``language`` if it is written in it."""
        return headline_in(self.stem, self.languages, language)


@dataclass(frozen=True)
class Statistics:
    """Statistics inside one unit of work."""

    uow: UnitOfWork

    def summary(self, subject_id: UUID) -> Summary | None:
        """What was last computed, if anything was."""
        row = self.uow.session.execute(select(statistics).where(statistics.c.subject_id == subject_id)).first()
        if row is None:
            return None
        told = dict(row.summary)
        forms = tuple(Reliability(**each) for each in told.pop("forms"))
        return Summary(row.results, forms=forms, computed_at=row.computed_at, **told)

    def replace(self, subject_id: UUID, summary: Summary, found: Sequence[ItemStatistics]) -> None:
        """Keep these instead of what there was."""
        run = self.uow.session.execute
        run(delete(item_statistics).where(item_statistics.c.subject_id == subject_id))
        run(delete(statistics).where(statistics.c.subject_id == subject_id))
        told: dict[str, Any] = {"persons": summary.persons, "items": summary.items, "remarked": summary.remarked}
        told |= {"forms": [asdict(one) for one in summary.forms]}
        kept = {"results": summary.results, "summary": told, "computed_at": summary.computed_at}
        run(insert(statistics), {"subject_id": subject_id, **kept})
        if found:
            run(insert(item_statistics), [_row(subject_id, at, one) for at, one in enumerate(found, 1)])

    def listed(self, subject_id: UUID, request: PageRequest) -> Page[Measured]:
        """One page of the items, those with remarks first where no other order is asked for."""
        return page(self.uow, _ordered(_of(subject_id), request.sort), request).map(_measured)

    def every(self, subject_id: UUID) -> Sequence[Measured]:
        """Every item by its name."""
        rows = self.uow.session.execute(_of(subject_id).order_by(items.c.identifier, item_statistics.c.part))
        return [_measured(row) for row in rows]

    def of_item(self, subject_id: UUID, item_id: UUID) -> Sequence[Measured]:
        """One item; the questions of a case one by one."""
        wanted = _of(subject_id).where(item_statistics.c.item_id == item_id).order_by(item_statistics.c.part)
        return [_measured(row) for row in self.uow.session.execute(wanted)]


def _of(subject_id: UUID) -> Select[Any]:
    told = select(item_statistics, items.c.identifier, items.c.stem, items.c.languages).join_from(
        item_statistics, items
    )
    return told.where(item_statistics.c.subject_id == subject_id)


def _ordered(statement: Select[Any], sort: str) -> Select[Any]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        return statement.order_by(item_statistics.c.position)
    column = item_statistics.c[name]
    ordered = column.desc() if sort.startswith("-") else column.asc()
    return statement.order_by(column.is_(None), ordered, item_statistics.c.position)


def _row(subject_id: UUID, position: int, one: ItemStatistics) -> dict[str, Any]:
    plain = ("answers", "facility", "discrimination_index", "item_total", "item_rest", "seconds")
    told = {"remarks": list(one.remarks), "choices": [asdict(each) for each in one.choices]}
    ids = {"subject_id": subject_id, "position": position, "item_id": one.item[0], "part": one.item[1]}
    return {**ids, **{name: getattr(one, name) for name in plain}, **told}


def _measured(row: Row[Any]) -> Measured:
    found = ItemStatistics(
        item=(row.item_id, row.part),
        answers=row.answers,
        facility=row.facility,
        discrimination_index=row.discrimination_index,
        item_total=row.item_total,
        item_rest=row.item_rest,
        choices=tuple(ChoiceCurve(**{**each, "fifths": tuple(each["fifths"])}) for each in row.choices),
        remarks=tuple(row.remarks),
        seconds=row.seconds,
    )
    return Measured(row.identifier, row.stem, row.languages, found)
