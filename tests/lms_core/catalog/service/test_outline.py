import pytest

from lms_core.catalog.domain import (
    ActivityNotFound,
    AddActivity,
    CourseChanged,
    CourseNotFound,
    CreateCourse,
    WriteActivity,
)
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles


def outline(room, author, course):
    draft = room.drafts.get(author, course.id)
    return [[each.titles.en for each in module.activities] for module in draft.modules]


def named(name):
    return Titles(name, name)


@pytest.fixture
def modules(room, author, course):
    made = [room.outline.add_module(author, course.id, named(name)) for name in ("first", "second")]
    for module, names in zip(made, ("ab", "c"), strict=True):
        for name in names:
            room.outline.add_activity(author, AddActivity(course.id, module.id, "catalog.page", named(name)))
    return made


def activity(room, author, course, name):
    draft = room.drafts.get(author, course.id)
    return next(each for module in draft.modules for each in module.activities if each.titles.en == name)


def test_the_order_is_kept_as_it_was_arranged(room, author, course, modules):
    room.outline.move_activity(author, course.id, activity(room, author, course, "b").id, -1)
    assert outline(room, author, course) == [["b", "a"], ["c"]]
    room.outline.move_module(author, course.id, modules[1].id, -1)
    assert outline(room, author, course) == [["c"], ["b", "a"]]


def test_an_activity_moves_into_the_next_module_and_keeps_its_identity(room, author, course, modules):
    moved = activity(room, author, course, "b")
    room.outline.move_activity(author, course.id, moved.id, 1)
    assert outline(room, author, course) == [["a"], ["b", "c"]]
    assert activity(room, author, course, "b").id == moved.id


def test_what_is_taken_out_is_gone(room, author, course, modules):
    room.outline.remove_activity(author, course.id, activity(room, author, course, "a").id)
    assert outline(room, author, course) == [["b"], ["c"]]
    room.outline.remove_module(author, course.id, modules[0].id)
    assert outline(room, author, course) == [["c"]]


def test_a_module_is_renamed_once_per_version(room, author, course, modules):
    renamed = room.outline.rename_module(author, course.id, modules[0].id, named("1st"), 1)
    assert (renamed.titles, renamed.version) == (named("1st"), 2)
    with pytest.raises(CourseChanged):
        room.outline.rename_module(author, course.id, modules[0].id, named("2nd"), 1)


def test_a_stale_activity_is_refused_and_moving_makes_nothing_stale(room, author, course, modules):
    one = activity(room, author, course, "a")
    room.outline.move_activity(author, course.id, one.id, 1)
    change = WriteActivity(course.id, one.id, 1, named("A"), named("text"), {}, 5)
    assert room.outline.write_activity(author, change).version == 2
    with pytest.raises(CourseChanged) as conflict:
        room.outline.write_activity(author, change)
    assert conflict.value.facts == {"version": "2"}


def test_only_kinds_that_are_on_can_be_added(room, author, course, modules, switches):
    added = AddActivity(course.id, modules[0].id, "labs.lab", named("Lab"))
    room.outline.add_activity(author, added)
    switches.turn_off("labs")
    with pytest.raises(Invalid) as refused:
        room.outline.add_activity(author, added)
    assert set(refused.value.fields) == {"kind"}


def test_the_parts_of_a_course_are_not_found_in_another(room, author, course, modules, admin, campus):
    foreign = activity(room, author, course, "a")
    other = room.drafts.create(author, _course(campus))
    with pytest.raises(ActivityNotFound):
        room.outline.remove_activity(author, other.id, foreign.id)


def test_a_draft_of_others_cannot_be_touched(room, course, modules):
    stranger = Actor(new_id(), grants({"catalog.author_course"}, _elsewhere()))
    for act in (
        lambda: room.outline.add_module(stranger, course.id, named("x")),
        lambda: room.outline.rename_module(stranger, course.id, modules[0].id, named("x"), 1),
        lambda: room.outline.move_module(stranger, course.id, modules[0].id, 1),
        lambda: room.outline.remove_module(stranger, course.id, modules[0].id),
    ):
        with pytest.raises(CourseNotFound):
            act()


def _elsewhere():
    return Scope("campus", str(new_id()))


def _course(campus):
    return CreateCourse("other", named("Other"), named(""), ("ko",), Scope("campus", str(campus.id)))
