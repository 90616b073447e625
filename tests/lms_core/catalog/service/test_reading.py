import pytest

from lms_core.catalog.domain import (
    ActivityNotFound,
    AddActivity,
    CourseNotFound,
    PublishCourse,
    WriteActivity,
)
from lms_core.foundation.actors import ANYONE, Actor, grants
from lms_core.foundation.errors import Unauthenticated
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import EVERYWHERE, Scope
from lms_core.foundation.text import Titles
from lms_core.hooks.site import Viewer


@pytest.fixture
def reader(course):
    return Actor(new_id(), grants({"catalog.read_course"}, Scope("course", str(course.id))), language="en")


@pytest.fixture
def published(room, author, course, page):
    return room.publishing.publish(author, PublishCourse(course.id))


def viewer(actor):
    return Viewer(actor.person_id, actor.language, EVERYWHERE)


def read(room, actor, course, activity_id):
    return room.reading.activity(actor, viewer(actor), course.id, activity_id)


def test_a_draft_is_read_by_nobody(room, reader, course, page):
    with pytest.raises(CourseNotFound):
        room.reading.course(reader, course.id)
    assert room.reading.browse(reader, PageRequest()).total == 0


def test_readers_see_the_revision_and_never_the_draft(room, author, reader, course, page, published):
    change = WriteActivity(course.id, page.id, page.version, page.titles, Titles("비밀", "Secret"), {}, 10)
    room.outline.write_activity(author, change)
    found = read(room, reader, course, page.id)
    assert found.html.en == "<h2>Hello</h2>\n<p>Nice</p>\n"
    assert found.step.activity.titles.en == "Welcome"


def test_markup_that_could_run_is_taken_out_at_publication(room, author, reader, course, page):
    body = Titles("글", "<script>alert(1)</script>[x](javascript:alert(1))\n\n```python\nprint(1)\n```")
    change = WriteActivity(course.id, page.id, page.version, page.titles, body, {}, 10)
    room.outline.write_activity(author, change)
    room.publishing.publish(author, PublishCourse(course.id))
    html = read(room, reader, course, page.id).html.en
    assert "<script" not in html
    assert "javascript:alert" not in html.replace("[x](javascript:alert(1))", "")
    assert 'class="nb"' in html


def test_a_course_is_open_to_its_readers_only(room, reader, course, published):
    assert room.reading.course(reader, course.id)[0].id == published.id
    with pytest.raises(CourseNotFound):
        room.reading.course(Actor(new_id()), course.id)
    with pytest.raises(CourseNotFound):
        room.reading.course(reader, new_id())


def test_whoever_is_signed_in_finds_published_courses_and_sees_which_are_open(room, reader, course, published):
    assert [(one.summary.id, one.open) for one in room.reading.browse(reader, PageRequest()).items] == [
        (course.id, True)
    ]
    stranger = Actor(new_id())
    assert [one.open for one in room.reading.browse(stranger, PageRequest()).items] == [False]
    with pytest.raises(Unauthenticated):
        room.reading.browse(ANYONE, PageRequest())


def test_published_courses_are_searched_and_filtered_by_campus(room, reader, course, published, campus, dedicated):
    assert room.reading.browse(reader, PageRequest(search="basics")).total == 1
    assert room.reading.browse(reader, PageRequest(search="cooking")).total == 0
    for campus_id, total in ((campus.id, 1), (dedicated.id, 0)):
        assert room.reading.browse(reader, PageRequest(filters=(("campus", str(campus_id)),))).total == total
    assert room.reading.campuses() == {campus.id}


def test_one_activity_leads_to_the_next_across_modules(room, author, reader, course, page):
    second = room.outline.add_module(author, course.id, Titles("다음", "Next"))
    lab = room.outline.add_activity(author, AddActivity(course.id, second.id, "labs.lab", Titles("실습", "Lab")))
    room.publishing.publish(author, PublishCourse(course.id))
    first, last = read(room, reader, course, page.id).step, read(room, reader, course, lab.id).step
    assert (first.previous, first.next.id, first.number, first.of) == (None, lab.id, 1, 2)
    assert (last.previous.id, last.next, last.module.titles.en) == (page.id, None, "Next")
    with pytest.raises(ActivityNotFound):
        read(room, reader, course, new_id())


def test_a_kind_shows_what_it_has_to_show_and_its_failure_stays_its_own(room, author, reader, course, page, switches):
    module = room.drafts.get(author, course.id).modules[0]
    lab, broken = (
        room.outline.add_activity(author, AddActivity(course.id, module.id, kind, Titles("실습", "Lab")))
        for kind in ("labs.lab", "labs.broken")
    )
    room.publishing.publish(author, PublishCourse(course.id))
    assert read(room, reader, course, lab.id).shown.view.markdown == "Lab"
    assert read(room, reader, course, broken.id).shown.state == "failed"
    switches.turn_off("labs")
    assert read(room, reader, course, lab.id).shown.state == "off"
    assert read(room, reader, course, page.id).shown.state == "shown"
