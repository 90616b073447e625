"""The keys of forms, and where on them the questions stand that were ruled on. The SQL."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, exists, select

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.regrades import IN_FORCE, AskedQuestion, Ruling
from lms_core.assessment.domain.scoring import SlotKey
from lms_core.assessment.tables.exams import exams, form_keys, form_slots, forms
from lms_core.assessment.tables.items import item_versions, items
from lms_core.assessment.tables.regrades import regrades
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class RuledSlot:
    """Where on a form a question stands: ``ids`` are the form's own by the author's names."""

    form_id: UUID
    slot: int
    version_id: UUID
    part: int
    ids: Mapping[str, str]


@dataclass(frozen=True)
class RuledKeys:
    """Keys and rulings inside one unit of work."""

    uow: UnitOfWork

    def keys(self, form_ids: Collection[UUID]) -> tuple[Mapping[UUID, tuple[SlotKey, ...]], bool]:
        """The keys of forms of one exam as they were drawn, and whether anything was ruled on since: one statement."""
        ruled = exists().where(regrades.c.exam_id == forms.c.exam_id, regrades.c.state.in_(IN_FORCE))
        joined = select(form_keys.c.form_id, form_keys.c["keys"], ruled).join(forms, forms.c.id == form_keys.c.form_id)
        rows = self.uow.session.execute(joined.where(form_keys.c.form_id.in_(form_ids))).all()
        if len(rows) < len(set(form_ids)):
            raise NotFound
        return {row[0]: tuple(SlotKey(**each) for each in row[1]) for row in rows}, any(row[2] for row in rows)

    def placed(self, form_ids: Collection[UUID], version_ids: Collection[UUID]) -> Sequence[RuledSlot]:
        """The slots of these forms that ask these versions."""
        here = form_slots.c.form_id.in_(form_ids), form_slots.c.version_id.in_(version_ids)
        return [_ruled_slot(row) for row in self.uow.session.execute(select(form_slots).where(*here))]

    def slot(self, form_id: UUID, slot: int) -> RuledSlot:
        """One slot. Raises NotFound."""
        here = form_slots.c.form_id == form_id, form_slots.c.slot == slot
        row = self.uow.session.execute(select(form_slots).where(*here)).first()
        if row is None:
            raise NotFound
        return _ruled_slot(row)

    def asked(self, exam_id: UUID, request: PageRequest) -> Page[AskedQuestion]:
        """One page of the questions that forms of the exam ask, by identifier; narrowed by words in it or its stem."""
        wanted = _asked().where(forms.c.exam_id == exam_id)
        if request.search:
            words = request.search
            wanted = wanted.where(
                items.c.identifier.icontains(words, autoescape=True) | items.c.stem.icontains(words, autoescape=True)
            )
        ordered = wanted.order_by(items.c.identifier, item_versions.c.number, form_slots.c.part)
        return page(self.uow, ordered, request).map(lambda row: AskedQuestion(*row))

    def question(self, exam_id: UUID, ruling: Ruling) -> AskedQuestion:
        """One of them. Raises NotFound."""
        here = form_slots.c.version_id == ruling.version_id, form_slots.c.part == ruling.part
        row = self.uow.session.execute(_asked().where(forms.c.exam_id == exam_id, *here)).first()
        if row is None:
            raise NotFound
        return AskedQuestion(*row)

    def exams_asking(self, item_id: UUID, request: PageRequest) -> Page[tuple[UUID, UUID, int, int]]:
        """One page of the exams that ask an item, in which version: (exam_id, version_id, part, number)."""
        asking = (
            select(exams.c.id, form_slots.c.version_id, form_slots.c.part, item_versions.c.number)
            .join_from(form_slots, forms, forms.c.id == form_slots.c.form_id)
            .join(exams, exams.c.id == forms.c.exam_id)
            .join(item_versions, item_versions.c.id == form_slots.c.version_id)
            .where(form_slots.c.item_id == item_id)
            .distinct()
        )
        return page(self.uow, asking.order_by(exams.c.id.desc(), item_versions.c.number, form_slots.c.part), request)

    def named(self, exam_ids: Iterable[UUID]) -> Mapping[UUID, Exam]:
        """Exams by their ids, in one statement."""
        found = self.uow.session.scalars(select(Exam).where(exams.c.id.in_(list(exam_ids))))
        return {exam.id: exam for exam in found}


def _asked() -> Select[Any]:
    told = (item_versions.c.id, form_slots.c.part, items.c.id, items.c.identifier, item_versions.c.number)
    return (
        select(*told, items.c.stem, items.c.languages)
        .join_from(form_slots, forms, forms.c.id == form_slots.c.form_id)
        .join(item_versions, item_versions.c.id == form_slots.c.version_id)
        .join(items, items.c.id == form_slots.c.item_id)
        .distinct()
    )


def _ruled_slot(row: Row[Any]) -> RuledSlot:
    return RuledSlot(row.form_id, row.slot, row.version_id, row.part, {name: chosen for chosen, name in row.choices})
