"""Calibrated items with their place in an outline: the SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, select

from lms_core.assessment.domain.measurement.sittings import Asked
from lms_core.assessment.tables.exams import item_domains
from lms_core.assessment.tables.items import items
from lms_core.assessment.tables.measurement import calibrated_items
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class Known:
    """A calibrated item: its curve in logits, the domain and the objective it belongs to."""

    item: Asked
    discrimination: float
    difficulty: float
    domain: str
    objective: str


@dataclass(frozen=True)
class KnownItems:
    """Calibrated items inside one unit of work."""

    uow: UnitOfWork

    def of(self, run_id: UUID, certification: str) -> Mapping[Asked, Known]:
        """The items of a run that have parameters and a domain of the certification."""
        found = calibrated_items
        mapped = and_(item_domains.c.item_id == found.c.item_id, item_domains.c.certification == certification)
        told: Select[Any] = select(found.c.item_id, found.c.part, found.c.discrimination, found.c.difficulty)
        told = told.add_columns(item_domains.c.domain, items.c.objective)
        joined = told.join_from(found, items, items.c.id == found.c.item_id).join(item_domains, mapped)
        usable = joined.where(found.c.calibration_id == run_id, found.c.difficulty.is_not(None))
        rows = self.uow.session.execute(usable.order_by(found.c.position))
        return {(row.item_id, row.part): _known(row) for row in rows}

    def practised(self, run_id: UUID, certification: str, domains: Iterable[str]) -> int:
        """How many questions of a run that stand alone can be practised in these domains."""
        found = calibrated_items
        mapped = and_(item_domains.c.item_id == found.c.item_id, item_domains.c.certification == certification)
        joined = select(func.count()).select_from(
            found.join(items, items.c.id == found.c.item_id).join(item_domains, mapped)
        )
        free = and_(items.c.exam_only.is_(False), items.c.approved_version_id.is_not(None), found.c.part == 0)
        usable = and_(found.c.calibration_id == run_id, found.c.difficulty.is_not(None), free)
        return self.uow.session.scalar(joined.where(usable, item_domains.c.domain.in_(list(domains)))) or 0


def _known(row: Row[Any]) -> Known:
    return Known((row.item_id, row.part), row.discrimination, row.difficulty, row.domain, row.objective)
