"""Attempts as they are watched: the SQL. How many statements a page takes does not depend on its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from lms_core.assessment.domain.attempts import OPEN, Attempt
from lms_core.assessment.domain.proctoring import CONNECTED_WITHIN, RECENTLY, AttemptEvent, Overview, Watched
from lms_core.assessment.repository.attempts import attempt_of, selected
from lms_core.assessment.tables.attempts import attempts, deadlines, responses
from lms_core.assessment.tables.proctoring import attempt_events, presences
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork

# What gave time to an attempt, beside the limit that everybody has.
GIVEN = ("incident", "accommodation")


@dataclass(frozen=True)
class Watching:
    """What whoever watches an exam reads, inside one unit of work."""

    uow: UnitOfWork

    def overview(self, exam_id: UUID, now: datetime) -> Overview:
        """The figures above the list, in one query."""
        silent, is_open = _silent(now), attempts.c.state == OPEN
        counted = [
            func.count(case((is_open, 1))),
            func.count(case((and_(is_open, silent), 1))),
            func.count(case((attempts.c.submitted_at >= now - RECENTLY, 1))),
        ]
        joined = select(*counted).select_from(attempts.outerjoin(presences, presences.c.attempt_id == attempts.c.id))
        row = self.uow.session.execute(joined.where(attempts.c.exam_id == exam_id)).one()
        return Overview(row[0], row[1], row[2])

    def of_exam(self, exam_id: UUID, request: PageRequest, now: datetime) -> Page[Watched]:
        """One page of those who sit the exam now, or handed in lately. Filter: show."""
        seen = selected().add_columns(presences.c.seen_at)
        seen = seen.outerjoin(presences, presences.c.attempt_id == attempts.c.id).where(attempts.c.exam_id == exam_id)
        shown = seen.where(_wanted(request.filtered("show"), now))
        ordered = shown.order_by(case((attempts.c.state == OPEN, 0), else_=1), attempts.c.started_at, attempts.c.id)
        found = page(self.uow, ordered, request)
        return self._filled(found.map(lambda row: Watched(attempt_of(row), row.seen_at)))

    def one(self, attempt: Attempt) -> Watched:
        """A single attempt as it is watched."""
        seen_at = self.uow.session.scalar(select(presences.c.seen_at).where(presences.c.attempt_id == attempt.id))
        return self._filled(Page([Watched(attempt, seen_at)], 1, 1, 1)).items[0]

    def events(self, attempt_id: UUID) -> Sequence[AttemptEvent]:
        """What was noted of an attempt, in the order in which it happened."""
        kept = select(attempt_events).where(attempt_events.c.attempt_id == attempt_id)
        rows = self.uow.session.execute(kept.order_by(attempt_events.c.at, attempt_events.c.id))
        return [AttemptEvent(row.id, row.attempt_id, row.kind, row.at, row.seconds) for row in rows]

    def _filled(self, found: Page[Watched]) -> Page[Watched]:
        ids = [one.attempt.id for one in found.items]
        saved, given, told = self._saved(ids), self._given(ids), self._told(ids)

        def fill(one: Watched) -> Watched:
            answered, saved_at = saved.get(one.attempt.id, (0, None))
            counts = told.get(one.attempt.id, {})
            away, offline = counts.get("focus-lost", 0), counts.get("offline", 0)
            return Watched(one.attempt, one.seen_at, saved_at, answered, given.get(one.attempt.id, 0), away, offline)

        return found.map(fill)

    def _saved(self, ids: Sequence[UUID]) -> Mapping[UUID, tuple[int, datetime]]:
        """How many questions are answered, and the last receipt. What was taken back is kept, and answers nothing."""
        kept = select(responses.c.attempt_id, responses.c.response, responses.c.saved_at)
        found: dict[UUID, tuple[int, datetime]] = {}
        for attempt_id, response, saved_at in self.uow.session.execute(kept.where(responses.c.attempt_id.in_(ids))):
            count, last = found.get(attempt_id, (0, saved_at))
            found[attempt_id] = (count + any(response.values()), max(last, saved_at))
        return found

    def _given(self, ids: Sequence[UUID]) -> Mapping[UUID, int]:
        theirs = and_(deadlines.c.attempt_id.in_(ids), deadlines.c.kind.in_(GIVEN))
        summed = select(deadlines.c.attempt_id, func.sum(deadlines.c.seconds)).where(theirs)
        rows = self.uow.session.execute(summed.group_by(deadlines.c.attempt_id))
        return {attempt_id: int(seconds) for attempt_id, seconds in rows}

    def _told(self, ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, int]]:
        kind = attempt_events.c.kind
        counted = select(attempt_events.c.attempt_id, kind, func.count()).where(attempt_events.c.attempt_id.in_(ids))
        found: dict[UUID, dict[str, int]] = {}
        for attempt_id, name, count in self.uow.session.execute(counted.group_by(attempt_events.c.attempt_id, kind)):
            found.setdefault(attempt_id, {})[name] = count
        return found


@dataclass(frozen=True)
class Noting:
    """What is noted of attempts, inside one unit of work."""

    uow: UnitOfWork

    def seen(self, when: Mapping[UUID, datetime]) -> None:
        """Keep the last sign of life of each attempt, all in one statement."""
        dialect = sqlite if self.uow.session.get_bind().dialect.name == "sqlite" else postgresql
        rows = [{"attempt_id": attempt_id, "seen_at": seen_at} for attempt_id, seen_at in sorted(when.items())]
        added = dialect.insert(presences).values(rows)
        kept = added.on_conflict_do_update(
            index_elements=[presences.c.attempt_id], set_={"seen_at": added.excluded.seen_at}
        )
        self.uow.session.execute(kept)

    def count(self, attempt_id: UUID) -> int:
        """How many events are kept of an attempt."""
        counted = select(func.count()).where(attempt_events.c.attempt_id == attempt_id)
        return self.uow.session.scalar(counted) or 0

    def known(self, ids: Sequence[UUID]) -> frozenset[UUID]:
        """Which of these events are kept already."""
        return frozenset(self.uow.session.scalars(select(attempt_events.c.id).where(attempt_events.c.id.in_(ids))))

    def add(self, events: Sequence[AttemptEvent]) -> None:
        """Keep events that are new."""
        names, now = ("id", "attempt_id", "kind", "at", "seconds"), self.uow.clock.now()
        rows = [{name: getattr(one, name) for name in names} | {"received_at": now} for one in events]
        if rows:
            self.uow.session.execute(insert(attempt_events), rows)


def _wanted(show: str, now: datetime) -> ColumnElement[bool]:
    is_open, lately = attempts.c.state == OPEN, attempts.c.submitted_at >= now - RECENTLY
    if show == "running":
        return is_open
    if show == "interrupted":
        return and_(is_open, _silent(now))
    return lately if show == "handed-in" else or_(is_open, lately)


def _silent(now: datetime) -> ColumnElement[bool]:
    """Nothing was heard for a while: as ``Watched.state`` says it, of each row."""
    saved: Select[Any] = select(func.max(responses.c.saved_at)).where(responses.c.attempt_id == attempts.c.id)
    since = now - CONNECTED_WITHIN
    unseen = or_(presences.c.seen_at.is_(None), presences.c.seen_at < since)
    newest = saved.correlate(attempts).scalar_subquery()
    return and_(attempts.c.started_at < since, unseen, or_(newest.is_(None), newest < since))
