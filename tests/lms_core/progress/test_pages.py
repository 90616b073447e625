"""The pages and the API as learners, teachers and people from elsewhere use them."""

import pytest

from lms_core.catalog.domain import PublishCourse
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope

API = "/api/v1/progress"


@pytest.fixture
def learner(school, yuna):
    return school.site.browser(yuna.person_id)


@pytest.fixture
def operator(school):
    return school.site.browser(school.town.operator())


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.text
    return answer.text


def activity(school, step):
    return f"/catalog/courses/{school.course_id}/activities/{step}"


def test_a_learner_marks_what_is_done_and_goes_on_to_the_end(school, learner):
    assert "Next: Reading 1" in page(learner, "/home")
    assert "Mark as done and go on" in page(learner, activity(school, school.steps[0]))
    for step, following in zip(school.steps, [*school.steps[1:], school.exam], strict=True):
        done = learner.submit(f"/progress/activities/{step}/done")
        assert done.location == activity(school, following)
    shown = page(learner, activity(school, school.exam))
    assert "You have completed 75% of the course" in shown
    assert "This counts as done when its result is there." in shown
    assert "Mark as done" not in shown
    assert "You finished this on" in page(learner, activity(school, school.steps[0]))
    course = page(learner, f"/catalog/courses/{school.course_id}")
    assert "3 of 4 activities done" in course
    assert "Keep learning" in course


def test_home_leads_back_to_where_one_left_off_and_in_the_end_says_so(school, learner, yuna):
    school.progress.mark(yuna, school.steps[0])
    shown = page(learner, "/home")
    assert "Next: Reading 2" in shown
    assert activity(school, school.steps[1]) in shown
    for step in (*school.steps, school.exam):
        school.progress.activity_done(yuna.person_id, school.course_id, step)
    assert "You have completed AI engineer" in page(learner, "/home")


def test_the_last_step_leads_back_to_the_course(school, learner, yuna):
    for step in (*school.steps[:2], school.exam):
        school.progress.activity_done(yuna.person_id, school.course_id, step)
    school.outline.move_activity(SYSTEM, school.course_id, school.steps[2], 1)
    school.publishing.publish(SYSTEM, PublishCourse(school.course_id))
    done = learner.submit(f"/progress/activities/{school.steps[2]}/done")
    assert done.location == f"/catalog/courses/{school.course_id}"
    assert "You have completed the course AI engineer." in learner.get(done.location).text


def test_staff_who_read_a_course_are_asked_to_mark_nothing(school, operator):
    assert "Mark as done" not in page(operator, activity(school, school.steps[0]))
    assert operator.submit(f"/progress/activities/{school.steps[0]}/done").status_code == 404


def test_an_operator_sees_the_cohort_on_its_page_as_a_table_and_as_a_file(school, operator, yuna):
    # lms_show_cohort_page
    school.progress.mark(yuna, school.steps[0])
    assert "On average 25% of the course is done." in page(operator, f"/enrolment/cohorts/{school.cohort_id}")
    url = f"/progress/cohorts/{school.cohort_id}"
    shown = page(operator, url)
    assert "yuna" in shown
    assert "1 of 4 activities done" in shown
    assert "Nobody was found" in page(operator, f"{url}?search=nowhere")
    file = operator.get(f"{url}/table.csv")
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert file.text.startswith("\ufeffName,Activities done,Activities in all,Percent,Last activity,Completed on")
    assert "yuna,1,4,25," in file.text


def test_a_name_that_is_a_formula_stays_a_name(school, operator):
    school.learner("=HYPERLINK(1)")
    assert "'=HYPERLINK(1),0,4" in operator.get(f"/progress/cohorts/{school.cohort_id}/table.csv").text


def test_a_cohort_without_people_says_what_to_do(school, operator):
    assert "Nobody has a place yet" in page(operator, f"/progress/cohorts/{school.cohort_id}")


@pytest.mark.parametrize("url", ["/progress/cohorts/{0}", "/progress/cohorts/{0}/table.csv", f"{API}/cohorts/{{0}}"])
def test_what_lies_elsewhere_does_not_exist(school, learner, url):
    elsewhere = school.site.browser(school.town.operator(school.town.dedicated))
    for client in (elsewhere, learner):
        page(client, url.format(school.cohort_id), 404)
        page(client, url.format(new_id()), 404)


def test_pages_speak_korean(school, yuna):
    korean = school.site.browser(yuna.person_id, language="ko")
    assert "다음: 읽기 1" in page(korean, "/home")
    assert "완료하고 다음으로" in page(korean, activity(school, school.steps[0]))


def test_a_program_does_the_same(school, yuna):
    program = school.site.program(yuna.person_id)
    url = f"{API}/activities/{school.steps[0]}/done"
    done = program.post(url)
    assert (done.status_code, done.json["next_activity_id"]) == (200, str(school.steps[1]))
    assert program.post(f"{API}/activities/{school.exam}/done").json["type"] == "done-by-itself"
    (course,) = program.get(f"{API}/courses").json["items"]
    assert (course["percent"], course["next"]["title_en"], course["completed_at"]) == (25, "Reading 2", None)
    assert program.get(f"{API}/courses/{school.course_id}").json == course
    assert program.get(f"{API}/courses/{new_id()}").status_code == 404
    assert program.get(f"{API}/cohorts/{school.cohort_id}").status_code == 404


def test_a_teacher_reads_the_table_by_program(school, yuna):
    teacher = school.site.person("teacher", instructor=Scope("course", str(school.course_id)))
    program = school.site.program(teacher)
    found = program.get(f"{API}/cohorts/{school.cohort_id}?sort=-progress").json
    assert [(one["name"], one["percent"]) for one in found["items"]] == [("yuna", 0)]
    assert (found["total"], found["next"]) == (1, None)


def test_nobody_gets_in_without_signing_in(school):
    stranger = school.site.program()
    for url in (f"{API}/courses", f"{API}/cohorts/{school.cohort_id}"):
        assert stranger.get(url).status_code == 401
