"""What let a simulation begin is kept, and replays."""

from cert_prep.domain.mock_exams import MakeMockExam
from cert_prep.service import PracticeService
from lms_core.assessment.domain.exams import SIT_EXAM
from lms_core.assessment.service import AttemptService, StartAttempt, SubmissionService
from lms_core.foundation.actors import Actor, grants
from lms_core.hooks.assessment import AttemptStarted, AttemptSubmitted


def test_each_start_keeps_the_rule_its_version_and_the_facts(preparation, clock):
    exam = preparation.published("gail", MakeMockExam("GAIL"))
    actor, practice = Actor(preparation.site.person(), grants({SIT_EXAM}), "en"), preparation.provide(PracticeService)
    began = []
    for mode in ("simulation", "practice", "simulation"):
        attempt = preparation.provide(AttemptService).start(actor, StartAttempt(exam.id, mode, "en")).attempt
        practice.attempted(AttemptStarted(attempt.id, exam.id, actor.person_id))
        clock.move(hours=2)
        preparation.provide(SubmissionService).close_if_due(attempt.id)
        practice.attempted(AttemptSubmitted(attempt.id, exam.id, actor.person_id))
        began.append(attempt)
        clock.move(hours=24 * 15)

    first, free, second = (practice.decision(actor, one.id) for one in began)
    assert (first["rule"], first["rule_version"], first["verdict"]) == (
        "google.foundational-retake",
        "2026-11-22",
        True,
    )
    assert (first["facts"], free) == ({"earlier": []}, None)
    assert second["facts"] == {"earlier": [began[0].started_at.isoformat()]}
    assert second["decided_at"] == began[2].started_at.isoformat()
    assert practice.decision(Actor(preparation.site.person()), began[0].id) is None
