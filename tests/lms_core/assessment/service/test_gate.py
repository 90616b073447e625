from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.integrity import AttemptsRunning, SafeBrowserRequired, Shown
from lms_core.assessment.domain.integrity.safe_browser import request_hash
from lms_core.assessment.service.integrity import SetIntegrity
from lms_core.assessment.service.saves import SaveResponse
from lms_core.assessment.service.tokens import SaveTokens, Speaker
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid, NotFound, Refused, TooMany
from lms_core.foundation.tables import events
from tests.support.counting import statements
from tests.support.exams import AUTHOR, Room

URL = "https://exam.example.org/api/v1/assessment/attempts/1/responses/1"


def conditions(room: Room, exam: Exam, **given: Any) -> None:
    """Set the conditions of an exam; whatever is not given is none."""
    values = {"networks": "", "password": None, "browser_required": False, "quit_password": None}
    room.integrity.change(AUTHOR, exam.id, SetIntegrity(**(values | given)))


def shown(room: Room, exam: Exam, url: str = URL, **given: Any) -> Shown:
    """What Safe Exam Browser with the exam's configuration shows."""
    browser = room.integrity.asked(exam.id).browser
    key = room.integrity.config_key(exam.id, browser)
    return Shown(url=url, config_hash=request_hash(url, key), **given)


def refusals(room: Room) -> Sequence[Any]:
    """What the log says of refusals."""
    with room.work.read() as uow:
        found = select(events.c.payload).where(events.c.name == "assessment.gate_refused").order_by(events.c.id)
        return uow.session.scalars(found).all()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.reasons]


