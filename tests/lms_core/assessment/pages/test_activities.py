"""An exam within a course."""

import pytest

from lms_core.assessment.pages.activities import show_exam
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.hooks.catalog import ActivityFacts
from lms_core.hooks.site import Viewer
from tests.support.site import Site

VIEWER = Viewer(new_id(), "ko", EVERYWHERE)


def facts(exam_id: str) -> ActivityFacts:
    return ActivityFacts(new_id(), new_id(), "모의고사", {"exam_id": exam_id})


def test_it_leads_to_the_exam(embedded_site: Site) -> None:
    exam_id = new_id()
    with embedded_site.app.test_request_context():
        view = show_exam(facts(f" {exam_id} "), VIEWER)
    assert view.action is not None
    assert view.action.url == f"/assessment/exams/{exam_id}"


@pytest.mark.parametrize("written", ["", "no number", "1234"])
def test_a_setting_that_names_no_exam_leads_nowhere(written: str) -> None:
    assert show_exam(facts(written), VIEWER).action is None
