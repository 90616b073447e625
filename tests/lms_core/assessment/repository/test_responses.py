from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import update

from lms_core.assessment.domain.attempts import Save
from lms_core.assessment.repository.responses import Responses, Saves, fingerprint_of
from lms_core.assessment.tables.attempts import attempts
from lms_core.foundation.identity import new_id
from tests.support.exams import Room


@pytest.fixture
def save(room: Room) -> Save:
    """An answer that would be taken as it is."""
    attempt = room.start(room.trainee(), room.published()).attempt
    return Save(attempt.id, attempt.person_id, 1, 1, 1, {"choices": ["x"]}, None, room.clock.now())


def test_each_condition_of_a_save_stands_in_its_statement(room: Room, save: Save) -> None:
    saves = Saves(room.work.database)
    late = room.clock.now() + timedelta(minutes=46)
    for wrong in (
        replace(save, attempt_id=new_id()),
        replace(save, person_id=new_id()),
        replace(save, generation=2),
        replace(save, slot=0),
        replace(save, slot=7),
        replace(save, arrived_at=late),
    ):
        assert saves.keep(wrong, "receipt") is None
    kept = saves.keep(save, "receipt")
    assert kept is not None
    assert (kept.receipt, kept.sequence, kept.saved_at) == ("receipt", 1, save.arrived_at)


@pytest.mark.parametrize("values", [{"state": "submitted"}, {"first_slot": 2}, {"last_slot": 0}, {"generation": 9}])
def test_what_becomes_true_of_an_attempt_holds_for_the_next_save(room: Room, save: Save, values) -> None:
    with room.work.write() as uow:
        uow.session.execute(update(attempts).values(values))
        uow.commit()

    assert Saves(room.work.database).keep(save, "receipt") is None


def test_however_saves_arrive_the_highest_sequence_stays(room: Room, save: Save) -> None:
    saves = Saves(room.work.database)
    sequences = [*range(1, 41), *range(20, 31)]
    Random(7).shuffle(sequences)

    def keep(sequence: int) -> bool:
        answer = replace(save, sequence=sequence, response={"choices": [str(sequence)]})
        return saves.keep(answer, f"receipt-{sequence}") is not None

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(keep, sequences))

    standing = saves.standing(save)
    assert standing is not None
    assert standing.kept is not None
    assert (standing.kept.receipt, standing.kept.sequence) == ("receipt-40", 40)
    assert any(taken)
    with room.work.read() as uow:
        kept = Responses(uow).of(save.attempt_id)
        assert kept[1].response == {"choices": ["40"]}
        assert Responses(uow).fingerprint(save.attempt_id) == fingerprint_of(kept) == (1, 40)


def test_a_standing_speaks_of_one_slot(room: Room, save: Save) -> None:
    saves = Saves(room.work.database)
    saves.keep(save, "receipt")

    other = saves.standing(replace(save, slot=2))
    assert other is not None
    assert other.kept is None
    assert saves.standing(replace(save, attempt_id=new_id())) is None
