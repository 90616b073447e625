from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lms_core.catalog.domain import ActivityContent, Change, Content, ModuleContent, differences
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import Titles


def named(name):
    return Titles(name, name)


def activity(name):
    return ActivityContent(new_id(), "catalog.page", named(name), named(f"text of {name}"))


def module(name, *names):
    return ModuleContent(new_id(), named(name), "", tuple(activity(each) for each in names))


def content(*modules):
    return Content(named("AI"), named("About"), ("ko",), "", "", modules)


def told(old, new):
    return [(change.verb, change.what, change.titles.en) for change in differences(old, new)]


FIRST, SECOND = module("first", "a", "b", "c"), module("second", "d")


def test_at_first_everything_is_new():
    assert told(None, content(SECOND)) == [("added", "module", "second"), ("added", "activity", "d")]


def test_nothing_changed_is_no_change():
    assert told(content(FIRST, SECOND), content(FIRST, SECOND)) == []


def test_another_title_or_summary_changes_the_course():
    old = content(FIRST)
    assert told(old, replace(old, summary=named("Else"))) == [("changed", "course", "AI")]


def test_a_rewritten_activity_is_changed_even_if_it_moved():
    a, b, c = FIRST.activities
    new = replace(FIRST, activities=(replace(c, minutes=5), a, b))
    assert told(content(FIRST), content(new)) == [("changed", "activity", "c")]


def test_only_what_was_moved_is_said_to_have_moved():
    a, b, c = FIRST.activities
    assert told(content(FIRST), content(replace(FIRST, activities=(c, a, b)))) == [("moved", "activity", "c")]


def test_an_activity_in_another_module_has_moved():
    a, b, c = FIRST.activities
    new = content(replace(FIRST, activities=(a, b)), replace(SECOND, activities=(*SECOND.activities, c)))
    assert told(content(FIRST, SECOND), new) == [("moved", "activity", "c")]


def test_modules_are_added_renamed_moved_and_removed():
    third = module("third", "e")
    old, new = content(FIRST, SECOND), content(third, SECOND, replace(FIRST, titles=named("1st")))
    assert told(old, new) == [
        ("added", "module", "third"),
        ("changed", "module", "1st"),
        ("added", "activity", "e"),
    ]
    assert told(old, content(SECOND, FIRST)) in ([("moved", "module", "first")], [("moved", "module", "second")])
    assert told(old, content(FIRST)) == [("removed", "module", "second"), ("removed", "activity", "d")]


@given(st.permutations(range(6)))
def test_a_shuffled_module_tells_of_moves_only_and_never_of_all(order):
    old = module("m", *"abcdef")
    new = replace(old, activities=tuple(old.activities[place] for place in order))
    found = differences(content(old), content(new))
    assert {change.verb for change in found} <= {"moved"}
    assert len(found) < 6
    assert bool(found) == (list(order) != sorted(order))


def test_a_change_is_stored_and_read_back():
    change = Change("moved", "activity", Titles("가", "a"))
    assert Change.from_json(change.as_json()) == change
