"""Reports: the sentence first, figures with their interval, explanations; and who may read them."""

from collections.abc import Callable
from uuid import UUID

import pytest

from lms_core.assessment.domain.exams import SIT_EXAM
from lms_core.assessment.pages.reports import plain
from lms_core.assessment.service import Sitting, SubmissionService
from lms_core.foundation.actors import Actor, grants
from tests.support.mock_exams import publish_mock_exam
from tests.support.site import Site

Sit = Callable[[UUID, UUID], Sitting]


@pytest.fixture
def handed_in(embedded_site: Site, trainee: UUID, sit: Sit) -> Callable[..., Sitting]:
    def make(**given: object) -> Sitting:
        sitting = sit(trainee, publish_mock_exam(embedded_site, **given).id)
        actor = Actor(trainee, grants({SIT_EXAM}))
        embedded_site.provide(SubmissionService).submit(actor, sitting.attempt.id)
        return sitting

    return make


def _report(site: Site, person_id: UUID, sitting: Sitting, query: str = "") -> str:
    return site.browser(person_id).get(f"/assessment/attempts/{sitting.attempt.id}/report{query}").text


def test_a_report_says_what_came_of_it_and_whose_estimate_it_is(
    embedded_site: Site, trainee: UUID, handed_in: Callable[..., Sitting]
) -> None:
    page = _report(embedded_site, trainee, handed_in(pass_percent=70.0))
    assert "You are below our own pass line" in page
    assert "practice estimate" in page
    assert "probably between" in page
    assert "Keep learning" in page
    assert "CC BY 4.0" in page


def test_a_report_without_a_line_counts_and_judges_nothing(
    embedded_site: Site, trainee: UUID, handed_in: Callable[..., Sitting]
) -> None:
    page = _report(embedded_site, trainee, handed_in())
    assert "You answered 0 of 5 questions correctly" in page
    assert "pass line" not in page


def test_the_questions_can_be_narrowed_to_those_that_were_not_right(
    embedded_site: Site, trainee: UUID, handed_in: Callable[..., Sitting]
) -> None:
    sitting = handed_in()
    assert _report(embedded_site, trainee, sitting, "?show=wrong").count("<article") == 5
    assert "None of the questions." in _report(embedded_site, trainee, sitting, "?show=flagged")
    assert _report(embedded_site, trainee, sitting, "?show=nonsense").count("<article") == 5


def test_there_is_no_report_before_an_attempt_is_handed_in(embedded_site: Site, trainee: UUID, sit: Sit) -> None:
    sitting = sit(trainee, publish_mock_exam(embedded_site).id)
    answer = embedded_site.browser(trainee).get(f"/assessment/attempts/{sitting.attempt.id}/report")
    assert answer.location.endswith(f"/assessment/attempts/{sitting.attempt.id}")


def test_attempts_stand_side_by_side_from_the_second_one_on_and_only_their_own_person_sees_them(
    embedded_site: Site, trainee: UUID, teacher: UUID, sit: Sit, handed_in: Callable[..., Sitting]
) -> None:
    first = handed_in(pass_percent=70.0)
    assert "This is your first attempt in this mode" in _report(embedded_site, trainee, first)
    second = sit(trainee, first.attempt.exam_id)
    embedded_site.provide(SubmissionService).submit(Actor(trainee), second.attempt.id)
    page = _report(embedded_site, trainee, second)
    assert "the difference may be chance" in page
    assert f'href="/assessment/attempts/{first.attempt.id}/report"' in page
    assert "Progress over attempts" not in _report(embedded_site, teacher, second)


def test_staff_read_a_report_with_the_persons_name_and_strangers_find_none(
    embedded_site: Site, teacher: UUID, handed_in: Callable[..., Sitting]
) -> None:
    sitting = handed_in()
    assert "한유나" in _report(embedded_site, teacher, sitting)
    stranger = embedded_site.browser(embedded_site.person("stranger"))
    assert stranger.get(f"/assessment/attempts/{sitting.attempt.id}/report").status_code == 404


@pytest.mark.parametrize(("value", "shown"), [(70.0, 70), (72.7, 72.7), (640.4, 640), (0.04, 0), (None, None)])
def test_figures_carry_a_decimal_only_where_it_says_something(value: float | None, shown: float | None) -> None:
    assert plain(value) == shown
