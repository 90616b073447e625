"""Incidents: the SQL."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from lms_core.assessment.domain.incidents import Incident, Reach
from lms_core.assessment.tables.attempts import incidents
from lms_core.foundation.errors import Conflict
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Incidents:
    """Incidents inside one unit of work."""

    uow: UnitOfWork

    def next_number(self, exam_id: UUID) -> int:
        """The number that the next incident of an exam gets."""
        last = select(func.max(incidents.c.number)).where(incidents.c.exam_id == exam_id)
        return (self.uow.session.scalar(last) or 0) + 1

    def add(self, incident: Incident) -> None:
        """Keep an incident. Raises Conflict if another one came first."""
        try:
            self.uow.session.execute(insert(incidents).values(_values(incident)))
        except IntegrityError as taken:
            raise Conflict from taken

    def of_exam(self, exam_id: UUID, request: PageRequest) -> Page[Incident]:
        """One page of the incidents of an exam, the latest first."""
        theirs = select(incidents).where(incidents.c.exam_id == exam_id).order_by(incidents.c.number.desc())
        return page(self.uow, theirs, request).map(_incident)


def _values(incident: Incident) -> dict[str, Any]:
    plain = ("id", "exam_id", "number", "seconds", "reason", "attempts", "actor_id", "created_at")
    reach = {"person_id": incident.reach.person_id, "network": incident.reach.network}
    return {name: getattr(incident, name) for name in plain} | reach


def _incident(row: Row[Any]) -> Incident:
    told = dict(row._mapping)
    return Incident(reach=Reach(told.pop("person_id"), told.pop("network")), **told)