def test_only_who_is_in_the_exams_room_begins_and_the_refusal_is_noted(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    conditions(room, exam, networks="10.2.30.0/24")
    with pytest.raises(Refused) as refused:
        room.start(actor, exam, address="10.9.9.9")
    assert codes(refused) == ["network-not-allowed"]
    assert "10.9.9.9" in str(refused.value.reason)
    (noted,) = refusals(room)
    assert (noted["act"], noted["codes"], noted["person_id"]) == ("start", "network-not-allowed", str(actor.person_id))
    assert room.start(actor, exam, address="10.2.30.7").attempt.is_open


def test_a_room_has_its_seats_and_whoever_hands_in_leaves_theirs(room: Room) -> None:
    exam = room.published()
    conditions(room, exam, networks="10.2.30.0/24 1\n10.2.31.0/24")
    first, second = room.trainee(), room.trainee()
    sitting = room.start(first, exam, address="10.2.30.7")
    with pytest.raises(Refused) as refused:
        room.start(second, exam, address="10.2.30.8")
    assert codes(refused) == ["seats-taken"]
    room.submissions.submit(first, sitting.attempt.id)
    assert room.start(second, exam, address="10.2.30.8").attempt.is_open


def test_a_seat_is_not_taken_twice_by_the_one_who_sits_there(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    conditions(room, exam, networks="10.2.30.0/24 1")
    sitting = room.start(actor, exam, address="10.2.30.7")
    assert room.attempts.take_over(actor, sitting.attempt.id, Shown("10.2.30.8"))[1] == 2
    with pytest.raises(Refused):
        room.attempts.take_over(actor, sitting.attempt.id, Shown("10.9.9.9"))


def test_the_password_is_asked_for_at_the_start_and_may_change_while_the_exam_runs(room: Room) -> None:
    exam, actor, other = room.published(), room.trainee(), room.trainee()
    conditions(room, exam, password="blue whale")
    with pytest.raises(Refused) as missing:
        room.start(actor, exam)
    with pytest.raises(Refused) as wrong:
        room.start(actor, exam, shown=Shown(password="red whale"))
    assert (codes(missing), codes(wrong)) == (["password-missing"], ["password-wrong"])
    sitting = room.start(actor, exam, shown=Shown(password="blue whale"))
    conditions(room, exam, password="green whale")
    with pytest.raises(Refused):
        room.start(other, exam, shown=Shown(password="blue whale"))
    assert room.start(other, exam, shown=Shown(password="green whale")).attempt.is_open
    assert room.answer(sitting, 1).sequence == 1


def test_passwords_are_not_guessed_in_a_row(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    conditions(room, exam, password="blue whale")
    for _ in range(5):
        with pytest.raises(Refused):
            room.start(actor, exam, shown=Shown(password="red whale"))
    with pytest.raises(TooMany):
        room.start(actor, exam, shown=Shown(password="blue whale"))
    assert room.start(room.trainee(), exam, shown=Shown(password="blue whale")).attempt.is_open
    room.clock.move(minutes=2)
    assert room.start(actor, exam, shown=Shown(password="blue whale")).attempt.is_open


def test_the_password_is_kept_as_a_hash_and_goes_when_it_is_taken_away(room: Room) -> None:
    exam = room.published()
    conditions(room, exam, password="blue whale")
    assert "blue" not in room.integrity.asked(exam.id).password_hash
    conditions(room, exam)
    assert room.integrity.asked(exam.id).password_hash
    conditions(room, exam, password="")
    assert room.integrity.asked(exam.id).password_hash == ""


def test_every_act_of_an_exam_in_safe_exam_browser_asks_for_it(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    conditions(room, exam, browser_required=True)
    with pytest.raises(Refused) as refused:
        room.start(actor, exam)
    assert codes(refused) == ["safe-browser-required"]
    sitting = room.start(actor, exam, shown=shown(room, exam))
    for act in (
        lambda: room.attempts.sitting(actor, sitting.attempt.id, "ko"),
        lambda: room.attempts.take_over(actor, sitting.attempt.id),
    ):
        with pytest.raises(SafeBrowserRequired):
            act()
    assert room.attempts.sitting(actor, sitting.attempt.id, "ko", shown(room, exam)).saved == {}
    assert [one["act"] for one in refusals(room)] == ["start", "room", "take-over"]


def speaker_of(room: Room, token: str | None) -> Speaker:
    speaker = SaveTokens(room.settings).read(token or "")
    assert speaker is not None
    return speaker


def test_a_save_shows_the_browsers_key_and_costs_no_statement_more(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    conditions(room, exam, browser_required=True, exam_keys=("a" * 64,))
    with_keys = shown(room, exam)
    with_keys = Shown(url=URL, config_hash=with_keys.config_hash, exam_hash=request_hash(URL, "a" * 64))
    sitting = room.start(actor, exam, shown=with_keys)
    speaker = speaker_of(room, sitting.save_token)
    assert speaker.lock
    saves, command = room.saves, SaveResponse(sitting.attempt.id, 1, 1, {"choices": []})
    saves.save(speaker, command, room.clock.now())
    with statements(room.work.database) as seen:
        room.gate.require_save(speaker, with_keys)
        saves.save(speaker, SaveResponse(sitting.attempt.id, 1, 2, {"choices": []}), room.clock.now())
    assert len(seen) == 1


def test_a_refused_save_is_noted_once_a_minute(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    conditions(room, exam, browser_required=True)
    speaker = speaker_of(room, room.start(actor, exam, shown=shown(room, exam)).save_token)
    for _ in range(3):
        with pytest.raises(SafeBrowserRequired):
            room.gate.require_save(speaker, Shown(url=URL))
    assert len(refusals(room)) == 1
    room.clock.move(minutes=2)
    with pytest.raises(SafeBrowserRequired):
        room.gate.require_save(speaker, Shown(url=URL, config_hash="0" * 64))
    assert len(refusals(room)) == 2


def test_a_process_that_never_saw_the_start_reads_the_keys_by_the_form(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    conditions(room, exam, browser_required=True)
    speaker = speaker_of(room, room.start(actor, exam, shown=shown(room, exam)).save_token)
    room.gate._keys.clear()
    room.gate.require_save(speaker, shown(room, exam))
    with pytest.raises(SafeBrowserRequired):
        room.gate.require_save(speaker, Shown(url=URL))


def test_a_save_by_the_persons_own_token_is_no_way_around(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    conditions(room, exam, browser_required=True)
    attempt_id = room.start(actor, exam, shown=shown(room, exam)).attempt.id
    with pytest.raises(SafeBrowserRequired):
        room.gate.require_own_save(attempt_id, Shown(url=URL))
    room.gate.require_own_save(attempt_id, shown(room, exam))


def test_an_exam_without_a_browser_asks_a_save_nothing(room: Room) -> None:
    speaker = speaker_of(room, room.start(room.trainee(), room.published()).save_token)
    assert speaker.lock == ""
    with statements(room.work.database) as seen:
        room.gate.require_save(speaker, Shown())
    assert seen == []


def test_the_browsers_settings_stay_while_anybody_sits_the_exam(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    conditions(room, exam, browser_required=True, quit_password="out")
    sitting = room.start(actor, exam, shown=shown(room, exam))
    with pytest.raises(AttemptsRunning):
        conditions(room, exam, browser_required=False)
    conditions(room, exam, browser_required=True, password="blue whale")
    room.submissions.submit(actor, sitting.attempt.id)
    conditions(room, exam)
    assert not room.integrity.asked(exam.id).browser.required


def test_conditions_are_for_those_who_may_set_them(room: Room) -> None:
    exam = room.published()
    with pytest.raises(NotFound):
        room.integrity.get(room.trainee(), exam.id)
    with pytest.raises(Invalid):
        conditions(room, exam, networks="upstairs")


def test_the_file_is_named_by_a_ticket_that_nobody_else_makes(room: Room) -> None:
    exam = room.published()
    conditions(room, exam, browser_required=True)
    service = room.integrity
    assert service.ticketed(service.ticket(exam.id)) == exam.id
    assert b"<plist" in service.file(exam.id)
    with pytest.raises(NotFound):
        service.ticketed(exam.id.hex + ".forged")
    with pytest.raises(NotFound):
        service.file(room.published().id)


def test_somebody_else_learns_nothing_of_an_exams_conditions(room: Room) -> None:
    exam = room.published()
    conditions(room, exam, password="blue whale")
    with pytest.raises(NotFound):
        room.start(Actor(UUID(int=7)), exam)
    assert refusals(room) == []
