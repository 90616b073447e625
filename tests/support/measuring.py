"""People of known ability who sit an exam, for tests of what is measured."""

from math import exp
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.service import Sitting
from lms_core.assessment.tables.items import items
from lms_core.assessment.tables.measurement import calibrated_items, calibrations
from lms_core.foundation.actors import Actor
from lms_core.foundation.identity import new_id
from tests.support.exams import Room, lines


def sit(room: Room, exam: Exam, people: int, mode: str = "simulation", seed: int = 7) -> list[tuple[Actor, Sitting]]:
    """So many people answer every question, the abler ones rightly more often; the first questions are the easiest."""
    lot, sat = Random(seed), []
    for number in range(people):
        actor = room.trainee()
        sitting = room.start(actor, exam, mode)
        answer(room, sitting, ability=2 * (2 * number / max(1, people - 1) - 1), lot=lot)
        room.submissions.submit(actor, sitting.attempt.id)
        sat.append((actor, sitting))
    return sat


def answer(room: Room, sitting: Sitting, ability: float, lot: Random) -> None:
    """Answer every question of a sitting as somebody this able would."""
    for slot, right in room.key(sitting).items():
        knows = lot.random() < 1 / (1 + exp(-2 * ability))
        room.answer(sitting, slot, *(sorted(right) if knows else _wrong(room, sitting, slot, right)))


def _wrong(room: Room, sitting: Sitting, slot: int, right: Any) -> list[str]:
    shown = lines(sitting.paper)[slot - 1]["choices"]
    return [next(one["id"] for one in shown if one["id"] not in right)]


def measure(room: Room, most: int = 12) -> list[UUID]:
    """Accept a calibration of the bank's first items, the easiest first."""
    run_id, now = new_id(), room.clock.now()
    with room.work.write() as uow:
        ordered = select(items.c.id).where(items.c.bank_id == room.bank_id).order_by(items.c.id).limit(most)
        measured = list(uow.session.scalars(ordered))
        run = {"id": run_id, "bank_id": room.bank_id, "number": 1, "model": "rasch", "state": "done"}
        counts = {"persons": 100, "items": most, "calibrated": most, "converged": True}
        uow.session.execute(insert(calibrations), {**run, **counts, "requested_at": now, "accepted_at": now})
        found = {"calibration_id": run_id, "part": 0, "answers": 100, "discrimination": 1.5, "groups": []}
        rows = [
            {**found, "position": at, "item_id": item, "difficulty": (at - most / 2) / 3}
            for at, item in enumerate(measured)
        ]
        uow.session.execute(insert(calibrated_items), rows)
        uow.commit()
    return measured
