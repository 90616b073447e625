"""Whatever a plugin does while a real page is made, or a real gate is asked, on a site with everything in it."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from time import perf_counter_ns
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.service.attempts import AttemptService, StartAttempt
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.assessment.tables.attempts import attempts
from lms_core.catalog.domain import AddActivity, CreateCourse, WriteActivity
from lms_core.catalog.service import CourseDirectory, DraftService, OutlineService
from lms_core.cli.demo import texts
from lms_core.enrolment.tables import cohorts, enrolments
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.calling.records import TraceFile
from lms_core.foundation.database import metadata
from lms_core.foundation.errors import Refusal
from lms_core.foundation.paging import LARGEST, PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from lms_core.people.tables import persons
from tests.lms_core.hooks.test_caller import by_verb
from tests.support.academy import Academy, opened
from tests.support.shelf import shelf_in
from tests.support.switching import switch_off, switch_on

SECOND = 1_000_000_000
HEAD = '''
"""Does what no plugin should, wherever it is asked."""

from sqlalchemy import update

from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import text
from lms_core.foundation.uow import Work
from lms_core.foundation.web import house
from lms_core.hooks import hookimpl
from lms_core.hooks.assessment import AttemptFacts, SubmissionFacts
from lms_core.hooks.catalog import PublicationFacts
from lms_core.hooks.enrolment import EnrolmentFacts
from lms_core.hooks.site import Panel, Viewer
from lms_core.people.tables import persons

LATE = [0]


def act():
    {body}
'''
SHOW = '''

@hookimpl
def {hook}() -> Panel | None:
    """A panel."""
    return act()
'''
REVIEW = '''

@hookimpl
def {hook}() -> Refusal | None:
    """A gate."""
    return act()
'''
WRITE = """with house().work.write() as uow:
        uow.session.execute(update(persons).values(display_name="overwritten"))
        uow.commit()"""
# What each plugin does. Panels of `tagged` and `late` are good: one must be shown as text, the other is too slow.
FAULTS = {
    "raises": "raise ZeroDivisionError('its own fault')",
    "nonsense": "return 42",
    "markup": "return '<script>alert(1)</script>'",
    "writes": WRITE,
    "leaves": "raise SystemExit(3)",
}
PANELS = {
    "steady": "return Panel('steady', text('Steady as ever'), text('It works.'))",
    "tagged": "return Panel('tagged', text('<script>alert(2)</script>'), text('<b>bold</b>'))",
    "late": "LATE[0] += 1_000_000_000; return Panel('late', text('Late as ever'), text('It took its time.'))",
}
# Gates that answer after their time: one that refuses, and one that has nothing against it.
LATE_GATES = {
    "late": "LATE[0] += 1_000_000_000; return Refusal('late', text('Refused at last'))",
    "slow": "LATE[0] += 1_000_000_000",
}
SLOTS, GATES = by_verb("show"), by_verb("review")


@dataclass
class School:
    """A site on which every faulty plugin is installed, and what its pages are about."""

    site: Academy
    exam: Exam
    trainee: Any
    sitting: Any
    course: Any
    activity: Any
    attempt: Any
    cohort: Any
    coming: Any
    campus: Any
    draft: Any

    @property
    def pages(self) -> dict[str, str]:
        """The page of each slot."""
        return {
            "lms_show_home": "/home",
            "lms_show_admin_dashboard": "/admin/",
            "lms_show_person_profile": f"/people/{self.trainee}",
            "lms_show_campus_page": f"/organisation/campuses/{self.campus}",
            "lms_show_cohort_page": f"/enrolment/cohorts/{self.cohort}",
            "lms_show_course_page": f"/catalog/courses/{self.course}",
            "lms_show_activity_page": f"/catalog/courses/{self.course}/activities/{self.activity}",
            "lms_show_attempt_report": f"/assessment/attempts/{self.attempt}/report",
        }

    @property
    def engine(self) -> Engine:
        return self.site.house.tools[Engine]

    def answer(self, hook: str, plugin: str) -> Any:
        return next(one for one in self.engine.hooks[hook].answers if one.plugin == plugin)

    def count(self, table: Any) -> int:
        with self.site.house.work.read() as uow:
            return int(uow.session.scalar(select(func.count()).select_from(table)) or 0)

    def rows(self) -> dict[str, int]:
        """How many rows each table of the core's subjects has."""
        quiet = ("foundation_", "people_session", "people_token", "people_access")
        counted = {name: self.count(table) for name, table in metadata.tables.items() if not name.startswith(quiet)}
        return counted | {
            "handed in": self.count(select(attempts).where(attempts.c.submitted_at.is_not(None)).subquery())
        }

    def overwritten(self) -> int:
        with self.site.house.work.read() as uow:
            found = select(func.count()).select_from(persons).where(persons.c.display_name == "overwritten")
            return int(uow.session.scalar(found) or 0)

    def rest(self) -> None:
        """Close every breaker: each test looks at what happens anew."""
        for hook in self.engine.hooks.values():
            for one in hook.answers:
                one.breaker.succeeded()


