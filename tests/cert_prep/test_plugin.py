"""What the plugin changes in an attempt, with the whole application around it."""

import orjson
import pytest
from sqlalchemy import func, select, update

from cert_prep.domain.mock_exams import MakeMockExam
from cert_prep.service import PracticeService, ReadinessService, WithdrawnService
from cert_prep.tables import newcomers, practices
from lms_core.assessment.domain.exams import READ_RESULT, SIT_EXAM
from lms_core.assessment.service.attempts import AttemptService, StartAttempt
from lms_core.assessment.service.results import ResultService
from lms_core.assessment.service.saves import SaveResponse, SaveService
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.errors import Refused
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.hooks.assessment import AttemptRegraded, AttemptSubmitted
from lms_core.hooks.caller import Hooks
from lms_core.hooks.people import PersonJoined
from lms_core.hooks.site import Viewer
from lms_core.people.service import PrivacyService
from tests.support.switching import switch_off, switch_on


class Trainee:
    """Somebody who sits mock exams."""

    def __init__(self, preparation):
        self.preparation = preparation
        self.actor = Actor(preparation.site.person(), grants({SIT_EXAM}), "en")
        self.viewer = Viewer(self.actor.person_id, "en", EVERYWHERE)

    def begin(self, exam, mode="simulation"):
        return self.preparation.provide(AttemptService).start(self.actor, StartAttempt(exam.id, mode, "en"))

    def start(self, exam, mode="simulation"):
        return self.begin(exam, mode).attempt

    def submit(self, attempt):
        return self.preparation.provide(SubmissionService).submit(self.actor, attempt.id)

    def answer(self, sitting):
        """Choose something in the first question that is answered by choosing."""
        items = [orjson.loads(line) for line in sitting.paper.splitlines() if line.strip()]
        first = next(item for item in items if item["type"] == "choice")
        told = SaveResponse(sitting.attempt.id, first["slot"], 1, {"choices": [first["choices"][0]["id"]]})
        self.preparation.provide(SaveService).save_as_person(
            self.actor.person_id, told, self.preparation.site.clock.now()
        )

    def sit(self, exam, mode="simulation"):
        """An attempt handed in: a simulation with one answer, practice without any."""
        sitting = self.begin(exam, mode)
        if mode == "simulation":
            self.answer(sitting)
        attempt = sitting.attempt
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
    scaled = trainee.report(trainee.sit(exam, "practice")).result.scaled
    assert (scaled.least, scaled.most, scaled.value) == (1, 1000, 1)
    assert str(scaled.label) == "Our practice estimate, not Microsoft's score."


def test_the_report_names_the_weakest_domain_and_the_next_step(preparation, trainee, exam):
    attempt = trainee.sit(exam, "practice")
    with preparation.site.app.test_request_context():
        (shown,) = trainee.panels(attempt)
        assert shown.panel.facts[0][1].values["value"].en == "Identify AI concepts and capabilities"
        assert shown.panel.action.url == "/cert_prep/AI-901#ai-901.1"
        assert "neither made nor scored" in str(shown.panel.body)
        assert Trainee(preparation).panels(attempt) == ()


def test_the_report_of_a_simulation_tells_by_which_rule_it_began_and_on_which_facts(preparation, trainee, exam, clock):
    trainee.sit(exam)
    clock.move(hours=25)
    attempt = trainee.sit(exam)
    heard = AttemptSubmitted(attempt.id, exam.id, trainee.actor.person_id)
    preparation.provide(PracticeService).attempted(heard)
    with preparation.site.app.test_request_context():
        (shown,) = trainee.panels(attempt)
        rule, version = shown.panel.facts[-1]
        assert str(rule) == "Microsoft's rule on retakes"
        assert str(version).endswith(", simulations before: 1")
        assert len(trainee.panels(trainee.sit(exam, "practice"))[0].panel.facts) == 2, "practice asks no rule"


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


def test_a_simulation_without_any_answer_is_not_handed_in_before_time_is_up(trainee, exam, clock):
    """By lms_review_submission."""
    sitting = trainee.begin(exam)
    with pytest.raises(Refused) as refused:
        trainee.submit(sitting.attempt)
    assert [(reason.code, reason.plugin) for reason in refused.value.reasons] == [("nothing-answered", "cert_prep")]
    trainee.answer(sitting)
    assert trainee.submit(sitting.attempt) == "submitted"


def test_nobody_is_held_by_it_once_time_is_up(preparation, trainee, exam, clock):
    attempt = trainee.start(exam)
    clock.set(attempt.deadline.deadline_at)
    assert trainee.submit(attempt) == "submitted"


def test_practice_may_be_handed_in_empty(trainee, exam):
    assert trainee.submit(trainee.start(exam, "practice")) == "submitted"


def heard(preparation, event):
    with preparation.site.house.work.write() as uow:
        uow.record(event, SYSTEM)
        uow.commit()
    preparation.site.run_background()


