import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE, KINDS, SITE, Scope, parse_scope, scopes

CAMPUS = new_id()


def test_an_objects_scopes_hold_the_site_and_what_it_belongs_to():
    assert scopes(campus=CAMPUS, course="c", organisation=None) == {
        SITE,
        Scope("campus", str(CAMPUS)),
        Scope("course", "c"),
    }
    assert scopes() == EVERYWHERE == {SITE}


def test_a_kind_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="planet"):
        scopes(planet=CAMPUS)


@given(st.just(SITE) | st.builds(Scope, st.sampled_from(KINDS[1:]), st.text(min_size=1)))
def test_a_scope_is_read_as_it_is_written(scope):
    assert parse_scope(str(scope)) == scope


@pytest.mark.parametrize("wrong", ["", "campus", "campus:", "site:x", "planet:1", "SITE"])
def test_what_is_no_scope_is_refused(wrong):
    with pytest.raises(ValueError, match="a scope is written"):
        parse_scope(wrong)
