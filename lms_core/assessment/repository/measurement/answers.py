"""Graded answers of many people at once, in as many queries whether they are ten or ten thousand: the SQL."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from lms_core.assessment.domain.measurement.item_statistics import Choices
from lms_core.assessment.domain.measurement.sittings import Asked, Sitting, Subject, seconds_between
from lms_core.assessment.tables.attempts import attempts, responses, results
from lms_core.assessment.tables.exams import exams, form_keys, form_slots
from lms_core.assessment.tables.items import items
from lms_core.foundation.uow import UnitOfWork

Slot = tuple[UUID, int]


@dataclass(frozen=True, slots=True)
class _Placed:
    item: Asked
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Answered:
    """What was picked in an attempt, and when each answer was saved."""

    picked: dict[Asked, tuple[str, ...]] = field(default_factory=dict)
    saved: list[tuple[Asked | None, datetime]] = field(default_factory=list)


@dataclass(frozen=True)
class GradedAnswers:
    """What was answered, inside one unit of work. Of a bank's answers only those to its own items count."""

    uow: UnitOfWork
    subject: Subject

    def count(self) -> int:
        """How many results there are, revisions included: any new one may change the figures."""
        counted = select(func.count()).select_from(results.join(attempts, attempts.c.id == results.c.attempt_id))
        return self.uow.session.scalar(counted.where(self._theirs)) or 0

    def sittings(self) -> list[Sitting]:
        """Graded attempts in the order of time."""
        placed = self._placed()
        return list(self._sittings(placed, self._answered(placed)))

    def scored(self) -> list[Sitting]:
        """The same without what was picked and how long it took: for whoever asks only what was right."""
        return list(self._sittings(self._placed(), {}))

    def choices(self) -> Mapping[Asked, Choices]:
        """The choices of the items of choices, and which are right."""
        placed = self._placed()
        found: dict[Asked, Choices] = {}
        keys = select(form_keys.c.form_id, form_keys.c["keys"]).where(form_keys.c.form_id.in_(self._forms))
        for form_id, written in self.uow.session.execute(keys):
            for key in written:
                there = placed.get((form_id, key["slot"]))
                if there and there.names and "choices" in key["key"]:
                    right = frozenset(there.names[one] for one in key["key"]["choices"] if one in there.names)
                    found[there.item] = Choices(tuple(sorted(there.names.values())), right)
        return found

    @property
    def _theirs(self) -> ColumnElement[bool]:
        if self.subject.kind == "exam":
            return attempts.c.exam_id == self.subject.id
        if self.subject.kind == "person":
            return attempts.c.person_id == self.subject.id
        asked = select(form_slots.c.form_id).join(items, items.c.id == form_slots.c.item_id)
        return attempts.c.form_id.in_(asked.where(items.c.bank_id == self.subject.id))

    @property
    def _forms(self) -> Select[Any]:
        return select(attempts.c.form_id).where(self._theirs)

    def _placed(self) -> Mapping[Slot, _Placed]:
        told = select(*(form_slots.c[name] for name in ("form_id", "slot", "item_id", "part", "choices")))
        told = told.where(form_slots.c.form_id.in_(self._forms))
        if self.subject.kind == "bank":
            told = told.join(items, items.c.id == form_slots.c.item_id).where(items.c.bank_id == self.subject.id)
        return {
            (form_id, slot): _Placed((item_id, part), dict(choices))
            for form_id, slot, item_id, part, choices in self.uow.session.execute(told)
        }

    def _answered(self, placed: Mapping[Slot, _Placed]) -> Mapping[UUID, _Answered]:
        told = select(attempts.c.id, attempts.c.form_id, responses.c.slot, responses.c.response, responses.c.saved_at)
        told = told.join_from(attempts, responses).where(self._theirs, attempts.c.graded_at.is_not(None))
        found: defaultdict[UUID, _Answered] = defaultdict(_Answered)
        for attempt_id, form_id, slot, response, saved_at in self.uow.session.execute(told):
            there = placed.get((form_id, slot))
            found[attempt_id].saved.append((there.item if there else None, saved_at))
            if there and isinstance(response.get("choices"), list):
                found[attempt_id].picked[there.item] = tuple(there.names.get(one, "") for one in response["choices"])
        return found

    def _sittings(
        self,
        placed: Mapping[Slot, _Placed],
        answered: Mapping[UUID, _Answered],
    ) -> Iterator[Sitting]:
        newest = select(results.c.attempt_id, func.max(results.c.revision).label("revision"))
        last = newest.group_by(results.c.attempt_id).subquery()
        told = select(attempts.c.id, attempts.c.form_id, attempts.c.person_id, attempts.c.mode, results.c.slots)
        told = told.add_columns(attempts.c.started_at)
        told = told.add_columns(exams.c.campus_id)
        joined = told.join_from(attempts, results).join(exams, exams.c.id == attempts.c.exam_id)
        joined = joined.join(
            last, (last.c.attempt_id == results.c.attempt_id) & (last.c.revision == results.c.revision)
        )
        ordered = joined.where(self._theirs).order_by(attempts.c.started_at, attempts.c.id)
        for row in self.uow.session.execute(ordered):
            scores = {
                placed[row.form_id, one["slot"]].item: one["points"] / one["possible"]
                for one in row.slots
                if not one.get("waits") and one["possible"] and (row.form_id, one["slot"]) in placed
            }
            given = answered.get(row.id, _Answered())
            seconds = seconds_between(row.started_at, given.saved)
            yield Sitting(row.person_id, row.form_id, row.mode, scores, given.picked, row.campus_id, seconds)
