"""A published course with pages to read and an exam to sit, a cohort of it, and people with places."""

from datetime import date, timedelta

import pytest

from lms_core.app.plugins import room_plugins
from lms_core.catalog.domain import AddActivity, CreateCourse, PublishCourse, WriteActivity
from lms_core.catalog.service import DraftService, OutlineService, PublishingService
from lms_core.enrolment.domain.cohorts import CohortDetails
from lms_core.enrolment.service import ApplicationService, CohortService
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles, text
from lms_core.hooks import hookimpl
from lms_core.hooks.caller import Hooks
from lms_core.hooks.catalog import ActivityKind, ActivityView
from lms_core.progress.service import CohortProgressService, ProgressService, StandingService
from tests.support.calling import hooks_of
from tests.support.clock import BEGINNING
from tests.support.counting import statements

KIND = "labs.exam"


class Labs:
    """An ad-hoc plugin: an exam as a kind of activity, and an opinion about completion."""

    def __init__(self):
        self.verdict = None
        self.on = True
        self.asked = []

    @hookimpl
    def lms_register_activity_kinds(self):
        def show(facts, viewer):
            return ActivityView()

        if not self.on:
            return []
        return [ActivityKind(KIND, text("Exam"), text("Exam"), show, (("exam_id", text("Exam")),), "event")]

    @hookimpl
    def lms_choose_completion_rule(self, facts):
        self.asked.append(facts)
        return self.verdict


class School:
    """A site of its own with a course of ``pages`` pages and one exam, and a running cohort."""

    def __init__(self, town, pages=3):
        self.town, self.site = town, town.site
        self.labs, self.exam_id = Labs(), new_id()
        # Before any service is made: all rooms answer as ever, and the ad-hoc plugin with them.
        self.site.house.tools[Hooks] = hooks_of(None, **room_plugins(), labs=self.labs)
        self.progress, self.standing = self.site.provide(ProgressService), self.site.provide(StandingService)
        self.table = self.site.provide(CohortProgressService)
        self.drafts, self.outline = self.site.provide(DraftService), self.site.provide(OutlineService)
        self.publishing = self.site.provide(PublishingService)
        self.course_id = self._course(pages)
        self.cohort_id = self._cohort()

    def _course(self, pages):
        place = Scope("campus", str(self.town.campus.id))
        titles = Titles("AI 엔지니어", "AI engineer")
        course = self.drafts.create(SYSTEM, CreateCourse("ai-engineer", titles, titles, ("ko", "en"), place))
        self.module_id = self.outline.add_module(SYSTEM, course.id, Titles("시작", "Start")).id
        self.steps = [self.add(course.id, f"{number}", "catalog.page") for number in range(1, pages + 1)]
        self.exam = self.add(course.id, "exam", KIND, {"exam_id": str(self.exam_id)})
        self.publishing.publish(SYSTEM, PublishCourse(course.id))
        return course.id

    def add(self, course_id, name, kind, settings=None):
        titles, body = Titles(f"읽기 {name}", f"Reading {name}"), Titles("글", "Text")
        made = self.outline.add_activity(SYSTEM, AddActivity(course_id, self.module_id, kind, titles, 10))
        written = WriteActivity(course_id, made.id, made.version, titles, body, settings or {}, 10)
        return self.outline.write_activity(SYSTEM, written).id

    def _cohort(self, number=1):
        opens = BEGINNING - timedelta(days=40)
        window = (opens, BEGINNING - timedelta(days=10))
        days = (date(2026, 3, 1), date(2026, 7, 31))
        titles = Titles(f"{number}기", f"Cohort {number}")
        cohorts = self.site.provide(CohortService)
        made = cohorts.add(
            SYSTEM, self.course_id, self.town.campus.id, CohortDetails(number, titles, 30, *window, *days)
        )
        cohorts.move(SYSTEM, made.id, "open")
        return made.id

    def learner(self, name="", language="en"):
        person_id = self.site.person(name, language)
        outcome = self.site.provide(ApplicationService).add(SYSTEM, self.cohort_id, person_id)
        assert outcome.state == "placed"
        return Actor(person_id, language=language)


@pytest.fixture
def school(town):
    return School(town)


@pytest.fixture
def yuna(school):
    return school.learner("yuna")


@pytest.fixture
def count_queries(school):
    """Gathers the statements sent meanwhile."""

    return lambda: statements(school.site.house.database)
