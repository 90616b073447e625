"""Schedules: tasks that come due by the clock, queued once a period however many processes look."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from lms_core.foundation.outbox.tasks import NAME
from lms_core.foundation.scopes import NOWHERE
from lms_core.foundation.tables import schedules as rows
from lms_core.foundation.uow import Work


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at ``at`` on the clocks of the site's time zone."""

    at: time


@dataclass(frozen=True, slots=True)
class Schedule:
    """Runs the task ``name`` (``<room>.<verb>``, without arguments) after each ``every``, or daily."""

    name: str
    every: timedelta | Daily

    def __post_init__(self) -> None:
        """Refuse a name that is no task's, and a period that is none. Raises ValueError."""
        if not NAME.fullmatch(self.name):
            raise ValueError(f"a schedule is named after its task, <room>.<verb>, not {self.name!r}")
        if isinstance(self.every, timedelta) and self.every < timedelta(seconds=1):
            raise ValueError(f"{self.name}: a period is at least a second")

    def following(self, due: datetime, now: datetime, zone: ZoneInfo) -> datetime:
        """The first moment after ``now`` in the rhythm that ``due`` belongs to; periods slept through are left out."""
        if isinstance(self.every, timedelta):
            return due + self.every * ((now - due) // self.every + 1)
        today = now.astimezone(zone).date()
        moments = (_at(self.every.at, today + timedelta(days=days), zone) for days in (0, 1, 2))
        return next(moment for moment in moments if moment > now)


def _at(wall: time, day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, wall, zone).astimezone(UTC)


@dataclass(eq=False)
class Schedules:
    """Keeps the rows of all schedules, and queues what has come due."""

    work: Work
    schedules: Iterable[Schedule]
    anywhere: Callable[[str], bool]
    zone: ZoneInfo
    _known: dict[str, Schedule] = field(init=False)
    _installed: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        """Refuse two schedules of one task. Raises ValueError."""
        self._known = {}
        for one in self.schedules:
            if one.name in self._known:
                raise ValueError(f"there are two schedules for {one.name}")
            self._known[one.name] = one

    def advance(self) -> bool:
        """Queue what is due, each once; whether there was anything."""
        if not self._installed:
            self._install()
            self._installed = True
        now = self.work.clock.now()
        queued = [self._queue(name, due, now) for name, due in self._due(now)]
        return any(queued)

    def _install(self) -> None:
        now = self.work.clock.now()
        with self.work.read() as uow:
            present = dict(uow.session.execute(select(rows.c.name, rows.c.next_at)).all())
        for one in self._known.values():
            first = one.following(now, now, self.zone)
            if one.name not in present:
                self._add(one.name, first)
            elif present[one.name] > first:
                # Its period was made shorter: do not wait out the old one.
                self._move(one.name, present[one.name], first)

    def _add(self, name: str, first: datetime) -> None:
        try:
            with self.work.write() as uow:
                uow.session.execute(insert(rows), {"name": name, "next_at": first})
                uow.commit()
        except IntegrityError:
            # Another process was first; its row is as good as ours.
            return

    def _move(self, name: str, due: datetime, to: datetime) -> None:
        with self.work.write() as uow:
            uow.session.execute(_moved(name, due, {"next_at": to}))
            uow.commit()

    def _due(self, now: datetime) -> list[tuple[str, datetime]]:
        wanted = select(rows.c.name, rows.c.next_at).where(rows.c.next_at <= now)
        with self.work.read() as uow:
            return [(name, due) for name, due in uow.session.execute(wanted) if name in self._known]

    def _queue(self, name: str, due: datetime, now: datetime) -> bool:
        following = self._known[name].following(due, now, self.zone)
        with self.work.write() as uow:
            # Of several processes, one finds the row as all of them have seen it: the period is its to queue.
            if uow.session.execute(_moved(name, due, {"next_at": following, "last_at": now})).first() is None:
                return False
            # A row that its successor overtakes has nothing left to do; and a plugin that is off queues none.
            if on := self.anywhere(name.partition(".")[0]):
                uow.later(name, expires=following, scopes=NOWHERE)
            uow.commit()
            return on


def _moved(name: str, due: datetime, values: dict[str, datetime]) -> ReturningUpdate[Any]:
    found = update(rows).where(rows.c.name == name, rows.c.next_at == due)
    return found.values(values).returning(rows.c.name)
