"""What the plugin changes in an attempt, with the whole application around it."""

import pytest

from cert_prep.domain.mock_exams import MakeMockExam
from cert_prep.service import ReadinessService
from lms_core.assessment.domain.exams import SIT_EXAM
from lms_core.assessment.service.attempts import AttemptService, StartAttempt
from lms_core.assessment.service.results import ResultService
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Refused
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import Viewer
from tests.support.switching import switch_off


class Trainee:
    """Somebody who sits mock exams."""

    def __init__(self, preparation):
        self.preparation = preparation
        self.actor = Actor(preparation.site.person(), grants({SIT_EXAM}), "en")
        self.viewer = Viewer(self.actor.person_id, "en", EVERYWHERE)

    def start(self, exam, mode="simulation"):
        return self.preparation.provide(AttemptService).start(self.actor, StartAttempt(exam.id, mode, "en")).attempt

    def sit(self, exam, mode="simulation"):
        """An attempt handed in empty."""
        attempt = self.start(exam, mode)
        self.preparation.provide(SubmissionService).submit(self.actor, attempt.id)
        return attempt

    def report(self, attempt):
        return self.preparation.provide(ResultService).report(self.actor, attempt.id, "en")

    def panels(self, attempt):
        return self.preparation.provide(Hooks).show_attempt_report(self.viewer, attempt.id, EVERYWHERE)


@pytest.fixture
def trainee(preparation):
    return Trainee(preparation)


@pytest.fixture
def exam(preparation):
    return preparation.published("ai-901", MakeMockExam("AI-901"))


def test_a_second_simulation_is_refused_until_the_vendors_wait_is_over(trainee, exam, clock):
    trainee.sit(exam)
    clock.move(hours=23)
    with pytest.raises(Refused) as refused:
        trainee.start(exam)
    assert [(reason.code, reason.plugin) for reason in refused.value.reasons] == [("retake-wait", "cert_prep")]
    assert trainee.sit(exam, "practice")
    clock.move(hours=1)
    assert trainee.sit(exam)


def test_without_the_plugin_a_second_simulation_begins_at_once(preparation, trainee, exam):
    """The plugin truly decides: taken away, nobody keeps to the vendor's wait."""
    trainee.sit(exam)
    switch_off(preparation.site, "google_certs", "microsoft_certs", "cert_prep")
    assert trainee.sit(exam)


def test_the_result_stands_on_microsofts_scale_and_says_whose_estimate_it_is(trainee, exam):
    scaled = trainee.report(trainee.sit(exam)).result.scaled
    assert (scaled.least, scaled.most, scaled.value) == (1, 1000, 1)
    assert str(scaled.label) == "Our practice estimate, not Microsoft's score."


def test_the_report_names_the_weakest_domain_and_the_next_step(preparation, trainee, exam):
    attempt = trainee.sit(exam)
    with preparation.site.app.test_request_context():
        (shown,) = trainee.panels(attempt)
        assert shown.panel.facts[0][1].values["value"].en == "Identify AI concepts and capabilities"
        assert shown.panel.action.url == "/cert_prep/AI-901#ai-901.1"
        assert "neither made nor scored" in str(shown.panel.body)
        assert Trainee(preparation).panels(attempt) == ()


def test_readiness_counts_the_last_three_results(preparation, trainee, exam, clock):
    service = preparation.provide(ReadinessService)
    assert service.next_exam(trainee.actor).results == ()
    for _ in range(4):
        trainee.sit(exam, "practice")
        clock.move(minutes=5)
    ready = service.next_exam(trainee.actor)
    assert (ready.exam.id, len(ready.results), ready.passed) == (exam.id, 3, 0)


def test_who_may_sit_no_exam_has_none_to_sit_next(preparation, exam):
    nobody = Actor(preparation.site.person())
    assert preparation.provide(ReadinessService).next_exam(nobody) is None
