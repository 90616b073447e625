"""What an administrator does with work that did not get done, and what the site's health says of it."""

from dataclasses import dataclass
from uuid import UUID

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid, NotFound
from lms_core.foundation.outbox.repository import Outbox
from lms_core.foundation.outbox.rows import HELD, PARKED, STATES, Row, WorkDropped, WorkRetried, read
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork, Work

PERMISSION = "foundation.manage_outbox"


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits: rows by state, and for how many seconds the oldest of those that are due has waited."""

    counts: dict[str, int]
    lag: float


@dataclass(frozen=True)
class OutboxService:
    """Looks after the rows that need a person: ``foundation.manage_outbox`` on the site."""

    work: Work

    def rows(self, actor: Actor, request: PageRequest, state: str = PARKED) -> Page[Row]:
        """The rows in ``state`` (ready, published, held, parked), oldest first. Raises Invalid for another."""
        actor.require(PERMISSION, EVERYWHERE)
        if state not in STATES:
            raise Invalid(fields={"state": (text("There is no such state."),)})
        with self.work.read() as uow:
            return page(uow, Outbox(uow).listed(state), request).map(read)

    def retry(self, actor: Actor, row_id: UUID) -> None:
        """Send a parked or held row on its way again, its failures forgotten. Raises NotFound."""
        actor.require(PERMISSION, EVERYWHERE)
        with self.work.write() as uow:
            row = _laid_aside(uow, row_id)
            Outbox(uow).revive(row)
            uow.record(WorkRetried(row.id, row.name, row.plugin), actor, row.scopes)
            uow.commit()
        self.work.committed()

    def drop(self, actor: Actor, row_id: UUID) -> None:
        """Give a parked or held row up for good; the event log remembers it. Raises NotFound."""
        actor.require(PERMISSION, EVERYWHERE)
        with self.work.write() as uow:
            row = _laid_aside(uow, row_id)
            Outbox(uow).drop(row)
            uow.record(WorkDropped(row.id, row.name, row.plugin), actor, row.scopes)
            uow.commit()

    def backlog(self) -> Backlog:
        """How much waits, and for how long: for /readyz and /metrics, so nobody's permission is asked."""
        with self.work.read() as uow:
            outbox = Outbox(uow)
            oldest = outbox.oldest_due()
            lag = (uow.clock.now() - oldest).total_seconds() if oldest else 0.0
            return Backlog(outbox.counts(), lag)


def _laid_aside(uow: UnitOfWork, row_id: UUID) -> Row:
    row = Outbox(uow).one(row_id)
    if row is None or row.state not in (HELD, PARKED):
        raise NotFound
    return row
