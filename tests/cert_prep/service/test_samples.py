from cert_prep.service import SampleService
from lms_core.assessment.service.exams import ExamService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.paging import PageRequest


def test_the_sample_academy_has_a_published_mock_exam_for_each_bank_and_no_more_the_second_time(academy):
    with academy.app.app_context():
        academy.provide(SampleService).plant(SYSTEM)
        found = academy.provide(ExamService).find(SYSTEM, PageRequest()).items
    mock_exams = [one.exam for one in found if one.exam.certification]
    made = [(exam.certification, exam.state, exam.specification.total) for exam in mock_exams]
    assert sorted(made) == [
        ("AI-103", "published", 42),
        ("AI-901", "published", 40),
        ("GAIL", "published", 40),
        ("GAIL", "published", 40),
    ]
    assert len(found) == len(mock_exams) + 1
