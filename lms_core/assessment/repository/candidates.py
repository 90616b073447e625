"""Which items may stand in a form, and what they say: the SQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, distinct, func, literal, select

from lms_core.assessment.domain.content_json import decode
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.items import ANSWERABLE
from lms_core.assessment.tables.attempts import attempts
from lms_core.assessment.tables.exams import form_slots, forms, item_domains
from lms_core.assessment.tables.items import item_versions, items
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.assessment import CandidateItem
from lms_core.hooks.items import ItemContent


@dataclass(frozen=True)
class Candidates:
    """Candidates inside one unit of work."""

    uow: UnitOfWork

    def of(self, exam: Exam, person_id: UUID | None) -> Sequence[CandidateItem]:
        """Every approved item of the exam's banks that it can ask in all its languages, with its exposure.

        The domain is that of the exam's certification; an exam without one takes every item, in the domain "".
        """
        shown, seen = self._exposures(exam), self._seen(exam, person_id)
        domain = item_domains.c.domain if exam.certification else literal("")
        source = items.join(item_versions, item_versions.c.id == items.c.approved_version_id)
        if exam.certification:
            mapped = and_(item_domains.c.item_id == items.c.id, item_domains.c.certification == exam.certification)
            source = source.join(item_domains, mapped)
        wanted = select(item_versions.c.id, items.c.id, domain, items.c.difficulty).select_from(source)
        rows = self.uow.session.execute(wanted.where(*_usable(exam)).order_by(item_versions.c.id))
        return [
            CandidateItem(version_id, item_id, domain, difficulty, shown.get(item_id, 0), seen.get(item_id, 0))
            for version_id, item_id, domain, difficulty in rows
        ]

    def contents(self, version_ids: Collection[UUID]) -> Mapping[UUID, ItemContent]:
        """What these versions say."""
        wanted = select(item_versions.c.id, item_versions.c.content).where(item_versions.c.id.in_(version_ids))
        return {version_id: decode(content) for version_id, content in self.uow.session.execute(wanted)}

    def _exposures(self, exam: Exam) -> Mapping[UUID, int]:
        counted = select(form_slots.c.item_id, func.sum(forms.c.uses)).join_from(form_slots, forms)
        return self._counted(counted, exam)

    def _seen(self, exam: Exam, person_id: UUID | None) -> Mapping[UUID, int]:
        if person_id is None:
            return {}
        counted = select(form_slots.c.item_id, func.count(distinct(attempts.c.id)))
        sat = counted.join_from(form_slots, attempts, attempts.c.form_id == form_slots.c.form_id)
        return self._counted(sat.where(attempts.c.person_id == person_id), exam)

    def _counted(self, statement: Any, exam: Exam) -> Mapping[UUID, int]:
        here = select(items.c.id).where(items.c.bank_id.in_(exam.specification.bank_ids))
        rows = self.uow.session.execute(statement.where(form_slots.c.item_id.in_(here)).group_by(form_slots.c.item_id))
        return {item_id: int(count) for item_id, count in rows}


def _usable(exam: Exam) -> list[ColumnElement[bool]]:
    # The item's row speaks of its newest version, which may not be the approved one: its own words count.
    said = item_versions.c.content
    spoken = [said["stem"][language].as_string().is_not(None) for language in exam.specification.languages]
    answerable = said["type"].as_string().in_(sorted(ANSWERABLE))
    return [items.c.bank_id.in_(exam.specification.bank_ids), answerable, *spoken]
