"""What a row of the outbox is, and the events that tell of its fate."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Row as Fetched

from lms_core.foundation.events import Event
from lms_core.foundation.scopes import Scopes, parse_scope

READY, PUBLISHED, HELD, PARKED = "ready", "published", "held", "parked"
STATES = (READY, PUBLISHED, HELD, PARKED)
# Who holds the lease of a row that lies with the broker and that no worker has taken yet.
BROKER = "broker"


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of work: task ``name`` with ``payload["arguments"]``, or after hook ``name`` of ``plugin``.

    ``attempts`` counts the runs, the present one included; ``last_error`` says why the last one failed.
    """

    id: UUID
    kind: str
    name: str
    plugin: str
    scopes: Scopes
    payload: Mapping[str, Any]
    state: str
    available_at: datetime
    expires_at: datetime | None
    created_at: datetime
    attempts: int
    lease_by: str | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on a row: whose, and until when."""

    by: str
    until: datetime


def read(fetched: Fetched[Any]) -> Row:
    """The row as it came from the table."""
    found = fetched._mapping
    values = {name: found[name] for name in Row.__dataclass_fields__ if name != "scopes"}
    return Row(scopes=frozenset(parse_scope(one) for one in found["scopes"]), **values)


@dataclass(frozen=True, slots=True)
class WorkEvent(Event):
    """Something became of a row: its id, and the task or hook and the plugin that it was for."""

    row_id: UUID
    work: str
    plugin: str


@dataclass(frozen=True, slots=True)
class WorkExpired(WorkEvent):
    """It was still waiting when its time ran out, and was dropped."""

    name: ClassVar[str] = "foundation.work_expired"


@dataclass(frozen=True, slots=True)
class WorkParked(WorkEvent):
    """It failed for the last time; a person has to look."""

    name: ClassVar[str] = "foundation.work_parked"


@dataclass(frozen=True, slots=True)
class WorkRetried(WorkEvent):
    """A person sent it on its way again."""

    name: ClassVar[str] = "foundation.work_retried"


@dataclass(frozen=True, slots=True)
class WorkDropped(WorkEvent):
    """A person gave it up."""

    name: ClassVar[str] = "foundation.work_dropped"
