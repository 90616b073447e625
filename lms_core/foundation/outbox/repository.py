"""The only SQL of the outbox."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, update

from lms_core.foundation.outbox.rows import BROKER, HELD, PARKED, PUBLISHED, READY, Lease, Row, read
from lms_core.foundation.tables import events, outbox
from lms_core.foundation.uow import UnitOfWork

_UNCLAIMED: dict[str, Any] = {"lease_by": None, "lease_until": None}


class Outbox:
    """Rows of the outbox within one unit of work."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._session = uow.session
        self._now = uow.clock.now()

    def due(self) -> bool:
        """Whether there is anything to claim. Asked in a read, so that idling never takes the write lock."""
        return bool(self._session.scalar(select(exists().where(self._claimable()))))

    def claim(self, limit: int, lease: Lease) -> list[Row]:
        """Take up to ``limit`` due rows, oldest first, to run them here; counts an attempt."""
        values = {"state": READY, "attempts": outbox.c.attempts + 1}
        return self._take(limit, lease, values)

    def claim_alike(self, row: Row, limit: int, lease: Lease) -> list[Row]:
        """Take up to ``limit`` more due rows of the hook and the plugin of ``row``; none that was tried before."""
        alike = and_(*(outbox.c[name] == getattr(row, name) for name in ("kind", "name", "plugin", "state")))
        fresh = and_(alike, outbox.c.attempts == 0)
        return self._take(limit, lease, {"attempts": 1}, fresh)

    def publish(self, limit: int, until: datetime) -> list[Row]:
        """Take up to ``limit`` due rows, oldest first, to hand them to the broker."""
        return self._take(limit, Lease(BROKER, until), {"state": PUBLISHED})

    def claim_published(self, row_id: UUID, lease: Lease) -> Row | None:
        """Take a row that came out of the broker, or None: it is done, or another worker has it."""
        free = or_(outbox.c.lease_by == BROKER, outbox.c.lease_until <= self._now)
        taken = (
            update(outbox)
            .where(outbox.c.id == row_id, outbox.c.state == PUBLISHED, free)
            .values(lease_by=lease.by, lease_until=lease.until, attempts=outbox.c.attempts + 1)
            .returning(outbox)
        )
        found = self._session.execute(taken).first()
        return read(found) if found else None

    def renew(self, rows: Collection[UUID], lease: Lease) -> int:
        """Hold on to ``rows`` until the lease's end; how many of them were still ours."""
        held = update(outbox).where(outbox.c.id.in_(rows), outbox.c.lease_by == lease.by)
        return len(self._session.execute(held.values(lease_until=lease.until).returning(outbox.c.id)).all())

    def close(self, row_ids: Collection[UUID]) -> None:
        """Remove rows whose work is done, whoever holds their leases by now."""
        self._session.execute(delete(outbox).where(outbox.c.id.in_(row_ids)))

    def put_off(self, row: Row, wait: timedelta, error: str | None) -> None:
        """Try again after ``wait``."""
        self._set(row, state=READY, available_at=self._now + wait, last_error=error or row.last_error)

    def park(self, row: Row, error: str) -> bool:
        """Lay it aside for a person to look at; whether it was still ours to lay aside."""
        return self._set(row, state=PARKED, last_error=error)

    def hold(self, row: Row, epoch: int, why: str) -> None:
        """Keep it until the epoch has moved; what was not run is no attempt."""
        attempts = row.attempts if row.lease_by == BROKER else row.attempts - 1
        self._set(row, state=HELD, held_epoch=epoch, attempts=attempts, last_error=why)

    def drop(self, row: Row) -> bool:
        """Remove a row that nobody needs any more; whether it was still ours to remove."""
        gone = delete(outbox).where(*self._ours(row)).returning(outbox.c.id)
        return self._session.execute(gone).first() is not None

    def any_held_before(self, epoch: int) -> bool:
        """Whether rows were held at another epoch than this."""
        return bool(self._session.scalar(select(exists().where(*_held_before(epoch)))))

    def release(self, epoch: int) -> int:
        """Let go what was held at another epoch than this; how many."""
        freed = update(outbox).where(*_held_before(epoch))
        back = freed.values(state=READY, held_epoch=None, available_at=self._now, last_error=None)
        return len(self._session.execute(back.returning(outbox.c.id)).all())

    def expired(self, limit: int = 100) -> list[Row]:
        """Held rows whose time has run out."""
        wanted = select(outbox).where(outbox.c.state == HELD, outbox.c.expires_at <= self._now).limit(limit)
        return [read(found) for found in self._session.execute(wanted)]

    def unread(self) -> int:
        """How many rows lie with the broker or its workers now."""
        lying = select(func.count()).where(outbox.c.state == PUBLISHED, outbox.c.lease_until > self._now)
        return self._session.scalar(lying) or 0

    def listed(self, state: str) -> Select[Any]:
        """The rows in ``state``, oldest first: to be cut into pages."""
        return select(outbox).where(outbox.c.state == state).order_by(outbox.c.created_at, outbox.c.id)

    def one(self, row_id: UUID) -> Row | None:
        """The row, if it is still there."""
        found = self._session.execute(select(outbox).where(outbox.c.id == row_id)).first()
        return read(found) if found else None

    def revive(self, row: Row) -> bool:
        """Begin anew with a row that was parked or held; whether it still was."""
        return self._set(row, state=READY, available_at=self._now, attempts=0, held_epoch=None)

    def counts(self) -> dict[str, int]:
        """How many rows there are in each state."""
        counted = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        return dict(self._session.execute(counted).all())

    def oldest_due(self) -> datetime | None:
        """Since when the row waits that has been waiting longest."""
        oldest = select(func.min(outbox.c.available_at)).where(self._claimable())
        return self._session.execute(oldest).scalar_one_or_none()

    def events(self, event_ids: Collection[UUID]) -> dict[UUID, tuple[str, dict[str, Any]]]:
        """Name and payload of the events that rows of hooks tell of, by the event's id."""
        wanted = select(events.c.id, events.c.name, events.c.payload).where(events.c.id.in_(event_ids))
        return {event_id: (name, payload) for event_id, name, payload in self._session.execute(wanted)}

    def _claimable(self) -> ColumnElement[bool]:
        free = or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= self._now)
        return and_(outbox.c.state.in_((READY, PUBLISHED)), outbox.c.available_at <= self._now, free)

    def _take(self, limit: int, lease: Lease, values: dict[str, Any], *which: ColumnElement[bool]) -> list[Row]:
        # In a CTE, not a subquery: PostgreSQL may run the subquery again for each row, and lock more than the limit.
        # SQLite knows no FOR UPDATE and needs none, for its writers come one by one.
        oldest = select(outbox.c.id).where(self._claimable(), *which).order_by(outbox.c.available_at, outbox.c.id)
        due = oldest.limit(limit).with_for_update(skip_locked=True).cte("due")
        taken = update(outbox).where(outbox.c.id.in_(select(due.c.id)))
        held = taken.values(lease_by=lease.by, lease_until=lease.until, **values).returning(outbox)
        rows = [read(found) for found in self._session.execute(held)]
        return sorted(rows, key=lambda row: (row.available_at, row.id))

    def _set(self, row: Row, **values: Any) -> bool:
        changed = update(outbox).where(*self._ours(row)).values(_UNCLAIMED | values)
        return self._session.execute(changed.returning(outbox.c.id)).first() is not None

    def _ours(self, row: Row) -> tuple[ColumnElement[bool], ...]:
        # Whoever lost its lease must not undo what the next one does.
        return (
            outbox.c.id == row.id,
            outbox.c.state == row.state,
            outbox.c.lease_by.is_not_distinct_from(row.lease_by),
        )


def _held_before(epoch: int) -> tuple[ColumnElement[bool], ...]:
    return (outbox.c.state == HELD, outbox.c.held_epoch != epoch)
