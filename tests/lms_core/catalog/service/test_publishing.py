import pytest
from sqlalchemy import select

from lms_core.catalog.domain import CourseChanged, CourseNotFound, NotPublishable, PublishCourse, WriteActivity
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Forbidden, Refusal
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.tables import events, outbox
from lms_core.foundation.text import Titles, text
from lms_core.foundation.uow import reading_hook
from tests.lms_core.catalog.conftest import WRITING


def rewritten(course, page, words="New"):
    return WriteActivity(course.id, page.id, page.version, page.titles, Titles(words, words), {}, 10)


def codes(refused):
    return [reason.code for reason in refused.value.reasons]


def test_a_published_revision_says_what_the_draft_said_then(room, author, course, page, clock):
    made = room.publishing.publish(author, PublishCourse(course.id, "First"))
    room.outline.write_activity(author, rewritten(course, page))
    revision, content = room.publishing.revision(author, course.id, 1)
    assert (made.number, made.note, made.author_id, made.published_at) == (1, "First", author.person_id, clock.now())
    assert revision.id == made.id
    assert next(content.activities()).body.en == "## Hello\n\nNice"
    assert [change.verb for change in made.changes] == ["added", "added"]


def test_the_log_tells_that_a_course_was_published(work, room, author, course, page):
    made = room.publishing.publish(author, PublishCourse(course.id))
    with work.read() as uow:
        told = uow.session.execute(select(events.c.payload).where(events.c.name == "catalog.course_published")).all()
    assert [row.payload for row in told] == [{"course_id": str(course.id), "revision_id": str(made.id)}]


def test_all_reasons_of_the_core_and_of_plugins_are_shown_together(room, author, course, page, labs):
    labs.refusal = Refusal("labs", text("No lab is booked."))
    room.outline.add_module(author, course.id, Titles("빈 모듈", ""))
    with pytest.raises(NotPublishable) as refused:
        room.publishing.publish(author, PublishCourse(course.id))
    assert codes(refused) == ["module-title", "empty-module", "labs"]
    assert refused.value.reasons[-1].plugin == "labs"


def test_a_reviewer_that_fails_refuses(room, author, course, page, labs):
    labs.refusal = lambda: 1 / 0
    with pytest.raises(NotPublishable) as refused:
        room.publishing.publish(author, PublishCourse(course.id))
    assert codes(refused) == ["plugin-failed"]


def test_a_reviewer_that_is_off_is_not_asked(room, author, course, page, labs, switches):
    labs.refusal = Refusal("labs", text("No."))
    switches.turn_off("labs")
    assert room.publishing.publish(author, PublishCourse(course.id)).number == 1
    assert labs.asked == []


def test_nothing_is_published_twice(room, author, course, page):
    room.publishing.publish(author, PublishCourse(course.id))
    with pytest.raises(NotPublishable) as refused:
        room.publishing.publish(author, PublishCourse(course.id))
    assert codes(refused) == ["nothing-changed"]


def test_who_only_writes_does_not_publish(room, course, page, campus):
    writer = Actor(new_id(), grants(WRITING, Scope("campus", str(campus.id))))
    assert room.publishing.preview(writer, course.id).number == 1
    with pytest.raises(Forbidden):
        room.publishing.publish(writer, PublishCourse(course.id))
    with pytest.raises(CourseNotFound):
        room.publishing.publish(Actor(new_id()), PublishCourse(course.id))


def test_what_the_author_did_not_see_is_not_published(room, author, course, page):
    seen = room.publishing.preview(author, course.id)
    room.outline.write_activity(author, rewritten(course, page))
    with pytest.raises(CourseChanged):
        room.publishing.publish(author, PublishCourse(course.id, "", seen.digest))


def test_a_draft_that_moved_while_it_was_reviewed_is_reviewed_once_more(room, author, course, page, labs):
    def write_meanwhile():
        if len(labs.asked) == 1:
            token = reading_hook.set("")
            room.outline.write_activity(author, rewritten(course, page, "Meanwhile"))
            reading_hook.reset(token)

    labs.refusal = write_meanwhile
    room.publishing.publish(author, PublishCourse(course.id))
    assert len(labs.asked) == 2
    _, content = room.publishing.revision(author, course.id, 1)
    assert next(content.activities()).body.en == "Meanwhile"


def test_going_back_publishes_the_old_content_as_a_new_revision_and_leaves_the_draft(room, author, course, page):
    room.publishing.publish(author, PublishCourse(course.id))
    room.outline.write_activity(author, rewritten(course, page))
    room.publishing.publish(author, PublishCourse(course.id))
    restored = room.publishing.restore(author, course.id, 1)
    assert (restored.number, restored.restored_from) == (3, 1)
    _, content = room.publishing.revision(author, course.id, 3)
    assert next(content.activities()).body.en == "## Hello\n\nNice"
    assert room.drafts.get(author, course.id).activity(page.id)[1].body.en == "New"
    numbers = [one.number for one in room.publishing.revisions(author, course.id, PageRequest()).items]
    assert numbers == [3, 2, 1]
    with pytest.raises(NotPublishable):
        room.publishing.restore(author, course.id, 1)


def test_a_plugin_that_hears_lms_after_course_published_is_told_through_the_outbox(room, work, author, course, page):
    work.listeners = lambda hook: ["labs"] if hook == "lms_after_course_published" else []
    room.publishing.publish(author, PublishCourse(course.id))
    with work.read() as uow:
        rows = uow.session.execute(select(outbox.c.kind, outbox.c.name, outbox.c.plugin)).all()
    assert [tuple(row) for row in rows] == [("hook", "lms_after_course_published", "labs")]
