"""What makes an activity done, and a course complete: once, whoever says so and however often."""

import threading
from functools import partial

import pytest
from sqlalchemy import select

from lms_core.catalog.domain import PublishCourse
from lms_core.enrolment.service import ApplicationService, ApplyingService
from lms_core.foundation.actors import ANYONE, SYSTEM, Actor
from lms_core.foundation.errors import Unauthenticated
from lms_core.foundation.host.events import PluginDisabled, PluginEnabled
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import SITE
from lms_core.foundation.tables import events, outbox
from lms_core.hooks.assessment import AttemptGraded
from lms_core.hooks.progress import CompletionVerdict
from lms_core.progress.domain import ALL_DONE, ActivityNotYours, DoneByItself
from lms_core.progress.tables import activities_done, completions


def graded(school, actor, exam_id=None):
    return AttemptGraded(new_id(), exam_id or school.exam_id, actor.person_id)


def recorded(school, name):
    with school.site.house.work.read() as uow:
        return list(uow.session.scalars(select(events.c.payload).where(events.c.name == name)))


def test_marking_an_activity_counts_it_and_leads_on_to_the_next(school, yuna):
    course_id, following = school.progress.mark(yuna, school.steps[0])
    assert (course_id, following) == (school.course_id, school.steps[1])
    standing = school.standing.in_course(yuna, school.course_id)
    assert (standing.counted, standing.total, standing.percent) == (1, 4, 25)
    assert standing.next.id == school.steps[1]


def test_marking_it_again_changes_nothing(school, yuna):
    school.progress.mark(yuna, school.steps[0])
    first = school.standing.in_course(yuna, school.course_id).done
    school.site.clock.move(days=1)
    school.progress.mark(yuna, school.steps[0])
    assert school.standing.in_course(yuna, school.course_id).done == first
    assert len(recorded(school, "progress.activity_counted")) == 1


def test_what_is_done_by_its_result_is_not_marked_by_hand(school, yuna):
    with pytest.raises(DoneByItself):
        school.progress.mark(yuna, school.exam)


def test_only_those_with_a_place_have_progress(school):
    stranger = Actor(school.site.person())
    with pytest.raises(ActivityNotYours):
        school.progress.mark(stranger, school.steps[0])
    with pytest.raises(Unauthenticated):
        school.progress.mark(ANYONE, school.steps[0])
    assert not school.progress.activity_done(stranger.person_id, school.course_id, school.steps[0])
    with school.site.house.work.read() as uow:
        assert not uow.session.execute(select(activities_done)).all()


def test_an_activity_that_is_nowhere_does_not_count(school, yuna):
    with pytest.raises(ActivityNotYours):
        school.progress.mark(yuna, new_id())
    assert not school.progress.activity_done(yuna.person_id, school.course_id, new_id())


def test_a_graded_attempt_counts_for_the_activity_that_names_its_exam(school, yuna):
    school.progress.attempt_graded(graded(school, yuna, new_id()))
    assert school.standing.in_course(yuna, school.course_id).counted == 0
    school.progress.attempt_graded(graded(school, yuna))
    school.progress.attempt_graded(graded(school, yuna))
    assert set(school.standing.in_course(yuna, school.course_id).done) == {school.exam}


def test_lms_after_attempt_graded_reaches_progress_through_the_outbox(school, yuna):
    with school.site.house.work.write() as uow:
        uow.record(graded(school, yuna), SYSTEM)
        uow.commit()
    assert school.standing.in_course(yuna, school.course_id).counted == 0
    school.site.run_background()
    assert set(school.standing.in_course(yuna, school.course_id).done) == {school.exam}


def test_lms_after_enrolled_judges_whoever_comes_back_with_everything_done(school, yuna):
    for step in school.steps:
        school.progress.mark(yuna, step)
    applying, desk = school.site.provide(ApplyingService), school.site.provide(ApplicationService)
    applying.withdraw(yuna, applying.live(yuna.person_id)[0].id)
    school.labs.on = False
    desk.add(SYSTEM, school.cohort_id, yuna.person_id, "Comes back after an illness.")
    school.site.run_background()
    assert school.standing.in_course(yuna, school.course_id).completed_at is not None


def test_a_plugin_reports_an_activity_done(school, yuna):
    assert school.progress.activity_done(yuna.person_id, school.course_id, school.exam)
    assert not school.progress.activity_done(yuna.person_id, school.course_id, school.exam)


def finish(school, actor):
    for step in school.steps:
        school.progress.mark(actor, step)
    school.progress.attempt_graded(graded(school, actor))


def test_a_course_is_complete_when_everything_is_done_and_is_said_once(school, yuna):
    finish(school, yuna)
    assert school.standing.in_course(yuna, school.course_id).completed_at is not None
    said = recorded(school, "progress.course_completed")
    assert said == [{"person_id": str(yuna.person_id), "course_id": str(school.course_id)}]
    assert not school.progress.judge(yuna.person_id, school.course_id)
    with school.site.house.work.read() as uow:
        kept = uow.session.execute(select(completions)).one()
    assert (kept.rule, kept.done, kept.total) == (ALL_DONE, 4, 4)


