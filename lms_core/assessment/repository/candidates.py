"""Which items may stand in a form, and what they say: the SQL."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, distinct, func, literal, select

from lms_core.assessment.domain.content_json import decode
from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.measurement.runs import EASY_BELOW, HARD_ABOVE
from lms_core.assessment.domain.results import Result
from lms_core.assessment.domain.scoring import SlotScore
from lms_core.assessment.repository.results import Results
from lms_core.assessment.tables.attempts import attempts
from lms_core.assessment.tables.exams import form_slots, forms, item_domains
from lms_core.assessment.tables.items import item_versions, items
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.assessment import CandidateItem
from lms_core.hooks.items import ItemContent

LATELY: Final = 30
"""So many of a person's latest attempts say what they missed."""


@dataclass(frozen=True)
class Candidates:
    """Candidates inside one unit of work."""

    uow: UnitOfWork

    def of(self, exam: Exam, person_id: UUID | None, types: Iterable[str]) -> Sequence[CandidateItem]:
        """Every approved item of the exam's banks that it can ask in all its languages, with its exposure.

        ``types`` names the types of item that can be asked there.

        The domain is that of the exam's certification; an exam without one takes every item, in the domain "".
        """
        wanted = _candidates(exam, types).where(items.c.bank_id.in_(exam.specification.bank_ids))
        here = select(items.c.id).where(items.c.bank_id.in_(exam.specification.bank_ids))
        shown, seen = self._exposures(here), self._seen(here, person_id)
        rows = self.uow.session.execute(wanted.order_by(item_versions.c.id))
        return [_candidate(row, shown, seen) for row in rows]

    def some(
        self, exam: Exam, person_id: UUID | None, types: Iterable[str], each: Mapping[str, int], lot: int
    ) -> Sequence[CandidateItem]:
        """The same, but of each domain and bank only as many as ``each`` says, those that follow ``lot``.

        Read by an index, so that the cost does not grow with the banks. What is required is always there.
        """
        found = self._required(exam, types)
        for domain, most in each.items():
            wanted = _candidates(exam, types).where(_domain(exam) == domain)
            for bank_id in exam.specification.bank_ids:
                found |= self._following(wanted.where(items.c.bank_id == bank_id), most, lot)
        ids = sorted(row.item_id for row in found.values())
        shown, seen = self._exposures(ids), self._seen(ids, person_id)
        return [_candidate(row, shown, seen) for _, row in sorted(found.items())]

    def for_practice(self, exam: Exam, person_id: UUID, types: Iterable[str]) -> Sequence[CandidateItem]:
        """Every item as ``of``, but none that is kept for exams."""
        here = and_(items.c.bank_id.in_(exam.specification.bank_ids), items.c.exam_only.is_(False))
        ids = select(items.c.id).where(here)
        shown, seen = self._exposures(ids), self._seen(ids, person_id)
        rows = self.uow.session.execute(_candidates(exam, types).where(here).order_by(item_versions.c.id))
        return [_candidate(row, shown, seen) for row in rows if row.domain in exam.specification.counts]

    def keeps_for_exams(self, form_id: UUID) -> bool:
        """Whether a form asks an item that practice may not."""
        kept = select(form_slots.c.slot).join(items, items.c.id == form_slots.c.item_id)
        found = kept.where(form_slots.c.form_id == form_id, items.c.exam_only).limit(1)
        return self.uow.session.scalar(found) is not None

    def missed(self, person_id: UUID) -> frozenset[UUID]:
        """The items that the person earned less than everything for the last time, in their latest graded attempts."""
        latest = select(attempts.c.id, attempts.c.form_id).where(attempts.c.person_id == person_id)
        latest = latest.where(attempts.c.graded_at.is_not(None)).order_by(attempts.c.started_at.desc()).limit(LATELY)
        sat = self.uow.session.execute(latest).all()
        scored = Results(self.uow).of([one.id for one in sat])
        asked = select(form_slots.c.form_id, form_slots.c.slot, form_slots.c.item_id)
        rows = self.uow.session.execute(asked.where(form_slots.c.form_id.in_([one.form_id for one in sat])))
        items_at = {(row.form_id, row.slot): row.item_id for row in rows}
        last: dict[UUID, bool] = {}
        for one in reversed(sat):
            for slot in _slots_of(scored.get(one.id)):
                last[items_at[one.form_id, slot.slot]] = slot.points < slot.possible
        return frozenset(item for item, wrong in last.items() if wrong)

    def counts(self, exam: Exam, types: Iterable[str]) -> Mapping[str, int]:
        """How many items each domain has."""
        one = _candidates(exam, types).where(items.c.bank_id.in_(exam.specification.bank_ids)).subquery()
        counted = select(one.c.domain, func.count().label("found")).group_by(one.c.domain)
        return {row.domain: row.found for row in self.uow.session.execute(counted)}

    def asked_before(self, form_id: UUID, person_id: UUID) -> Sequence[CandidateItem]:
        """The items of a form as candidates, by what they were shown until now."""
        there = select(form_slots.c.item_id).where(form_slots.c.form_id == form_id, form_slots.c.part <= 1)
        shown, seen = self._exposures(there), self._seen(there, person_id)
        blank = (literal("").label("difficulty"), literal("").label("type"))
        rows = select(form_slots.c.version_id.label("id"), form_slots.c.item_id, form_slots.c.domain, *blank)
        rows = rows.where(form_slots.c.form_id == form_id, form_slots.c.part <= 1)
        return [_candidate(row, shown, seen) for row in self.uow.session.execute(rows)]

    def sessions(self, exam: Exam) -> int:
        """How often forms with an item of the exam's banks were sat."""
        here = select(items.c.id).where(items.c.bank_id.in_(exam.specification.bank_ids))
        asking = select(form_slots.c.form_id).where(form_slots.c.item_id.in_(here))
        return int(self.uow.session.scalar(select(func.sum(forms.c.uses)).where(forms.c.id.in_(asking))) or 0)

    def contents(self, version_ids: Collection[UUID]) -> Mapping[UUID, ItemContent]:
        """What these versions say."""
        wanted = select(item_versions.c.id, item_versions.c.content).where(item_versions.c.id.in_(version_ids))
        return {version_id: decode(content) for version_id, content in self.uow.session.execute(wanted)}

    def _required(self, exam: Exam, types: Iterable[str]) -> dict[UUID, Row[Any]]:
        required = exam.specification.required
        wanted = _candidates(exam, types).where(items.c.id.in_(required))
        here = wanted.where(items.c.bank_id.in_(exam.specification.bank_ids))
        return {row.id: row for row in self.uow.session.execute(here)} if required else {}

    def _following(self, wanted: Select[Any], most: int, lot: int) -> dict[UUID, Row[Any]]:
        """The first ``most`` whose lot follows ``lot``, and from the beginning where the bank ends."""
        found: dict[UUID, Row[Any]] = {}
        for half in (items.c.lot >= lot, items.c.lot < lot):
            if left := most - len(found):
                rows = self.uow.session.execute(wanted.where(half).order_by(items.c.lot).limit(left))
                found |= {row.id: row for row in rows}
        return found

    def _exposures(self, here: Any) -> Mapping[UUID, int]:
        counted = select(form_slots.c.item_id, func.sum(forms.c.uses)).join_from(form_slots, forms)
        # A case has several slots and was shown once: its first question counts for it.
        return self._counted(counted.where(form_slots.c.part <= 1), here)

    def _seen(self, here: Any, person_id: UUID | None) -> Mapping[UUID, int]:
        if person_id is None:
            return {}
        counted = select(form_slots.c.item_id, func.count(distinct(attempts.c.id)))
        sat = counted.join_from(form_slots, attempts, attempts.c.form_id == form_slots.c.form_id)
        return self._counted(sat.where(attempts.c.person_id == person_id), here)

    def _counted(self, statement: Select[Any], here: Any) -> Mapping[UUID, int]:
        rows = self.uow.session.execute(statement.where(form_slots.c.item_id.in_(here)).group_by(form_slots.c.item_id))
        return {item_id: int(count) for item_id, count in rows}


