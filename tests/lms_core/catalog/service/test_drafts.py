from dataclasses import replace

import pytest

from lms_core.catalog.domain import (
    CourseChanged,
    CourseNotFound,
    CreateCourse,
    CurriculumNotOffered,
    DescribeCourse,
    SlugTaken,
)
from lms_core.catalog.service import course_scopes
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.text import Titles
from tests.lms_core.catalog.conftest import PUBLISHING


def command(place, **changes):
    made = CreateCourse("data", Titles("데이터", "Data"), Titles("", ""), ("ko", "en"), place)
    return replace(made, **changes)


def holding(place, permissions=PUBLISHING):
    return Actor(new_id(), grants(permissions, place))


def test_a_course_lies_on_its_campus_and_with_the_hosts_of_it(work, room, admin, dedicated):
    made = room.drafts.create(admin, command(Scope("campus", str(dedicated.id))))
    with work.read() as uow:
        assert course_scopes(uow, made.id) == dedicated.scopes | {Scope("course", str(made.id))}
        assert course_scopes(uow, new_id()) is None


def test_a_course_of_an_organisation_lies_on_no_campus(work, room, admin, city):
    made = room.drafts.create(admin, command(Scope("organisation", str(city.id))))
    with work.read() as uow:
        assert course_scopes(uow, made.id) == {SITE, city_scope(city), Scope("course", str(made.id))}


def city_scope(city):
    return Scope("organisation", str(city.id))


def test_a_course_is_begun_only_where_one_may(room, author, dedicated):
    with pytest.raises(Forbidden):
        room.drafts.create(author, command(Scope("campus", str(dedicated.id))))


@pytest.mark.parametrize("place", [Scope("campus", str(new_id())), Scope("campus", "here"), Scope("cohort", "1"), SITE])
def test_a_course_is_held_somewhere(room, admin, place):
    with pytest.raises(Invalid) as refused:
        room.drafts.create(admin, command(place))
    assert set(refused.value.fields) == {"place"}


def test_a_course_begun_from_a_curriculum_remembers_where_its_modules_came_from(room, author, campus):
    place = Scope("campus", str(campus.id))
    made = room.drafts.get(author, room.drafts.create(author, command(place, curriculum="labs-1")).id)
    assert (made.curriculum_code, made.curriculum_version) == ("labs-1", "2026.1")
    assert [module.curriculum_key for module in made.modules] == ["start"]
    assert made.modules[0].activities[0].body == Titles("안녕", "Hello")


def test_a_curriculum_of_a_plugin_that_is_off_is_not_offered(room, author, campus, switches):
    place = Scope("campus", str(campus.id))
    assert [one.code for one in room.drafts.curricula(place)] == ["labs-1"]
    switches.turn_off("labs")
    assert room.drafts.curricula(place) == ()
    with pytest.raises(CurriculumNotOffered):
        room.drafts.create(author, command(place, curriculum="labs-1"))


def test_two_courses_never_share_a_short_name(room, author, course, campus):
    with pytest.raises(SlugTaken):
        room.drafts.create(author, command(Scope("campus", str(campus.id)), slug="ai-basics"))


def test_what_changed_meanwhile_is_not_overwritten(room, author, course):
    change = DescribeCourse(course.id, 1, "ai", Titles("AI", "AI"), Titles("", ""), ("ko",))
    assert room.drafts.describe(author, change).version == 2
    with pytest.raises(CourseChanged) as conflict:
        room.drafts.describe(author, replace(change, slug="other"))
    assert conflict.value.facts == {"version": "2"}
    assert room.drafts.get(author, course.id).slug == "ai"


def test_a_draft_is_nobody_elses_business(room, course, dedicated, campus):
    for actor in (holding(Scope("campus", str(dedicated.id))), holding(campus_of(campus), {"catalog.read_course"})):
        with pytest.raises(CourseNotFound):
            room.drafts.get(actor, course.id)
        assert room.drafts.find(actor, PageRequest()).total == 0
    with pytest.raises(CourseNotFound):
        room.drafts.get(holding(SITE), new_id())


def campus_of(campus):
    return Scope("campus", str(campus.id))


@pytest.mark.parametrize("place", ["site", "campus", "owner", "course"])
def test_drafts_are_found_from_every_place_they_lie_in(room, course, campus, place):
    places = {
        "site": SITE,
        "campus": campus_of(campus),
        "owner": Scope("organisation", str(campus.owner_id)),
        "course": Scope("course", str(course.id)),
    }
    actor = holding(places[place])
    assert [one.id for one in room.drafts.find(actor, PageRequest()).items] == [course.id]
    assert room.drafts.get(actor, course.id).id == course.id


def test_a_partner_finds_the_courses_of_the_campus_dedicated_to_it(room, admin, dedicated, partner):
    made = room.drafts.create(admin, command(campus_of(dedicated)))
    actor = holding(Scope("organisation", str(partner.id)))
    assert [one.id for one in room.drafts.find(actor, PageRequest()).items] == [made.id]


def test_drafts_are_searched_filtered_and_sorted(room, author, course, campus):
    other = room.drafts.create(author, command(campus_of(campus)))
    assert [one.id for one in room.drafts.find(author, PageRequest(search="기초")).items] == [course.id]
    assert room.drafts.find(author, PageRequest(filters=(("state", "published"),))).total == 0
    assert [one.id for one in room.drafts.find(author, PageRequest(sort="-slug")).items] == [other.id, course.id]
