"""The SQL of bigtech_campus."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, func, not_, select

from bigtech_campus.domain import Agreement, AgreementNotFound
from bigtech_campus.domain.participation import Figures, Participation, figures
from bigtech_campus.tables import agreements, participations
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Agreements:
    """Agreements inside one unit of work. They are added and withdrawn, never deleted."""

    uow: UnitOfWork

    def add(self, agreement: Agreement) -> None:
        """Keep a new one."""
        self.uow.session.add(agreement)

    def get(self, agreement_id: UUID) -> Agreement:
        """The agreement, locked where it may be written. Raises AgreementNotFound."""
        found = self.uow.session.get(Agreement, agreement_id, with_for_update=self.uow.writes or None)
        if found is None:
            raise AgreementNotFound
        return found

    def at_campus(self, campus_id: UUID, request: PageRequest) -> Page[Agreement]:
        """One page of those at a campus, the newest first."""
        here = select(Agreement).where(agreements.c.campus_id == campus_id)
        return page(self.uow, here.order_by(agreements.c.given_at.desc(), agreements.c.id.desc()), request)

    def standing(self, campus_id: UUID, course_id: UUID | None = None) -> Sequence[Agreement]:
        """Those at a campus that were not withdrawn, of one course if it is named; the earliest first."""
        here = select(Agreement).where(agreements.c.campus_id == campus_id, agreements.c.withdrawn_at.is_(None))
        if course_id is not None:
            here = here.where(agreements.c.course_id == course_id)
        return self.uow.session.scalars(here.order_by(agreements.c.begins_from)).all()

    def of_course(self, course_id: UUID) -> Sequence[Agreement]:
        """Those of a course that stand, wherever it is held, locked where they may be written."""
        standing = select(Agreement).where(agreements.c.course_id == course_id, agreements.c.withdrawn_at.is_(None))
        ordered = standing.order_by(agreements.c.id)
        return self.uow.session.scalars(ordered.with_for_update() if self.uow.writes else ordered).all()

    def ending(self, today: date, until: date, most: int) -> Sequence[Agreement]:
        """The first ``most`` that stand, end between two days and are the last for their course at their campus."""
        later = agreements.alias()
        follows = exists().where(
            later.c.campus_id == agreements.c.campus_id,
            later.c.course_id == agreements.c.course_id,
            later.c.withdrawn_at.is_(None),
            later.c.begins_until > until,
        )
        soon = select(Agreement).where(agreements.c.withdrawn_at.is_(None), not_(follows))
        within = soon.where(agreements.c.begins_until.between(today, until))
        return self.uow.session.scalars(within.order_by(agreements.c.begins_until, agreements.c.id).limit(most)).all()


@dataclass(frozen=True)
class Participations:
    """Who takes part in programmes, inside one unit of work."""

    uow: UnitOfWork

    def add(self, participation: Participation) -> None:
        """Keep a new one."""
        self.uow.session.add(participation)

    def find(self, person_id: UUID, course_id: UUID) -> Participation | None:
        """The person in the course, locked; None if nothing was heard of it."""
        known = select(Participation).where(participations.c.person_id == person_id)
        return self.uow.session.scalars(known.where(participations.c.course_id == course_id).with_for_update()).first()

    def figures(self, course_ids: Collection[UUID]) -> Mapping[UUID, Figures]:
        """The figures of these courses; of those that nobody took part in, none."""
        kept, complete = participations.c, participations.c.completed_at.is_not(None).label("complete")
        grouped = select(kept.course_id, kept.state, complete, func.count())
        rows = self.uow.session.execute(
            grouped.where(kept.course_id.in_(course_ids)).group_by(kept.course_id, kept.state, complete)
        )
        counted: defaultdict[UUID, dict[tuple[str, bool], int]] = defaultdict(dict)
        for course_id, state, completed, people in rows:
            counted[course_id][state, bool(completed)] = people
        return {course_id: figures(people) for course_id, people in counted.items()}
