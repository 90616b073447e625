from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.actors import ANYONE, SYSTEM, Actor, Grant, grants
from lms_core.foundation.errors import Forbidden, NotFound, Unauthenticated
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE, KINDS, SITE, Scope, scopes

CAMPUS, OTHER, COURSE = new_id(), new_id(), new_id()
TEACHER = Actor(new_id(), grants(["catalog.author"], Scope("campus", str(CAMPUS))))
DIRECTOR = Actor(new_id(), grants(["catalog.author", "catalog.publish"]))


def test_a_grant_holds_in_its_place_and_nowhere_else():
    assert TEACHER.may("catalog.author", scopes(campus=CAMPUS, course=COURSE))
    assert not TEACHER.may("catalog.author", scopes(campus=OTHER, course=COURSE))
    assert not TEACHER.may("catalog.author", EVERYWHERE)
    assert not TEACHER.may("catalog.publish", scopes(campus=CAMPUS))


def test_a_grant_for_the_site_holds_everywhere():
    assert DIRECTOR.may("catalog.author", scopes(campus=OTHER))
    assert DIRECTOR.may("catalog.author", EVERYWHERE)


def test_the_system_may_everything_and_nobody_nothing():
    assert SYSTEM.may("anything.at_all", EVERYWHERE)
    assert not ANYONE.may("anything.at_all", EVERYWHERE)


def test_who_may_not_is_told_to_sign_in_or_that_it_is_forbidden():
    DIRECTOR.require("catalog.publish", EVERYWHERE)
    with pytest.raises(Forbidden):
        TEACHER.require("catalog.publish", EVERYWHERE)
    with pytest.raises(Unauthenticated):
        ANYONE.require("catalog.publish", EVERYWHERE)


def test_what_one_may_not_see_does_not_exist():
    TEACHER.require_seen("catalog.author", scopes(campus=CAMPUS))
    for actor in (TEACHER, ANYONE):
        with pytest.raises(NotFound):
            actor.require_seen("catalog.author", scopes(campus=OTHER))


def test_a_person_is_asked_for_by_id():
    assert TEACHER.require_person() == TEACHER.person_id
    for actor in (ANYONE, SYSTEM):
        with pytest.raises(Unauthenticated):
            actor.require_person()


def test_lists_are_narrowed_to_where_a_permission_is_held():
    assert TEACHER.where("catalog.author") == {Scope("campus", str(CAMPUS))}
    assert TEACHER.ids_where("catalog.author", "campus") == {CAMPUS}
    assert TEACHER.ids_where("catalog.author", "course") == frozenset()
    assert ANYONE.ids_where("catalog.author", "campus") == frozenset()
    for actor in (DIRECTOR, SYSTEM):
        assert actor.where("catalog.author") == {SITE}
        assert actor.ids_where("catalog.author", "campus") is None


PLACES = st.builds(Scope, st.sampled_from(KINDS[1:]), st.sampled_from([str(UUID(int=n)) for n in range(3)])) | st.just(
    SITE
)
PERMISSIONS = st.sampled_from(["a.b", "a.c"])


@given(st.frozensets(st.builds(Grant, PERMISSIONS, PLACES)), PERMISSIONS, st.frozensets(PLACES))
def test_may_and_where_agree(held, permission, on):
    actor = Actor(new_id(), held)
    assert actor.may(permission, on) == bool(actor.where(permission) & on)


def test_an_actors_printed_form_tells_no_name():
    assert "Kim" not in repr(Actor(new_id(), name="Kim"))
