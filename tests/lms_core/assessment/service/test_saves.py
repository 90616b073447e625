from datetime import timedelta

import pytest

from lms_core.assessment.domain.attempts import AttemptClosed, DeadlinePassed
from lms_core.assessment.service.saves import SaveResponse
from lms_core.assessment.service.tokens import SaveTokens
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid, NotFound
from lms_core.foundation.settings import Settings
from tests.support.counting import statements
from tests.support.exams import Room, Sitting, lines


@pytest.fixture
def sitting(room: Room) -> Sitting:
    return room.start(room.trainee(), room.published())


def pick(sitting: Sitting, slot: int, place: int = 0) -> str:
    choice: str = lines(sitting.paper)[slot - 1]["choices"][place]["id"]
    return choice


def test_an_accepted_save_is_one_statement(room: Room, sitting: Sitting) -> None:
    saves = room.saves
    speaker = SaveTokens(room.settings).read(sitting.save_token or "")
    assert speaker is not None

    def save(sequence: int) -> object:
        command = SaveResponse(sitting.attempt.id, 1, sequence, {"choices": [pick(sitting, 1)]})
        return saves.save(speaker, command, room.clock.now())

    save(1)
    for sequence in (2, 3):
        with statements(room.work.database) as seen:
            save(sequence)
        assert len(seen) == 1, seen
    with statements(room.work.database) as seen:
        save(3)
    assert len(seen) == 2, seen


def test_a_newer_answer_replaces_an_older_one_and_an_older_one_never_a_newer(room: Room, sitting: Sitting) -> None:
    actor_sees = lambda: room.attempts.sitting(_actor(sitting), sitting.attempt.id, "ko").saved  # noqa: E731
    first = room.answer(sitting, 1, pick(sitting, 1, 0), sequence=3)
    newer = room.answer(sitting, 1, pick(sitting, 1, 1), sequence=8)
    again = room.answer(sitting, 1, pick(sitting, 1, 1), sequence=8)
    older = room.answer(sitting, 1, pick(sitting, 1, 2), sequence=5)

    assert first.sequence == 3
    assert newer.sequence == again.sequence == older.sequence == 8
    assert newer.receipt == again.receipt == older.receipt != first.receipt
    assert actor_sees()[1].response == {"choices": [pick(sitting, 1, 1)]}  # type: ignore[index]


def test_a_flag_stays_until_it_is_spoken_of(room: Room, sitting: Sitting) -> None:
    room.answer(sitting, 1, sequence=1, flagged=True)
    room.answer(sitting, 1, pick(sitting, 1), sequence=2)
    saved = room.attempts.sitting(_actor(sitting), sitting.attempt.id, "ko").saved
    assert saved is not None
    assert saved[1].flagged

    room.answer(sitting, 1, pick(sitting, 1), sequence=3, flagged=False)
    saved = room.attempts.sitting(_actor(sitting), sitting.attempt.id, "ko").saved
    assert saved is not None
    assert not saved[1].flagged


def test_a_save_is_judged_by_the_time_it_arrived(room: Room, sitting: Sitting) -> None:
    speaker = SaveTokens(room.settings).read(sitting.save_token or "")
    assert speaker is not None
    closes_at = sitting.attempt.deadline.closes_at
    room.clock.set(closes_at + timedelta(seconds=3))
    command = SaveResponse(sitting.attempt.id, 1, 1, {"choices": []})

    assert room.saves.save(speaker, command, closes_at).sequence == 1
    with pytest.raises(DeadlinePassed):
        room.saves.save(
            speaker, SaveResponse(sitting.attempt.id, 1, 2, {"choices": []}), closes_at + timedelta(0, 0, 1)
        )


def test_a_save_after_the_grace_finds_the_attempt_handed_in_by_the_server(room: Room, sitting: Sitting) -> None:
    room.clock.move(minutes=45, seconds=31)
    with pytest.raises(DeadlinePassed):
        room.answer(sitting, 1)

    standing = room.attempts.standing(_actor(sitting), sitting.attempt.id)
    assert (standing.state, standing.submitted_by) == ("submitted", "server")
    assert standing.submitted_at == sitting.attempt.deadline.closes_at


def test_after_handing_in_a_new_answer_is_refused_and_a_kept_one_still_gets_its_receipt(
    room: Room, sitting: Sitting
) -> None:
    kept = room.answer(sitting, 1, pick(sitting, 1), sequence=4)
    room.submissions.submit(_actor(sitting), sitting.attempt.id)

    assert room.answer(sitting, 1, pick(sitting, 1), sequence=4).receipt == kept.receipt
    with pytest.raises(AttemptClosed):
        room.answer(sitting, 1, sequence=5)


def test_an_answer_that_is_none_changes_nothing(room: Room, sitting: Sitting) -> None:
    with pytest.raises(Invalid):
        room.answer(sitting, 1, pick(sitting, 2))
    with pytest.raises(NotFound):
        room.answer(sitting, 7)
    assert room.attempts.sitting(_actor(sitting), sitting.attempt.id, "ko").saved == {}


def test_the_persons_own_token_saves_too_but_not_for_others(room: Room, sitting: Sitting) -> None:
    command = SaveResponse(sitting.attempt.id, 2, 1, {"choices": [pick(sitting, 2)]})
    room.attempts.take_over(_actor(sitting), sitting.attempt.id)

    assert room.saves.save_as_person(sitting.attempt.person_id, command, room.clock.now()).sequence == 1
    with pytest.raises(NotFound):
        room.saves.save_as_person(room.trainee().require_person(), command, room.clock.now())


def test_a_token_speaks_for_its_own_attempt_alone(room: Room, sitting: Sitting) -> None:
    other = room.start(room.trainee(), room.published())
    speaker = SaveTokens(room.settings).read(sitting.save_token or "")
    assert speaker is not None
    with pytest.raises(NotFound):
        room.saves.save(speaker, SaveResponse(other.attempt.id, 1, 1, {"choices": []}), room.clock.now())


def test_a_token_that_was_not_signed_here_says_nothing(room: Room, sitting: Sitting) -> None:
    token = sitting.save_token or ""
    tokens = SaveTokens(room.settings)

    assert tokens.read(token) is not None
    for wrong in ("", "save.", token[:-1], token.replace(".1.", ".2."), token[5:], "save.x.y.z.1.sig"):
        assert tokens.read(wrong) is None
    assert SaveTokens(Settings(secret_key="another secret, also long enough to be taken")).read(token) is None


def _actor(sitting: Sitting) -> Actor:
    return Actor(sitting.attempt.person_id)
