from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.catalog.domain import (
    Activity,
    ActivityNotFound,
    Course,
    CourseChanged,
    Module,
    ModuleNotFound,
    check_course,
    check_titles,
    check_version,
)
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import Titles


def named(name):
    return Titles(name, name)


def activity(name):
    return Activity(new_id(), "catalog.page", named(name))


def course(*modules):
    made = [Module(new_id(), named(f"m{place}"), "", [activity(name) for name in names]) for place, names in modules]
    now = datetime(2026, 3, 2, tzinfo=UTC)
    return Course(new_id(), "ai", named("AI"), named(""), ["ko", "en"], new_id(), None, now, modules=made)


def outline(one):
    return [[each.titles.en for each in module.activities] for module in one.modules]


def find(one, name):
    return next(each for module in one.modules for each in module.activities if each.titles.en == name)


def test_an_activity_moves_within_its_module():
    draft = course((1, "abc"))
    draft.move_activity(find(draft, "c").id, -1)
    assert outline(draft) == [["a", "c", "b"]]


def test_an_activity_moves_over_the_edge_into_the_neighbouring_module():
    draft = course((1, "ab"), (2, "cd"))
    draft.move_activity(find(draft, "c").id, -1)
    assert outline(draft) == [["a", "b", "c"], ["d"]]
    draft.move_activity(find(draft, "c").id, 1)
    assert outline(draft) == [["a", "b"], ["c", "d"]]


def test_at_the_edges_of_the_course_everything_stays():
    draft = course((1, "ab"), (2, "c"))
    draft.move_activity(find(draft, "a").id, -1)
    draft.move_activity(find(draft, "c").id, 1)
    draft.move_module(draft.modules[0].id, -1)
    draft.move_module(draft.modules[1].id, 1)
    assert outline(draft) == [["a", "b"], ["c"]]


def test_a_module_moves_with_all_it_holds():
    draft = course((1, "ab"), (2, "c"))
    draft.move_module(draft.modules[1].id, -1)
    assert outline(draft) == [["c"], ["a", "b"]]


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([-1, 1])), max_size=30))
def test_moving_loses_and_doubles_nothing(moves):
    draft = course((1, "ab"), (2, "c"), (3, "def"))
    for place, by in moves:
        draft.move_activity(find(draft, "abcdef"[place]).id, by)
    assert sorted(name for module in outline(draft) for name in module) == list("abcdef")


def test_what_is_taken_out_is_gone_from_the_draft():
    draft = course((1, "ab"), (2, "c"))
    draft.remove_activity(find(draft, "a").id)
    draft.remove_module(draft.modules[1].id)
    assert outline(draft) == [["b"]]


def test_what_is_not_there_is_not_found():
    draft = course((1, "a"))
    for act in (draft.module, draft.remove_module, lambda key: draft.move_module(key, 1)):
        with pytest.raises(ModuleNotFound):
            act(new_id())
    for act in (draft.activity, draft.remove_activity, lambda key: draft.move_activity(key, 1)):
        with pytest.raises(ActivityNotFound):
            act(new_id())


def test_writing_counts_the_version_and_keeps_settings_it_does_not_know():
    one = Activity(new_id(), "labs.lab", named("Lab"), settings={"image": "vm-1", "time": "30"})
    one.write(named("Lab 1"), Titles("가\r\n나", "a\rb"), {"time": "45"}, 45)
    assert one.settings == {"image": "vm-1", "time": "45"}
    assert one.body == Titles("가\n나", "a\nb")
    assert one.version == 2


def test_a_course_has_a_title_in_each_of_its_languages():
    check_course("ai", Titles("", "AI"), ("en",))
    with pytest.raises(Invalid) as refused:
        check_course("A I", Titles("", "AI"), ("ko", "en"))
    assert set(refused.value.fields) == {"slug", "title_ko"}


@pytest.mark.parametrize("languages", [(), ("fr",), ("ko", "fr")])
def test_a_course_is_in_korean_or_english(languages):
    with pytest.raises(Invalid) as refused:
        check_course("ai", named("AI"), languages)
    assert "languages" in refused.value.fields


def test_a_part_has_a_title_in_one_language_at_least():
    check_titles(Titles("제목", ""))
    with pytest.raises(Invalid) as refused:
        check_titles(Titles(" ", ""))
    assert set(refused.value.fields) == {"title_ko", "title_en"}


def test_an_older_version_is_a_conflict_that_names_the_newer_one():
    with pytest.raises(CourseChanged) as conflict:
        check_version(4, 3)
    assert conflict.value.facts == {"version": "4"}
