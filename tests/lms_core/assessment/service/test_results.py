import orjson
import pytest
from sqlalchemy import func, select, update

from lms_core.assessment.domain.results import NotSubmitted
from lms_core.assessment.service import payloads
from lms_core.assessment.tables.items import item_versions
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.tables import access_records
from tests.support.exams import AUTHOR, HUSH, Room, Sitting, lines


@pytest.fixture
def sitting(room: Room) -> Sitting:
    """Handed in: slot 1 right, slot 2 wrong and flagged, the rest open."""
    sitting = room.start(room.trainee(), room.published(pass_percent=70.0))
    key = room.key(sitting)
    wrong = next(one["id"] for one in lines(sitting.paper)[1]["choices"] if one["id"] not in key[2])
    room.answer(sitting, 1, *key[1])
    room.answer(sitting, 2, wrong, flagged=True)
    return sitting


def owner(sitting: Sitting) -> Actor:
    return Actor(sitting.attempt.person_id)


def test_nothing_is_told_before_the_attempt_is_handed_in(room: Room, sitting: Sitting) -> None:
    for actor in (owner(sitting), AUTHOR):
        with pytest.raises(NotSubmitted):
            room.results.report(actor, sitting.attempt.id, "ko")


def test_a_report_says_what_was_answered_what_is_right_and_why(room: Room, sitting: Sitting) -> None:
    room.submissions.submit(owner(sitting), sitting.attempt.id)
    report = room.results.report(owner(sitting), sitting.attempt.id, "en")
    solved = orjson.loads(payloads.solved(report))
    key = room.key(sitting)

    assert [one["slot"] for one in solved] == [1, 2, 3, 4, 5, 6]
    assert all(set(one["key"]["choices"]) == key[one["slot"]] for one in solved)
    assert all({each["id"] for each in one["choices"] if each["correct"]} == key[one["slot"]] for one in solved)
    assert [one["correct"] for one in solved] == [True, False, False, False, False, False]
    assert [one["flagged"] for one in solved] == [False, True, False, False, False, False]
    assert solved[2]["response"] is None
    assert solved[0]["explanation"] == f"{HUSH} b en"
    assert solved[0]["references"][0]["url"] == "https://example.org/b"
    assert solved[0]["attribution"] == "Attribution by an author"
    assert report.result.scaled.passed is False


def test_time_that_is_over_hands_in_before_the_report(room: Room, sitting: Sitting) -> None:
    room.clock.move(hours=1)
    report = room.results.report(owner(sitting), sitting.attempt.id, "ko")

    assert report.attempt.submitted_by == "server"
    assert report.result.points > 0


def test_a_report_is_for_its_owner_and_for_staff_whose_reading_is_recorded(room: Room, sitting: Sitting) -> None:
    room.submissions.submit(owner(sitting), sitting.attempt.id)
    with pytest.raises(NotFound):
        room.results.report(room.trainee(), sitting.attempt.id, "ko")
    room.results.report(owner(sitting), sitting.attempt.id, "ko")
    assert recorded(room, sitting) == 0

    assert room.results.report(AUTHOR, sitting.attempt.id, "ko").attempt.id == sitting.attempt.id
    assert recorded(room, sitting) == 1


def recorded(room: Room, sitting: Sitting) -> int:
    mine = access_records.c.person_id == sitting.attempt.person_id
    with room.work.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(access_records).where(mine)) or 0


def test_lists_show_scores_of_attempts_that_may_be_read(room: Room, sitting: Sitting) -> None:
    room.submissions.submit(owner(sitting), sitting.attempt.id)
    mine = room.attempts.mine(owner(sitting), PageRequest()).items
    everybody = room.attempts.of_exam(AUTHOR, sitting.attempt.exam_id, PageRequest()).items

    assert set(room.results.of(owner(sitting), mine)) == {sitting.attempt.id}
    assert set(room.results.of(AUTHOR, everybody)) == {sitting.attempt.id}
    assert room.results.of(room.trainee(), everybody) == {}
    with pytest.raises(NotFound):
        room.attempts.of_exam(room.trainee(), sitting.attempt.exam_id, PageRequest())


def test_changing_an_item_changes_no_report(room: Room, sitting: Sitting) -> None:
    room.submissions.submit(owner(sitting), sitting.attempt.id)
    before = payloads.solved(room.results.report(owner(sitting), sitting.attempt.id, "ko"))
    with room.work.write() as uow:
        uow.session.execute(update(item_versions).values(content={"type": "choice"}))
        uow.commit()

    assert payloads.solved(room.results.report(owner(sitting), sitting.attempt.id, "ko")) == before