def test_a_plugins_rule_goes_before_the_cores(school, yuna):
    school.labs.verdict = CompletionVerdict(complete=True, rule="labs.half, version 3")
    school.progress.mark(yuna, school.steps[0])
    (facts,) = school.labs.asked
    assert (facts.done, facts.total, facts.person_id) == (1, 4, yuna.person_id)
    with school.site.house.work.read() as uow:
        assert uow.session.execute(select(completions)).one().rule == "labs.half, version 3"


def test_a_plugin_that_asks_for_more_keeps_a_course_open(school, yuna):
    school.labs.verdict = CompletionVerdict(complete=False, rule="labs.attendance, version 1")
    finish(school, yuna)
    assert school.standing.in_course(yuna, school.course_id).completed_at is None


SWITCHES = {"lms_after_plugin_enabled": PluginEnabled, "lms_after_plugin_disabled": PluginDisabled}


@pytest.mark.parametrize("hook", SWITCHES)
@pytest.mark.parametrize("place", ["site", "course:{}"])
def test_a_plugin_whose_rule_comes_or_goes_has_the_course_judged_anew(school, yuna, hook, place):
    school.labs.verdict = CompletionVerdict(complete=False, rule="labs.attendance, version 1")
    finish(school, yuna)
    school.site.run_background()
    school.labs.verdict = None
    switched = SWITCHES[hook](plugin="labs", scope=place.format(school.course_id))
    assert switched.hook == hook
    with school.site.house.work.write() as uow:
        uow.record(switched, SYSTEM)
        uow.commit()
    school.site.run_background()
    assert school.standing.in_course(yuna, school.course_id).completed_at is None
    # Only once the switch holds in every process.
    school.site.clock.move(seconds=10)
    school.site.run_background()
    assert school.standing.in_course(yuna, school.course_id).completed_at is not None


def test_a_plugin_without_a_say_about_completion_has_nothing_judged(school, yuna):
    school.progress.mark(yuna, school.steps[0])
    school.progress.plugin_switched("elsewhere", SITE)
    with school.site.house.work.read() as uow:
        assert "progress.judge_course" not in uow.session.scalars(select(outbox.c.name)).all()


def test_a_revision_that_asks_for_less_completes_the_course(school, yuna):
    for step in school.steps:
        school.progress.mark(yuna, step)
    school.outline.remove_activity(SYSTEM, school.course_id, school.exam)
    school.publishing.publish(SYSTEM, PublishCourse(school.course_id))
    school.site.run_background()
    assert school.standing.in_course(yuna, school.course_id).completed_at is not None


def test_a_revision_that_asks_for_more_takes_no_completion_back(school, yuna):
    finish(school, yuna)
    school.add(school.course_id, "more", "catalog.page")
    school.publishing.publish(SYSTEM, PublishCourse(school.course_id))
    standing = school.standing.in_course(yuna, school.course_id)
    assert (standing.percent, standing.completed_at is not None) == (80, True)


def test_what_was_done_is_there_again_for_whoever_comes_back(school, yuna):
    school.progress.mark(yuna, school.steps[0])
    applying = school.site.provide(ApplyingService)
    applying.withdraw(yuna, applying.live(yuna.person_id)[0].id)
    assert school.standing.look_up(yuna.person_id, school.course_id) is None
    with school.site.house.work.read() as uow:
        assert len(uow.session.execute(select(activities_done)).all()) == 1


def test_a_process_that_dies_before_the_verdict_leaves_a_task_behind(school, yuna, monkeypatch):
    for step in school.steps:
        school.progress.mark(yuna, step)
    monkeypatch.setattr(type(school.progress), "_judge", lambda *_: False)
    school.progress.attempt_graded(graded(school, yuna))
    monkeypatch.undo()
    assert school.standing.in_course(yuna, school.course_id).completed_at is None
    with school.site.house.work.read() as uow:
        assert uow.session.scalars(select(outbox.c.name).where(outbox.c.name == "progress.judge_completion")).first()
    school.site.clock.move(minutes=1)
    school.site.run_background()
    assert school.standing.in_course(yuna, school.course_id).completed_at is not None


def test_many_reports_at_once_count_once_and_complete_once(school, yuna):
    acts = [partial(finish, school, yuna) for _ in range(4)]
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(recorded(school, "progress.activity_counted")) == 4
    assert len(recorded(school, "progress.course_completed")) == 1


def test_an_activity_whose_kind_is_switched_off_does_not_count(school, yuna):
    for step in school.steps:
        school.progress.mark(yuna, step)
    school.labs.on = False
    assert school.standing.in_course(yuna, school.course_id).percent == 100
    assert school.progress.judge(yuna.person_id, school.course_id)
