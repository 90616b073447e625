from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import (
    Campus,
    ChangedMeanwhile,
    Membership,
    NewMembership,
    Organisation,
    check_hosts,
    check_membership,
    check_slug,
    check_version,
)

TITLES = Titles("마포 캠퍼스", "Mapo campus")


def organisation(kind):
    return Organisation(new_id(), kind, kind, Titles(kind, kind))


def test_a_campus_lies_with_its_owner_its_partner_and_itself():
    campus = Campus(new_id(), new_id(), new_id(), "mapo", TITLES)
    assert campus.scopes == {
        SITE,
        Scope("organisation", str(campus.owner_id)),
        Scope("organisation", str(campus.partner_id)),
        Scope("campus", str(campus.id)),
    }


def test_a_campus_without_a_partner_is_not_dedicated():
    campus = Campus(new_id(), new_id(), None, "mapo", TITLES)
    assert not campus.dedicated
    assert len(campus.scopes) == 3


@pytest.mark.parametrize("kind", ["city", "university", "association"])
def test_public_bodies_may_own_a_campus_that_is_dedicated_to_a_company(kind):
    check_hosts(organisation(kind), organisation("company"))


def test_a_company_owns_no_campus_and_a_city_is_no_partner_and_both_are_said():
    with pytest.raises(Invalid) as refused:
        check_hosts(organisation("company"), organisation("city"))
    assert set(refused.value.fields) == {"owner_id", "partner_id"}


@pytest.mark.parametrize("slug", ["", "Mapo", "mapo_ai", "-mapo", "mapo-", "마포", "a" * 61, "mapo ai"])
def test_a_short_name_is_lower_case_words(slug):
    with pytest.raises(Invalid) as refused:
        check_slug(slug, TITLES)
    assert set(refused.value.fields) == {"slug"}


def test_every_fault_of_a_description_is_said_at_once():
    with pytest.raises(Invalid) as refused:
        check_slug("Mapo", Titles("  ", ""))
    assert set(refused.value.fields) == {"slug", "title_ko", "title_en"}


@given(st.lists(st.from_regex(r"[a-z0-9]{1,5}", fullmatch=True), min_size=1, max_size=8))
def test_words_joined_by_hyphens_make_a_short_name(words):
    check_slug("-".join(words), TITLES)


def test_a_membership_is_in_one_place():
    person, place = new_id(), new_id()
    check_membership(NewMembership(person, "staff", date(2026, 3, 2), campus_id=place))
    for places in ({}, {"organisation_id": place, "campus_id": place}):
        with pytest.raises(Invalid) as refused:
            check_membership(NewMembership(person, "captain", date(2026, 3, 2), **places))
        assert set(refused.value.fields) == {"position", "campus_id"}


def test_a_membership_ends_once_and_not_before_it_began():
    membership = Membership(new_id(), new_id(), new_id(), None, "staff", date(2026, 3, 2))
    with pytest.raises(Invalid):
        membership.end(date(2026, 3, 1))
    membership.end(date(2026, 3, 2))
    with pytest.raises(Invalid):
        membership.end(date(2026, 4, 1))
    assert membership.ended_on == date(2026, 3, 2)


def test_an_older_version_is_a_conflict_that_names_the_newer_one():
    check_version(3, 3)
    with pytest.raises(ChangedMeanwhile) as conflict:
        check_version(3, 2)
    assert conflict.value.facts == {"version": "3"}