@pytest.fixture(scope="module")
def school(planted: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    folder = tmp_path_factory.mktemp("faults")
    with shelf_in(folder / "shelf") as shelf:
        for name, body in (FAULTS | PANELS).items():
            shelf.add(name, HEAD.format(body=body) + "".join(SHOW.format(hook=hook) for hook in SLOTS), tuple(SLOTS))
        for name, body in (FAULTS | LATE_GATES).items():
            gates = "".join(REVIEW.format(hook=hook) for hook in GATES)
            shelf.add(f"gate_{name}", HEAD.format(body=body) + gates, tuple(GATES))
        with opened(planted, folder / "instance") as site, site.app.test_request_context():
            made = filled(site)
        switch_on(site, *FAULTS, *PANELS)
        late = [sys.modules[f"{name}.plugin"].LATE for name in ("late", "gate_late", "gate_slow")]
        made.engine._clock = lambda: perf_counter_ns() + sum(passed for (passed,) in late)
        yield made


def filled(site: Academy) -> School:
    """What the pages are about, found in the academy or added to it."""
    with site.house.work.read() as uow:
        coming = uow.session.execute(select(cohorts).order_by(cohorts.c.number.desc())).mappings().first()
        trainee, sitting = (
            uow.session.scalar(select(persons.c.id).where(persons.c.email == email)) for email in texts.ENROLLED[:2]
        )
        theirs = select(cohorts).join(enrolments, enrolments.c.cohort_id == cohorts.c.id)
        running = uow.session.execute(theirs.where(enrolments.c.person_id == trainee)).mappings().first()
    assert running
    assert coming
    course = running["course_id"]
    content = site.provide(CourseDirectory).published([course])[course].content
    activity = content.modules[0].activities[0].id
    actor = site.actor(trainee)
    offered = site.provide(ExamService).find(actor, PageRequest(size=LARGEST, filters=(("state", "published"),))).items
    exam = next(one.exam for one in offered if one.may_sit)
    begun = site.provide(AttemptService).start(actor, StartAttempt(exam.id, "practice", "ko")).attempt
    site.provide(SubmissionService).submit(actor, begun.id)
    campus = running["campus_id"]
    draft = drafted(site, campus)
    return School(site, exam, trainee, sitting, course, activity, begun.id, running["id"], coming["id"], campus, draft)


def drafted(site: Academy, campus: Any) -> Any:
    """A course that could be published."""
    place = Scope("campus", str(campus))
    told = CreateCourse("faults", Titles("시험", "Trial"), Titles("", ""), ("ko", "en"), place, "")
    course, outline = site.provide(DraftService).create(SYSTEM, told), site.provide(OutlineService)
    module = outline.add_module(SYSTEM, course.id, Titles("시작", "Start"))
    link = outline.add_activity(SYSTEM, AddActivity(course.id, module.id, "catalog.link", Titles("문", "Door")))
    address = {"url": "https://example.org"}
    outline.write_activity(SYSTEM, WriteActivity(course.id, link.id, 1, link.titles, Titles("", ""), address))
    return course.id


@pytest.mark.parametrize("hook", SLOTS)
def test_a_page_stands_whatever_its_plugins_do_and_staff_see_whose_fault_it_is(school: School, hook: str) -> None:
    school.rest()
    chief, before = school.site.browser(school.site.administrator()), school.rows()
    slow = school.answer(hook, "late").failures
    shown = chief.get(school.pages[hook])
    assert shown.status_code == 200
    assert "Steady as ever" in shown.text
    for name in FAULTS:
        assert f"A panel of the plugin {name} could not be made" in shown.text
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown.text
    assert "<script>alert" not in shown.text
    assert "Late as ever" in shown.text
    assert school.answer(hook, "late").failures == slow + 1
    assert (school.overwritten(), school.rows()) == (0, before)


@pytest.mark.parametrize("hook", SLOTS)
def test_a_page_stands_as_well_while_its_plugins_rest(school: School, hook: str) -> None:
    chief = school.site.browser(school.site.administrator(), "ko")
    school.rest()
    pages = [chief.get(school.pages[hook]) for _ in range(6)]
    assert {one.status_code for one in pages} == {200}
    assert "Steady as ever" in pages[-1].text
    assert school.answer(hook, "raises").breaker.open_until
    assert "플러그인" in pages[-1].text
    assert "raises" in pages[-1].text


@pytest.mark.parametrize("hook", ["lms_show_home", "lms_show_course_page", "lms_show_attempt_report"])
def test_a_trainee_is_told_nothing_of_it(school: School, hook: str) -> None:
    school.rest()
    shown = school.site.browser(school.trainee).get(school.pages[hook])
    assert shown.status_code == 200
    assert "Steady as ever" in shown.text
    assert "could not be made" not in shown.text
    assert "its own fault" not in shown.text


def test_of_the_time_of_a_real_page_hardly_any_is_nobodys(school: School) -> None:
    """By a clock that only hooks and looks at it move: a millisecond an answer, a microsecond a look."""
    school.rest()
    engine, now, real = school.engine, [0], school.engine._clock
    every = [one for hook in engine.hooks.values() for one in hook.answers]
    plain = [(one, one.function, one.call) for one in every]

    def looked() -> int:
        now[0] += 1_000
        return now[0]

    def slowly(function: Any) -> Any:
        def answer(*values: Any) -> Any:
            now[0] += 1_000_000
            return function(*values)

        return answer

    chief = school.site.browser(school.site.administrator())
    engine._clock = looked
    for one in every:
        one.function, one.call = slowly(one.function), slowly(one.call)
    try:
        for hook, page in school.pages.items():
            school.rest()
            assert chief.get(page).status_code == 200
            record = school.site.house.tools[TraceFile].recent(1)[0]
            assert {one.hook for one in record.calls} >= {hook}
            assert record.answered >= 1_000_000 * len([one for one in record.calls if one.depth == 0])
            assert 0.95 * record.asked <= record.answered <= record.asked
    finally:
        engine._clock = real
        for one, function, call in plain:
            one.function, one.call = function, call


@dataclass(frozen=True)
class Gate:
    """A route that a gate guards, and what is sent there."""

    url: str
    sent: dict[str, Any]
    by_program: bool = False


def gate_of(school: School, hook: str) -> tuple[Gate, Any]:
    """The gate's route, and who comes to it."""
    site = school.site
    chief = site.administrator()
    match hook:
        case "lms_review_application":
            newcomer = site.person()
            told = {"motivation": texts.MOTIVATION * 5}
            return Gate(f"/enrolment/apply/{school.coming}", told), newcomer
        case "lms_review_enrolment":
            newcomer = site.person()
            with site.house.work.read() as uow:
                email = uow.session.scalar(select(persons.c.email).where(persons.c.id == newcomer))
            sent = {"email": email, "override": ""}
            return Gate(f"/enrolment/cohorts/{school.coming}/places", sent), chief
        case "lms_review_course_publication":
            return Gate(f"/catalog/authoring/{school.draft}/publish", {"note": "", "digest": ""}), chief
        case "lms_review_attempt_start":
            return Gate(f"/assessment/exams/{school.exam.id}", {"mode": "practice", "agreed": "true"}), school.trainee
        case _:
            return Gate(
                f"/api/v1/assessment/attempts/{open_attempt(school)}/submission", {}, by_program=True
            ), school.sitting


def open_attempt(school: School) -> Any:
    """An attempt that runs, of somebody who does not begin others here."""
    site = school.site
    with site.house.work.read() as uow:
        theirs = attempts.c.person_id == school.sitting
        found = uow.session.scalar(select(attempts.c.id).where(theirs, attempts.c.submitted_at.is_(None)))
    if found:
        return found
    with site.app.test_request_context():
        told = StartAttempt(school.exam.id, "practice", "ko")
        return site.provide(AttemptService).start(site.actor(school.sitting), told).attempt.id


def come(school: School, gate: Gate, who: Any, language: str) -> SimpleNamespace:
    if gate.by_program:
        said = school.site.program(who).post(gate.url, headers={"Accept-Language": language})
        return SimpleNamespace(status=said.status_code, text=str(said.get_json()))
    browser = school.site.browser(who, language)
    said = browser.submit(gate.url, **gate.sent)
    return SimpleNamespace(status=said.status_code, text=said.text)


TOLD = {
    "en": "The plugin {} could not check this, so it was refused.",
    "ko": "{} 플러그인이 확인하지 못해 받아들여지지 않았습니다.",
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hook", GATES)
def test_a_gate_that_fails_is_closed_says_whose_it_is_and_leaves_nothing_half_written(
    school: School, hook: str, fault: str
) -> None:
    name = f"gate_{fault}"
    gate, who = gate_of(school, hook)
    switch_on(school.site, name)
    try:
        before = school.rows()
        for language, told in TOLD.items():
            said = come(school, gate, who, language)
            assert said.status in {409, 422}, said.text
            assert told.format(name) in said.text
        assert (school.overwritten(), school.rows()) == (0, before)
    finally:
        switch_off(school.site, name)


@pytest.mark.parametrize("hook", GATES)
def test_a_breaker_never_opens_a_gate(school: School, hook: str) -> None:
    school.rest()
    gate, who = gate_of(school, hook)
    switch_on(school.site, "gate_raises")
    try:
        before = school.rows()
        said = [come(school, gate, who, "en") for _ in range(8)]
        assert all(one.status in {409, 422} and TOLD["en"].format("gate_raises") in one.text for one in said)
        assert school.answer(hook, "gate_raises").breaker.open_until
        assert school.rows() == before
    finally:
        switch_off(school.site, "gate_raises")


@pytest.mark.parametrize("hook", GATES)
def test_a_late_refusal_is_a_refusal_and_counts_against_its_gate(school: School, hook: str) -> None:
    school.rest()
    gate, who = gate_of(school, hook)
    switch_on(school.site, "gate_late")
    try:
        before, late = school.rows(), school.answer(hook, "gate_late").failures
        said = come(school, gate, who, "en")
        assert said.status in {409, 422}, said.text
        assert "Refused at last" in said.text
        assert school.answer(hook, "gate_late").failures > late
        assert school.rows() == before
    finally:
        switch_off(school.site, "gate_late")


@pytest.mark.parametrize("hook", GATES)
def test_a_gate_that_was_late_again_and_again_is_closed_though_it_had_nothing_against_it(
    school: School, hook: str
) -> None:
    school.rest()
    gate, who = gate_of(school, hook)
    slow = school.answer(hook, "gate_slow")
    # The others are not asked here: what they would be told of has no facts.
    for _ in range(slow.breaker.limit):
        assert school.engine._one(slow, partial(slow.call, ()), Refusal, 0) is None
    switch_on(school.site, "gate_slow")
    try:
        before, calls = school.rows(), slow.calls
        for language, told in TOLD.items():
            said = come(school, gate, who, language)
            assert said.status in {409, 422}, said.text
            assert told.format("gate_slow") in said.text
        assert slow.calls == calls, "it rests"
        assert school.rows() == before
    finally:
        switch_off(school.site, "gate_slow")
