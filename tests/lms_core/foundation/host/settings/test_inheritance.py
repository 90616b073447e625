"""Which value holds where several were set."""

from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.host.settings.inheritance import Stored, holding
from lms_core.foundation.scopes import KINDS, SITE, Scope

PLACES = st.one_of(st.just(SITE), st.builds(Scope, st.sampled_from(KINDS[1:]), st.sampled_from("abc")))
SET = st.dictionaries(PLACES, st.integers(), max_size=8)
AROUND = st.frozensets(PLACES, max_size=6)


def stored(values):
    return [Stored("labs", scope, "seats", value) for scope, value in values.items()]


@given(SET, AROUND)
def test_the_narrowest_place_that_was_set_is_the_one_that_holds(values, around):
    held = holding(stored(values), around).get("seats")
    near = [scope for scope in values if scope in around]
    if held is None:
        assert not near
    else:
        assert KINDS.index(held.scope.kind) == max(KINDS.index(scope.kind) for scope in near)


@given(SET, AROUND, st.randoms())
def test_the_order_in_which_they_were_read_changes_nothing(values, around, random):
    shuffled = stored(values)
    random.shuffle(shuffled)
    assert holding(shuffled, around) == holding(stored(values), around)


def test_of_two_places_of_one_kind_the_lower_id_holds():
    both = stored({Scope("campus", "b"): 2, Scope("campus", "a"): 1})
    assert holding(both, frozenset({Scope("campus", "a"), Scope("campus", "b")}))["seats"].value == 1
