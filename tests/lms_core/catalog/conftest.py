from datetime import date
from types import SimpleNamespace

import pytest

from lms_core.catalog.domain import AddActivity, CreateCourse, WriteActivity
from lms_core.catalog.service import DraftService, KindService, OutlineService, PublishingService, ReadingService
from lms_core.catalog.service.kinds import ActivityKind
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles, text
from lms_core.hooks import hookimpl
from lms_core.hooks.catalog import ActivityView, Curriculum, CurriculumActivity, CurriculumModule
from lms_core.organisation.service import CampusService
from tests.support.calling import Switches, hooks_of

READING = {"catalog.read_course"}
WRITING = READING | {"catalog.author_course", "catalog.create_course"}
PUBLISHING = WRITING | {"catalog.publish_course"}


def broken(facts, viewer):
    raise RuntimeError("out of order")


class Core:
    """What the catalog itself registers, without its pages."""

    @hookimpl
    def lms_register_activity_kinds(self):
        return [
            ActivityKind(name, text("Kind"), text("Help"), lambda facts, viewer: ActivityView())
            for name in ("catalog.page", "catalog.link")
        ]


class Labs:
    """An ad-hoc plugin with two kinds, a curriculum and an opinion."""

    def __init__(self):
        self.refusal = None
        self.asked = []

    @hookimpl
    def lms_register_activity_kinds(self):
        return [
            ActivityKind("labs.lab", text("Lab"), text("A lab"), lambda facts, viewer: ActivityView(facts.title)),
            ActivityKind("labs.broken", text("Broken"), text("Broken"), broken),
        ]

    @hookimpl
    def lms_register_curricula(self):
        page = CurriculumActivity("catalog.page", Titles("환영", "Welcome"), Titles("안녕", "Hello"), minutes=10)
        module = CurriculumModule(Titles("시작", "Start"), (page,), "start", required=True)
        titles = Titles("실습 과정", "Labs")
        return [Curriculum("labs-1", "2026.1", titles, titles, "Labs Inc.", date(2026, 1, 1), (module,))]

    @hookimpl
    def lms_review_course_publication(self, facts):
        self.asked.append(facts)
        return self.refusal() if callable(self.refusal) else self.refusal


@pytest.fixture
def labs():
    return Labs()


@pytest.fixture
def switches():
    return Switches()


@pytest.fixture
def hooks(labs, switches):
    return hooks_of(switches, catalog=Core(), labs=labs)


@pytest.fixture
def room(work, clock, hooks):
    kinds = KindService(work, hooks)
    return SimpleNamespace(
        kinds=kinds,
        drafts=DraftService(work, clock, hooks, CampusService(work)),
        outline=OutlineService(work, kinds),
        publishing=PublishingService(work, clock, hooks, kinds),
        reading=ReadingService(work, kinds),
    )


@pytest.fixture
def author(campus):
    return Actor(new_id(), grants(PUBLISHING, Scope("campus", str(campus.id))), language="en")


@pytest.fixture
def course(room, author, campus):
    command = CreateCourse(
        "ai-basics",
        Titles("AI 기초", "AI basics"),
        Titles("처음 배우는 AI", "AI for beginners"),
        ("ko", "en"),
        Scope("campus", str(campus.id)),
    )
    return room.drafts.create(author, command)


@pytest.fixture
def page(room, author, course):
    """A course with one module and one page in it: complete."""
    module = room.outline.add_module(author, course.id, Titles("시작", "Start"))
    made = room.outline.add_activity(
        author, AddActivity(course.id, module.id, "catalog.page", Titles("환영합니다", "Welcome"))
    )
    written = WriteActivity(
        course.id, made.id, made.version, made.titles, Titles("## 안녕\n\n반갑습니다", "## Hello\n\nNice"), {}, 10
    )
    return room.outline.write_activity(author, written)
