from datetime import timedelta

import pytest

from lms_core.assessment.domain.attempts import NotYetOpen
from lms_core.assessment.domain.exams import ExamNotPublished
from lms_core.assessment.domain.windows import Window
from lms_core.assessment.service.deadlines import Extend
from lms_core.assessment.service.windows import WindowService
from lms_core.foundation.errors import NotFound, Refused
from tests.support.exams import AUTHOR, Room


def test_a_later_end_reaches_those_who_sit_the_exam_and_an_earlier_one_does_not(room: Room) -> None:
    start = room.clock.now()
    exam = room.published(closes_at=start + timedelta(minutes=10))
    windows, person = WindowService(room.work), room.trainee()
    sitting = room.start(person, exam)
    assert sitting.attempt.deadline.deadline_at == start + timedelta(minutes=10)

    moved = windows.move(AUTHOR, exam.id, Window(None, start + timedelta(minutes=30)))
    assert (moved.running, moved.extended) == (1, 1)
    later = room.attempts.standing(person, sitting.attempt.id).deadline
    assert (later.deadline_at, later.revision) == (start + timedelta(minutes=30), 2)

    moved = windows.move(AUTHOR, exam.id, Window(None, start + timedelta(minutes=5)))
    assert (moved.running, moved.extended) == (1, 0)
    assert room.attempts.standing(person, sitting.attempt.id).deadline == later
    # What is granted later comes on top of what the attempt has, not of the newest window.
    extended = room.deadlines.extend(AUTHOR, sitting.attempt.id, Extend(60, "A fire drill"))
    assert extended.deadline.deadline_at == start + timedelta(minutes=31)
    # Whoever begins now has the new window.
    assert room.start(room.trainee(), exam).attempt.deadline.deadline_at == start + timedelta(minutes=5)


def test_a_window_that_is_over_or_not_yet_open_binds_whoever_begins(room: Room) -> None:
    now, exam = room.clock.now(), room.published()
    WindowService(room.work).move(AUTHOR, exam.id, Window(now + timedelta(hours=1), None))
    with pytest.raises(NotYetOpen):
        room.start(room.trainee(), exam)
    WindowService(room.work).move(AUTHOR, exam.id, Window(None, now - timedelta(hours=1)))
    with pytest.raises(Refused):
        room.start(room.trainee(), exam)


def test_only_the_window_of_an_open_exam_is_moved_and_by_its_authors_alone(room: Room) -> None:
    exam = room.published()
    with pytest.raises(NotFound):
        WindowService(room.work).move(room.trainee(), exam.id, Window(None, None))
    room.exams.close(AUTHOR, exam.id)
    with pytest.raises(ExamNotPublished):
        WindowService(room.work).move(AUTHOR, exam.id, Window(None, None))
