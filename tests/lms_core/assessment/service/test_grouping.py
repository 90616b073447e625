"""Saves that go out together: as if each had gone out alone."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from time import sleep
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from lms_core.assessment.domain.attempts import Receipt, Save
from lms_core.assessment.repository.responses import Responses, Saves
from lms_core.assessment.repository.save_batches import Away, SaveBatches
from lms_core.assessment.service import grouping
from lms_core.assessment.service.grouping import GroupedSaves
from lms_core.assessment.tables.attempts import attempts, responses
from lms_core.foundation.errors import Unavailable
from tests.support.counting import statements
from tests.support.exams import Room

POISON = {"text": "\x00"}
Outcome = Receipt | Exception | None


@pytest.fixture
def saves(room: Room) -> list[Save]:
    """An answer to each of two attempts."""
    exam = room.published()
    begun = [room.start(room.trainee(), exam).attempt for _ in range(2)]
    return [Save(one.id, one.person_id, 1, 1, 1, {"choices": ["x"]}, None, room.clock.now()) for one in begun]


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Nothing is written until the event is set: what is sent meanwhile gathers."""
    go, write = Event(), GroupedSaves._write
    monkeypatch.setattr(GroupedSaves, "_write", lambda self, batch: (go.wait(10), write(self, batch)))
    yield go
    monkeypatch.setattr(GroupedSaves, "_write", write)


def together(grouped: GroupedSaves, sent: Sequence[Save]) -> list[Outcome]:
    """What becomes of saves that all stand in the queue before the first is written; the first goes out alone."""

    def keep(numbered: tuple[int, Save]) -> Outcome:
        number, save = numbered
        try:
            return grouped.keep(save, f"receipt-{number}")
        except Exception as error:  # noqa: BLE001 it is what became of it
            return error

    with pytest.MonkeyPatch.context() as patch, held(patch) as go, ThreadPoolExecutor(len(sent)) as pool:
        outcomes = []
        for number, save in enumerate(sent):
            outcomes.append(pool.submit(keep, (number, save)))
            while len(grouped._queue) < number:
                sleep(0.0005)
        go.set()
        return [one.result() for one in outcomes]


def test_what_gathers_while_a_commit_is_under_way_goes_out_in_one_statement(room: Room, saves: list[Save]) -> None:
    sent = [replace(save, slot=slot) for slot in range(1, 6) for save in saves]
    with statements(room.work.database) as seen:
        outcomes = together(GroupedSaves(room.work.database), sent)
    assert all(isinstance(one, Receipt) for one in outcomes)
    assert len(seen) == 2
    with room.work.read() as uow:
        assert [len(Responses(uow).of(save.attempt_id)) for save in saves] == [5, 5]


SENT = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(1, 2),
        st.integers(1, 4),
        st.sampled_from([1, 1, 1, 2, None]),
        st.sampled_from([{"choices": ["x"]}, {"choices": ["y"]}, POISON]),
        st.sampled_from([None, True, False]),
    ),
    min_size=2,
    max_size=8,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(sent=SENT)
def test_however_saves_are_mixed_the_newest_stays_and_poison_harms_nobody_else(
    room: Room, saves: list[Save], sent: list[tuple[Any, ...]]
) -> None:
    _forget(room)
    tried = [
        replace(saves[who], slot=slot, sequence=sequence, generation=generation, response=response, flagged=flagged)
        for who, slot, sequence, generation, response, flagged in sent
    ]
    database = room.work.database
    outcomes = together(GroupedSaves(database), tried)

    for save, outcome in zip(tried, outcomes, strict=True):
        unreadable = save.response == POISON and not database.embedded
        if isinstance(outcome, Exception):
            assert unreadable
        elif save.generation == 2:
            assert outcome is None
        elif outcome is None:
            # Not taken together: alone it is either taken or overtaken, or cannot be read.
            assert unreadable or _alone(database, save) >= save.sequence
        else:
            assert outcome.sequence >= save.sequence
    for slot_of, sequence in _newest(tried, embedded=database.embedded).items():
        standing = Saves(database).standing(next(one for one in tried if (one.attempt_id, one.slot) == slot_of))
        assert standing is not None
        assert standing.kept is not None
        assert standing.kept.sequence == sequence


def test_a_save_does_not_wait_behind_an_attempt_that_somebody_else_holds(
    on_server_room: Room, on_server_saves: list[Save]
) -> None:
    room, (held_one, free) = on_server_room, on_server_saves
    batch = [(replace(held_one, slot=2), "one"), (replace(free, slot=2), "two")]
    with room.work.write() as uow:
        uow.session.execute(attempts.update().where(attempts.c.id == held_one.attempt_id).values(revision=7))
        kept = SaveBatches(room.work.database).keep(batch)
    assert list(kept) == [(free.attempt_id, 2)]