def _candidates(exam: Exam, types: Iterable[str]) -> Select[Any]:
    source = items.join(item_versions, item_versions.c.id == items.c.approved_version_id)
    if exam.certification:
        mapped = and_(item_domains.c.item_id == items.c.id, item_domains.c.certification == exam.certification)
        source = source.join(item_domains, mapped)
    # The item's row speaks of its newest version, which may not be the approved one: its own words count.
    said = item_versions.c.content
    kind = said["type"].as_string()
    spoken = [said["stem"][language].as_string().is_not(None) for language in exam.specification.languages]
    told = (item_versions.c.id, items.c.id.label("item_id"), _domain(exam).label("domain"), _DIFFICULTY)
    return select(*told, kind.label("type")).select_from(source).where(kind.in_(sorted(types)), *spoken)


# What was measured goes before what its author guessed.
_DIFFICULTY: Final = case(
    (items.c.difficulty_value < EASY_BELOW, "easy"),
    (items.c.difficulty_value > HARD_ABOVE, "hard"),
    (items.c.difficulty_value.is_not(None), "medium"),
    else_=items.c.difficulty,
).label("difficulty")


def _candidate(row: Row[Any], shown: Mapping[UUID, int], seen: Mapping[UUID, int]) -> CandidateItem:
    item = row.item_id
    return CandidateItem(row.id, item, row.domain, row.difficulty, shown.get(item, 0), seen.get(item, 0), row.type)


def _slots_of(result: Result | None) -> Sequence[SlotScore]:
    return result.slots if result else ()


def _domain(exam: Exam) -> ColumnElement[str]:
    return item_domains.c.domain if exam.certification else literal("")
