from dataclasses import replace

import pytest

from lms_core.assessment.domain.banks import AUTHOR_ITEM, SEE_BANK
from lms_core.assessment.domain.results import NotSubmitted
from lms_core.assessment.service.comments import CommentService
from lms_core.foundation.actors import grants
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import PageRequest
from tests.support.exams import AUTHOR, HUSH, Room

WRITER = replace(AUTHOR, grants=grants({AUTHOR_ITEM, SEE_BANK}))


def test_comments_after_a_simulation_reach_authors_without_a_name(room: Room) -> None:
    exam, person = room.published(comments=True), room.trainee()
    comments = CommentService(room.work, room.clock)
    sitting = room.start(person, exam)
    with pytest.raises(NotSubmitted):
        comments.open(person, sitting.attempt.id, "en")
    room.submissions.submit(person, sitting.attempt.id)

    assert comments.write(person, sitting.attempt.id, {0: "Too long", 2: " Two answers fit ", 3: ""}) == 2
    opened = comments.open(person, sitting.attempt.id, "en")
    assert opened.said == {0: "Too long", 2: "Two answers fit"}
    assert len(opened.lines) == sitting.attempt.slots
    assert HUSH.encode() not in b"".join(opened.lines)

    found = comments.of_bank(WRITER, room.bank_id, PageRequest()).items
    assert [(one.slot, one.words) for one, _ in found] == [(2, "Two answers fit")]
    every = comments.of_exam(AUTHOR, exam.id, PageRequest()).items
    assert {(one.slot, one.words, name is None) for one, name in every} == {
        (0, "Too long", True),
        (2, "Two answers fit", False),
    }
    comments.write(person, sitting.attempt.id, {2: ""})
    assert comments.open(person, sitting.attempt.id, "en").said == {0: "Too long"}


def test_nobody_else_comments_and_an_exam_that_does_not_ask_is_not_commented_on(room: Room) -> None:
    comments, person = CommentService(room.work, room.clock), room.trainee()
    asked, silent = (room.start(person, room.published(comments=wanted)) for wanted in (True, False))
    for sitting in (asked, silent):
        room.submissions.submit(person, sitting.attempt.id)
    for actor, sitting, slot in ((room.trainee(), asked, 1), (person, silent, 1), (person, asked, 99)):
        with pytest.raises(NotFound):
            comments.write(actor, sitting.attempt.id, {slot: "Words"})
