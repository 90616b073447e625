"""Practice that suits oneself asks measured questions alone, a few at a time, and says what the answers tell."""

from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select, update

from lms_core.assessment.domain.exams import Exam, MapItems
from lms_core.assessment.domain.forms import SpecificationUnmet
from lms_core.assessment.domain.practice import ALL_ASKED, ATTEMPTS_COUNTED, NOT_MEASURED, Practice
from lms_core.assessment.service import suiting
from lms_core.assessment.service.attempts import Sitting, StartAttempt
from lms_core.assessment.service.suiting import SuitingService
from lms_core.assessment.tables.exams import form_slots
from lms_core.assessment.tables.measurement import calibrations
from lms_core.foundation.actors import Actor
from tests.support.exams import AUTHOR, Room, add_items, question
from tests.support.measuring import answer, measure

SUITED = Practice(pool="suited", items=4)


def practise(room: Room, actor: Actor, exam: Exam, wanted: Practice = SUITED) -> Sitting:
    return room.attempts.start(actor, StartAttempt(exam.id, "practice", "ko", wanted))


def asked(room: Room, sitting: Sitting) -> dict[UUID, str]:
    with room.work.read() as uow:
        rows = uow.session.execute(select(form_slots).where(form_slots.c.form_id == sitting.attempt.form_id))
        return {row.item_id: row.domain for row in rows}


def step(room: Room, actor: Actor, exam: Exam, ability: float, wanted: Practice = SUITED) -> dict[UUID, str]:
    sitting = practise(room, actor, exam, wanted)
    answer(room, sitting, ability, Random(1))
    room.submissions.submit(actor, sitting.attempt.id)
    return asked(room, sitting)


def test_steps_never_ask_again_and_end_when_everything_was_asked(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    measure(room)
    steps = [step(room, actor, exam, 0.0) for _ in range(3)]
    assert [len(one) for one in steps] == [4, 4, 4]
    assert len({item for one in steps for item in one}) == 12
    with pytest.raises(SpecificationUnmet) as refused:
        practise(room, actor, exam)
    assert refused.value.reasons == (ALL_ASKED,)


def test_a_step_holds_the_shares_of_the_domains(room: Room) -> None:
    exam = room.published()
    measure(room)
    shares = {one: count / exam.specification.total for one, count in exam.specification.counts.items()}
    found = list(asked(room, practise(room, room.trainee(), exam)).values())
    assert all(abs(found.count(domain) - 4 * share) < 1 for domain, share in shares.items())


def test_what_was_answered_leads_to_easier_or_harder_questions(room: Room) -> None:
    exam = room.published()
    more = add_items(room.work, room.bank_id, [question(number) for number in range(100, 130)])
    room.exams.map_items(AUTHOR, MapItems("XY-1", "a", more))
    places = {item: at for at, item in enumerate(measure(room, 42))}
    wanted, means = Practice(("a",), "suited", 4), []
    for ability in (-9.0, 9.0):
        actor = room.trainee()
        step(room, actor, exam, ability, wanted)
        second = asked(room, practise(room, actor, exam, wanted))
        means.append(sum(places[item] for item in second) / len(second))
    assert means[0] + 2 < means[1]


def test_only_measured_questions_appear_and_none_kept_for_exams(room: Room) -> None:
    exam = room.published()
    measured = measure(room, 11)
    room.exams.keep_for_exams(AUTHOR, measured[:1], exam_only=True)
    found = asked(room, practise(room, room.trainee(), exam, Practice(pool="suited", items=12)))
    assert set(found) == set(measured[1:])


def test_too_few_measured_questions_are_not_offered_and_the_reason_is_said(room: Room) -> None:
    exam = room.published()
    assert SuitingService(room.work).against(exam) == NOT_MEASURED
    measured = measure(room, 10)
    assert SuitingService(room.work).against(exam) is None
    room.exams.keep_for_exams(AUTHOR, measured[:1], exam_only=True)
    assert SuitingService(room.work).against(exam) == NOT_MEASURED
    for wanted in (SUITED, Practice(("a",), "suited")):
        with pytest.raises(SpecificationUnmet) as refused:
            practise(room, room.trainee(), exam, wanted)
        assert refused.value.reasons == (NOT_MEASURED,)


def test_an_exam_that_limits_attempts_offers_no_steps(room: Room) -> None:
    exam = room.published(attempts_allowed=3)
    measure(room)
    assert SuitingService(room.work).against(exam) == ATTEMPTS_COUNTED
    with pytest.raises(SpecificationUnmet) as refused:
        practise(room, room.trainee(), exam)
    assert refused.value.reasons == (ATTEMPTS_COUNTED,)


def test_a_step_of_one_domain_asks_five_of_it_unless_one_says_otherwise(room: Room) -> None:
    exam = room.published()
    measure(room)
    found = asked(room, practise(room, room.trainee(), exam, Practice(("a",), "suited")))
    assert list(found.values()) == ["a"] * 5


def test_a_run_that_nobody_accepted_offers_nothing(room: Room) -> None:
    exam = room.published()
    measure(room)
    with room.work.write() as uow:
        uow.session.execute(update(calibrations).values(accepted_at=None))
        uow.commit()
    assert SuitingService(room.work).against(exam) == NOT_MEASURED


def test_answers_say_what_to_expect_and_more_of_them_say_it_more_closely(room: Room) -> None:
    exam, actor = room.published(), room.trainee()
    measure(room)
    assert SuitingService(room.work).expected(actor, exam) is None
    step(room, actor, exam, 9.0)
    first = SuitingService(room.work).expected(actor, exam)
    step(room, actor, exam, 9.0)
    second = SuitingService(room.work).expected(actor, exam)
    assert first is not None
    assert second is not None
    assert (first.answers, second.answers) == (4, 8)
    assert second.low < second.percent < second.high <= 100
    assert second.error < first.error
    assert second.percent > 50


def test_without_the_libraries_nothing_is_offered_and_nothing_fails(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam, actor = room.published(), room.trainee()
    measure(room)
    monkeypatch.setattr(suiting, "find_spec", lambda _: None)
    assert SuitingService(room.work).against(exam) == NOT_MEASURED
    assert SuitingService(room.work).expected(actor, exam) is None
    with pytest.raises(SpecificationUnmet):
        practise(room, actor, exam)
