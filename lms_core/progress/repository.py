"""The only SQL of progress."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Table, and_, exists, func, not_, select
from sqlalchemy.dialects import postgresql, sqlite

from lms_core.foundation.identity import new_id
from lms_core.foundation.uow import UnitOfWork
from lms_core.progress.domain import Completion
from lms_core.progress.tables import activities_done, completions


@dataclass(frozen=True)
class Progress:
    """What is done and what is complete, inside one unit of work."""

    uow: UnitOfWork

    def add(self, person_id: UUID, course_id: UUID, activity_id: UUID, source: str) -> bool:
        """Keep that an activity is done; False if it was before. The unique constraint is the only judge."""
        row = {"id": new_id(), "person_id": person_id, "course_id": course_id, "activity_id": activity_id}
        return self._once(activities_done, row | {"source": source, "done_at": self.uow.clock.now()})

    def complete(self, completion: Completion) -> bool:
        """Keep that a course is complete; False if it was before."""
        names = ("id", "person_id", "course_id", "revision_id", "rule", "done", "total", "completed_at")
        return self._once(completions, {name: getattr(completion, name) for name in names})

    def done(self, person_id: UUID, course_ids: Iterable[UUID]) -> Mapping[UUID, Mapping[UUID, datetime]]:
        """When a person did which activities, by course and activity, in one query, or in none for no course."""
        if not (wanted := list(course_ids)):
            return {}
        columns = (activities_done.c.course_id, activities_done.c.activity_id, activities_done.c.done_at)
        mine = select(*columns).where(activities_done.c.person_id == person_id)
        gathered: dict[UUID, dict[UUID, datetime]] = {}
        for course_id, activity_id, at in self.uow.session.execute(mine.where(activities_done.c.course_id.in_(wanted))):
            gathered.setdefault(course_id, {})[activity_id] = at
        return gathered

    def completed(self, person_id: UUID, course_ids: Iterable[UUID]) -> Mapping[UUID, datetime]:
        """Since when which of these courses are complete, in one query, or in none for no course."""
        if not (wanted := list(course_ids)):
            return {}
        mine = select(completions.c.course_id, completions.c.completed_at).where(completions.c.person_id == person_id)
        rows = self.uow.session.execute(mine.where(completions.c.course_id.in_(wanted)))
        return {course_id: at for course_id, at in rows}  # noqa: C416 rows are no pairs to mypy

    def counts(
        self, course_id: UUID, person_ids: Iterable[UUID], activity_ids: Iterable[UUID]
    ) -> Mapping[UUID, tuple[int, datetime]]:
        """How many of these activities each person has done, and when last, in one query."""
        counted = select(activities_done.c.person_id, func.count(), func.max(activities_done.c.done_at)).where(
            activities_done.c.course_id == course_id,
            activities_done.c.person_id.in_(list(person_ids)),
            activities_done.c.activity_id.in_(list(activity_ids)),
        )
        rows = self.uow.session.execute(counted.group_by(activities_done.c.person_id))
        return {person_id: (count, at) for person_id, count, at in rows}

    def completed_by(self, course_id: UUID, person_ids: Iterable[UUID]) -> Mapping[UUID, datetime]:
        """Since when a course is complete for which of these persons, in one query."""
        wanted = select(completions.c.person_id, completions.c.completed_at).where(
            completions.c.course_id == course_id, completions.c.person_id.in_(list(person_ids))
        )
        return {person_id: at for person_id, at in self.uow.session.execute(wanted)}  # noqa: C416 as above

    def unfinished(self, course_id: UUID) -> list[UUID]:
        """Persons who have done something of a course and have not completed it."""
        finished = select(completions.c.person_id).where(completions.c.course_id == course_id)
        begun = select(activities_done.c.person_id).where(activities_done.c.course_id == course_id)
        return list(self.uow.session.scalars(begun.where(activities_done.c.person_id.not_in(finished)).distinct()))

    def courses_under_way(self) -> list[UUID]:
        """Courses of which somebody has done something without completing them."""
        begun, finished = activities_done.c, completions.c
        both = and_(finished.person_id == begun.person_id, finished.course_id == begun.course_id)
        unfinished = select(begun.course_id).where(not_(exists().where(both)))
        return list(self.uow.session.scalars(unfinished.distinct().order_by(begun.course_id)))

    def _once(self, table: Table, row: dict[str, Any]) -> bool:
        server = self.uow.session.get_bind().dialect.name == "postgresql"
        insert: Any = postgresql.insert(table) if server else sqlite.insert(table)
        kept = insert.values(**row).on_conflict_do_nothing().returning(table.c.id)
        return self.uow.session.execute(kept).first() is not None
