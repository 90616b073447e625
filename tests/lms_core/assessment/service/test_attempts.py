from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from lms_core.assessment.domain.attempts import (
    AttemptClosed,
    AttemptOpen,
    DeadlinePassed,
    NotYetOpen,
    SessionSuperseded,
)
from lms_core.assessment.domain.exams import MapItems
from lms_core.foundation.actors import ANYONE, Actor
from lms_core.foundation.errors import NotFound, Refusal, Refused, Unauthenticated
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.text import text
from lms_core.hooks import hookimpl
from tests.support.counting import statements
from tests.support.exams import AUTHOR, HUSH, Room, add_item, lines, open_room, question


def test_an_attempt_begins_with_its_questions_its_clock_and_a_token(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = room.start(actor, exam)

    assert sitting.attempt.deadline.deadline_at == room.clock.now() + timedelta(minutes=45)
    assert sitting.attempt.deadline.closes_at == room.clock.now() + timedelta(minutes=45, seconds=30)
    assert (sitting.attempt.generation, sitting.attempt.number, sitting.attempt.slots) == (1, 1, 6)
    asked = lines(sitting.paper)
    assert [one["slot"] for one in asked] == [1, 2, 3, 4, 5, 6]
    assert all(set(one) == {"slot", "type", "prompt", "prompt_html", "most", "choices"} for one in asked)
    assert "<strong>" in asked[0]["prompt_html"]
    assert all(len(one["choices"]) == 4 and one["choices"][3]["text"].startswith("Choice d") for one in asked)


def test_beginning_takes_few_statements(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    room.start(room.trainee(), exam)
    with statements(room.work.database) as seen:
        room.start(actor, exam)

    assert len(seen) <= 8, seen


def test_nothing_that_is_sent_before_submission_holds_a_key_or_an_explanation(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = room.start(actor, exam)
    with statements(room.work.database) as seen:
        again = room.attempts.sitting(actor, sitting.attempt.id, "en")

    for paper in (sitting.paper, again.paper):
        assert HUSH.encode() not in paper
        for word in (b"correct", b"feedback", b"explanation", b'"key"', b"weight", b"Reference"):
            assert word not in paper
    assert not [one for one in seen if "assessment_form_key" in one or "assessment_solution" in one]


def test_choice_ids_do_not_tell_the_order_in_which_the_author_wrote_them(room: Room) -> None:
    exam = room.published(forms=20, shuffle_choices=False)
    firsts = set()
    for _ in range(20):
        for one in lines(room.start(room.trainee(), exam).paper):
            ids = [choice["id"] for choice in one["choices"]]
            firsts.add(ids.index(min(ids)))

    assert firsts == {0, 1, 2, 3}


def test_one_attempt_is_open_at_a_time(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = room.start(actor, exam)
    with pytest.raises(AttemptOpen) as refused:
        room.start(actor, exam)

    assert refused.value.facts["id"] == str(sitting.attempt.id)
    room.submissions.submit(actor, sitting.attempt.id)
    assert room.start(actor, exam).attempt.number == 2


def test_of_two_starts_at_once_one_attempt_comes(room: Room) -> None:
    exam, actor = room.published(), room.trainee()

    def begin(_: int) -> str:
        try:
            return str(room.start(actor, exam).attempt.id)
        except AttemptOpen as refused:
            return refused.facts["id"]

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(begin, range(6)))

    assert len(set(answers)) == 1
    assert room.attempts.mine(actor, PageRequest()).total == 1


def test_an_attempt_whose_time_is_over_is_handed_in_before_the_next_begins(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    first = room.start(actor, exam)
    room.clock.move(minutes=46)
    second = room.start(actor, exam)

    assert second.attempt.number == 2
    assert room.attempts.standing(actor, first.attempt.id).submitted_by == "server"


def test_nobody_sees_a_question_before_the_window_opens(room: Room) -> None:
    now = room.clock.now()
    exam = room.published(opens_at=now + timedelta(hours=1), closes_at=now + timedelta(hours=2))
    with pytest.raises(NotYetOpen):
        room.start(room.trainee(), exam)

    room.clock.move(hours=1)
    room.start(room.trainee(), exam)
    room.clock.move(hours=1)
    with pytest.raises(Refused) as refused:
        room.start(room.trainee(), exam)
    assert [one.code for one in refused.value.reasons] == ["window-closed"]


def test_attempts_are_counted(room: Room) -> None:
    exam, actor = room.published(attempts_allowed=1), room.trainee()
    room.submissions.submit(actor, room.start(actor, exam).attempt.id)
    with pytest.raises(Refused) as refused:
        room.start(actor, exam)

    assert [one.code for one in refused.value.reasons] == ["attempts-used"]


class TooSoon:
    @staticmethod
    @hookimpl
    def lms_review_attempt_start(facts):
        return Refusal("too-soon", text("Wait a day.")) if facts.attempts_before else None


def test_a_reviewer_of_starts_is_heard_with_the_cores_own_reasons(work, clock) -> None:
    room = open_room(work, clock, waiting=TooSoon)
    exam, actor = room.published(attempts_allowed=1), room.trainee()
    room.submissions.submit(actor, room.start(actor, exam).attempt.id)
    with pytest.raises(Refused) as refused:
        room.start(actor, exam)

    assert [(one.code, one.plugin) for one in refused.value.reasons] == [
        ("attempts-used", "core"),
        ("too-soon", "waiting"),
    ]


def test_an_exam_is_unknown_to_those_it_is_not_for(room: Room) -> None:
    exam = room.published()
    for stranger in (Actor(room.trainee().person_id), Actor(AUTHOR.person_id)):
        with pytest.raises(NotFound):
            room.start(stranger, exam)
    with pytest.raises(Unauthenticated):
        room.start(ANYONE, exam)


def test_an_attempt_is_nobody_elses(room: Room) -> None:
    sitting = room.start(room.trainee(), room.published())
    other = room.trainee()
    for act in (
        lambda: room.attempts.sitting(other, sitting.attempt.id, "ko"),
        lambda: room.attempts.standing(other, sitting.attempt.id),
        lambda: room.attempts.take_over(other, sitting.attempt.id),
        lambda: room.submissions.submit(other, sitting.attempt.id),
    ):
        with pytest.raises(NotFound):
            act()


def test_coming_back_shows_what_was_saved(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = room.start(actor, exam)
    picked = lines(sitting.paper)[1]["choices"][0]["id"]
    room.answer(sitting, 2, picked, sequence=5, flagged=True)
    again = room.attempts.sitting(actor, sitting.attempt.id, "ko")

    assert again.paper == sitting.paper
    assert again.save_token is None
    assert again.saved is not None
    kept = again.saved[2]
    assert (kept.sequence, kept.response, kept.flagged) == (5, {"choices": [picked]}, True)


def test_the_paper_is_there_in_both_languages(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = room.start(actor, exam)
    korean, english = lines(sitting.paper), lines(room.attempts.sitting(actor, sitting.attempt.id, "en").paper)

    assert [one["prompt"][-2:] for one in korean + english] == ["ko"] * 6 + ["en"] * 6
    assert [[choice["id"] for choice in one["choices"]] for one in korean] == [
        [choice["id"] for choice in one["choices"]] for one in english
    ]


def test_another_device_takes_over_and_the_older_one_is_told(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = room.start(actor, exam)
    room.answer(sitting, 1)
    token, generation = room.attempts.take_over(actor, sitting.attempt.id)

    assert generation == 2
    with pytest.raises(SessionSuperseded):
        room.answer(sitting, 1, sequence=2)
    assert room.attempts.tokens.read(token).generation == 2  # type: ignore[union-attr]


def test_an_attempt_that_was_handed_in_cannot_be_taken_over(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    sitting = room.start(actor, exam)
    room.submissions.submit(actor, sitting.attempt.id)
    with pytest.raises(AttemptClosed):
        room.attempts.take_over(actor, sitting.attempt.id)

    later = room.start(actor, exam)
    room.clock.move(hours=1)
    with pytest.raises(DeadlinePassed):
        room.attempts.take_over(actor, later.attempt.id)


def test_a_second_attempt_gets_another_form_and_a_third_one_drawn_for_the_person(room: Room) -> None:
    exam, actor = room.published(forms=2), room.trainee()
    asked: list[set[str]] = []
    forms = set()
    for _ in range(4):
        sitting = room.start(actor, exam)
        forms.add(sitting.attempt.form_id)
        asked.append({one["prompt"] for one in lines(sitting.paper)})
        room.submissions.submit(actor, sitting.attempt.id)

    assert len(forms) == 4
    assert not asked[0] & asked[1]
    assert all(len(each) == 6 for each in asked)


def test_an_exam_asks_what_was_approved_and_nothing_else(room: Room) -> None:
    draft = add_item(room.work, room.bank_id, question(77), approved=False)
    korean = add_item(room.work, room.bank_id, question(78, languages=("ko",)))
    room.exams.map_items(AUTHOR, MapItems("XY-1", "b", (draft, korean)))
    exam = room.published(forms=3)

    for _ in range(3):
        sitting = room.start(room.trainee(), exam)
        assert not {"Question **77** ko", "Question **78** ko"} & {one["prompt"] for one in lines(sitting.paper)}