def test_practice_is_told_in_the_profile_to_its_owner_and_to_who_reads_results(preparation, trainee, exam, clock):
    trainee.sit(exam, "practice")
    clock.move(days=1)
    trainee.start(exam, "practice")
    preparation.site.run_background()
    service, person = preparation.provide(PracticeService), trainee.actor.person_id
    habit = service.habit(trainee.actor, person)
    assert (habit.days, habit.begun, habit.finished, habit.certifications) == (2, 2, 1, ("AI-901",))
    assert service.habit(Actor(preparation.site.person(), grants({READ_RESULT})), person) == habit
    assert service.habit(Actor(preparation.site.person()), person) is None
    clock.move(days=29)
    assert service.habit(trainee.actor, person) is None


def test_a_newcomer_is_new_until_the_first_attempt(preparation, trainee, exam):
    service, person = preparation.provide(PracticeService), trainee.actor.person_id
    for _ in range(2):
        heard(preparation, PersonJoined(person))
    assert service.is_new(person)
    trainee.start(exam, "practice")
    preparation.site.run_background()
    assert not service.is_new(person)


def test_a_result_that_changed_is_news_for_a_fortnight(preparation, trainee, exam, clock):
    attempt, service = trainee.sit(exam, "practice"), preparation.provide(PracticeService)
    preparation.site.run_background()
    person = trainee.actor.person_id
    heard(preparation, AttemptRegraded(attempt.id, exam.id, person, changed=False))
    assert service.changed_result(person) is None
    heard(preparation, AttemptRegraded(attempt.id, exam.id, person, changed=True))
    assert service.changed_result(person) == attempt.id
    clock.move(days=15)
    assert service.changed_result(person) is None


def test_what_is_known_of_practice_goes_with_the_account(preparation, trainee, exam):
    trainee.sit(exam, "practice")
    preparation.site.run_background()
    preparation.provide(PrivacyService).erase(SYSTEM, trainee.actor.person_id)
    assert preparation.provide(PracticeService).habit(trainee.actor, trainee.actor.person_id) is None


@pytest.mark.parametrize(
    "hook",
    [
        "lms_after_person_joined",
        "lms_after_attempt_started",
        "lms_after_attempt_submitted",
        "lms_after_attempt_graded",
        "lms_after_attempt_regraded",
        "lms_after_plugin_enabled",
        "lms_after_plugin_disabled",
    ],
)
def test_each_of_these_events_is_laid_out_for_the_plugin(preparation, hook):
    assert "cert_prep" in preparation.site.house.work.listeners(hook)


def test_the_profile_shows_where_the_last_results_go(preparation, trainee, exam, clock):
    """By lms_after_attempt_graded."""
    for _ in range(2):
        trainee.sit(exam, "practice")
        clock.move(days=1)
    preparation.site.run_background()
    service, person = preparation.provide(PracticeService), trainee.actor.person_id
    assert service.habit(trainee.actor, person).trend == (0, 0)
    with preparation.site.house.work.write() as uow:
        uow.session.execute(update(practices).values(percent=None))
        uow.commit()
    assert service.habit(trainee.actor, person).trend == ()


def test_a_score_that_became_another_one_is_the_one_of_the_trend(preparation, trainee, exam):
    attempt = trainee.sit(exam, "practice")
    preparation.site.run_background()
    with preparation.site.house.work.write() as uow:
        uow.session.execute(update(practices).values(percent=80.0))
        uow.commit()
    heard(preparation, AttemptRegraded(attempt.id, exam.id, trainee.actor.person_id, changed=True))
    habit = preparation.provide(PracticeService).habit(trainee.actor, trainee.actor.person_id)
    assert habit.trend == (0,)


def test_who_joined_and_never_began_is_forgotten_by_the_clock(preparation, trainee, clock):
    """By lms_register_schedules and lms_register_tasks."""
    heard(preparation, PersonJoined(trainee.actor.person_id))
    assert newcomers_kept(preparation) == 1
    preparation.site.run_background()
    clock.move(days=15)
    preparation.site.run_background()
    assert newcomers_kept(preparation) == 0


def newcomers_kept(preparation):
    with preparation.site.house.work.read() as uow:
        return uow.session.scalar(select(func.count()).select_from(newcomers))


def test_a_catalogue_that_was_switched_off_is_named_until_it_is_back(preparation, clock):
    """By lms_after_plugin_disabled and lms_after_plugin_enabled."""
    service = preparation.provide(WithdrawnService)
    preparation.site.run_background()
    assert service.listed() == []
    switch_off(preparation.site, "google_certs")
    preparation.site.run_background()
    assert [(one.en, since) for one, since in service.listed()] == [("Google credentials", clock.now().date())]
    switch_on(preparation.site, "google_certs")
    preparation.site.run_background()
    assert service.listed() == []


def test_a_plugin_without_a_catalogue_is_no_loss_to_it(preparation):
    service = preparation.provide(WithdrawnService)
    switch_on(preparation.site, "university_outreach")
    switch_off(preparation.site, "university_outreach")
    preparation.site.run_background()
    assert service.listed() == []