def test_a_database_that_is_away_for_a_moment_is_waited_for(room: Room, saves: list[Save], monkeypatch) -> None:
    keep, failures = SaveBatches.keep, [Away()] * 2

    def sometimes(self: SaveBatches, batch: Any) -> Any:
        if failures:
            raise failures.pop()
        return keep(self, batch)

    monkeypatch.setattr(SaveBatches, "keep", sometimes)
    assert GroupedSaves(room.work.database).keep(saves[0], "receipt") is not None


def test_a_database_that_stays_away_fails_every_sender_and_the_next_is_tried_again(
    room: Room, saves: list[Save], monkeypatch
) -> None:
    def never(*_: object) -> None:
        raise Away

    grouped = GroupedSaves(room.work.database)
    with monkeypatch.context() as away:
        away.setattr(grouping, "PATIENCE", 0.01)
        away.setattr(SaveBatches, "keep", never)
        outcomes = together(grouped, [saves[0], saves[1], replace(saves[0], slot=2)])
    assert [type(one) for one in outcomes] == [Unavailable] * 3
    assert grouped.keep(saves[0], "receipt") is not None


def test_a_full_queue_says_so_at_once_and_takes_saves_again_later(room: Room, saves: list[Save], monkeypatch) -> None:
    monkeypatch.setattr(grouping, "WAITING", 2)
    grouped = GroupedSaves(room.work.database)
    with held(monkeypatch) as go, ThreadPoolExecutor(4) as pool:
        first = pool.submit(grouped.keep, saves[0], "0")
        while not grouped._led or grouped._queue:
            sleep(0.001)
        waiting = [pool.submit(grouped.keep, replace(saves[1], slot=slot), str(slot)) for slot in (1, 2)]
        while len(grouped._queue) < 2:
            sleep(0.001)
        with pytest.raises(Unavailable):
            grouped.keep(replace(saves[1], slot=3), "3")
        go.set()
        assert all(one.result() for one in (first, *waiting))
    assert grouped.keep(replace(saves[1], slot=3), "3") is not None


def test_who_waits_too_long_leaves_the_queue(room: Room, saves: list[Save], monkeypatch) -> None:
    grouped = GroupedSaves(room.work.database)
    with held(monkeypatch) as go, ThreadPoolExecutor(1) as pool:
        first = pool.submit(grouped.keep, saves[0], "0")
        while not grouped._led or grouped._queue:
            sleep(0.001)
        monkeypatch.setattr(grouping, "PATIENCE", 0.01)
        with pytest.raises(Unavailable):
            grouped.keep(saves[1], "1")
        monkeypatch.undo()
        go.set()
        assert first.result() is not None
    assert Saves(room.work.database).standing(saves[1]).kept is None  # type: ignore[union-attr]


def test_the_child_of_a_fork_begins_with_an_empty_queue(room: Room, saves: list[Save], monkeypatch) -> None:
    grouped = GroupedSaves(room.work.database)
    with held(monkeypatch) as go, ThreadPoolExecutor(1) as pool:
        first = pool.submit(grouped.keep, saves[0], "0")
        while not grouped._led:
            sleep(0.001)
        child = os.fork()
        if child == 0:
            os._exit(0 if not grouped._led and not grouped._queue and grouped._lock.acquire(blocking=False) else 1)
        _, status = os.waitpid(child, 0)
        go.set()
        first.result()
    assert os.waitstatus_to_exitcode(status) == 0


@pytest.fixture
def on_server_room(room: Room) -> Room:
    if room.work.database.embedded:
        pytest.skip("SQLite has one writer")
    return room


@pytest.fixture
def on_server_saves(on_server_room: Room, saves: list[Save]) -> list[Save]:
    return saves


def _alone(database: Any, save: Save) -> int:
    Saves(database).keep(save, "alone")
    standing = Saves(database).standing(save)
    return standing.kept.sequence if standing and standing.kept else -1


def _newest(tried: Sequence[Save], *, embedded: bool) -> dict[Any, int]:
    newest: dict[Any, int] = {}
    for save in tried:
        if save.generation != 2 and (embedded or save.response != POISON):
            slot = (save.attempt_id, save.slot)
            newest[slot] = max(newest.get(slot, 0), save.sequence)
    return newest


def _forget(room: Room) -> None:
    with room.work.write() as uow:
        uow.session.execute(delete(responses))
        uow.commit()
