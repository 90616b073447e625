"""Regrading: attempts a second and memory, at one thousand and at twenty thousand attempts of one exam.

`python -m benchmarks.regrade [COUNT ...]` fills an embedded database and prints a line of JSON a size: what a preview
and its application took, and how much memory grew meanwhile. Memory is to stay flat, since both go in rounds.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from lms_core.assessment.domain.regrades import REGRADE, ProposeRegrade, Ruling
from lms_core.assessment.repository.results import Results
from lms_core.assessment.service.regrades import RegradeService
from lms_core.assessment.service.regrading import Regrader
from lms_core.assessment.tables.attempts import attempts
from lms_core.assessment.tables.exams import form_slots
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.database import Database, metadata
from lms_core.foundation.identity import new_id
from lms_core.foundation.uow import Work
from lms_core.kit.clock import FixedClock
from lms_core.people.tables import persons
from tests.support.exams import Room, open_room

SIZES = (1_000, 20_000)
TOGETHER = 1_000


def measure(count: int) -> dict[str, Any]:
    """What previewing and applying one regrade takes with ``count`` attempts."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        metadata.create_all(database.engine)
        clock = FixedClock()
        room = open_room(Work(database, clock), clock)
        exam_id, version_id = _filled(room, count)
        service = RegradeService(room.work, clock, Regrader(room.work, clock, room.grader))
        actor = Actor(new_id(), grants({REGRADE}))
        before = _memory()
        began = perf_counter()
        proposed = service.propose(actor, ProposeRegrade(exam_id, Ruling(version_id, 0, "drop"), "A benchmark"))
        while service.regrader.advance(proposed.id):
            continue
        previewed = perf_counter()
        service.approve(actor, proposed.id)
        while service.regrader.advance(proposed.id):
            continue
        applied = perf_counter()
        database.dispose()
    return {
        "attempts": count,
        "previewed_per_second": round(count / (previewed - began)),
        "applied_per_second": round(count / (applied - previewed)),
        "memory_grew_mib": round(_memory() - before, 1),
    }


def _filled(room: Room, count: int) -> tuple[UUID, UUID]:
    """One attempt that was sat, and copies of it for other people."""
    exam = room.published(forms=1)
    sitting = room.start(room.trainee(), exam)
    room.submissions.submit(Actor(sitting.attempt.person_id), sitting.attempt.id)
    with room.work.read() as uow:
        row = dict(uow.session.execute(select(attempts).where(attempts.c.id == sitting.attempt.id)).one()._mapping)
        result = Results(uow).of((sitting.attempt.id,))[sitting.attempt.id]
        here = form_slots.c.form_id == sitting.attempt.form_id, form_slots.c.slot == 1
        version_id = uow.session.scalars(select(form_slots.c.version_id).where(*here)).one()
    for first in range(1, count, TOGETHER):
        _copied(room, row, result, min(TOGETHER, count - first))
    return exam.id, version_id


def _copied(room: Room, row: dict[str, Any], result: Any, count: int) -> None:
    people = [new_id() for _ in range(count)]
    told = {"display_name": "", "language": "ko", "state": "active", "password_hash": "", "version": 1}
    copies = [{**row, "id": new_id(), "person_id": person} for person in people]
    with room.work.write() as uow:
        now = room.clock.now() - timedelta(days=1)
        made = [{"id": one, "email": f"{one}@example.org", "created_at": now, **told} for one in people]
        uow.session.execute(insert(persons), made)
        uow.session.execute(insert(attempts), copies)
        Results(uow).add_all([replace(result, attempt_id=one["id"]) for one in copies])
        uow.commit()


def _memory() -> float:
    """The most memory this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sizes: Sequence[str]) -> None:
    """Print a line of JSON for each size."""
    for size in [int(one) for one in sizes] or SIZES:
        print(json.dumps(measure(size)))


if __name__ == "__main__":
    main(sys.argv[1:])
