from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.paging import PageRequest
from university_outreach.service import SampleService, VisitService


def test_the_sample_academy_has_a_visiting_course_that_is_ready_and_no_second_one(academy):
    with academy.app.app_context():
        academy.provide(SampleService).plant(SYSTEM)
        found = academy.provide(VisitService).find(SYSTEM, PageRequest()).items
    assert [one.missing for one in found] == [(), ()]


def test_a_trainee_of_a_course_that_visits_finds_it_at_home(academy):
    page = academy.as_program("trainee@example.org").get("/home")
    assert page.status_code == 200
    assert "성북대학교" in page.text
