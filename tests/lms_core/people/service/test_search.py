"""Searching the site: what one may see is found, source by source, and one that fails spoils nothing."""

import pytest

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound, Unauthenticated
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.text import text
from lms_core.hooks.site import SearchHit, SearchSource
from lms_core.people.service.search import FIRST, SearchService

SOMEBODY = Actor(new_id())
ADMINISTRATOR = Actor(new_id(), almighty=True)


def page(request: PageRequest, total: int) -> Page[SearchHit]:
    hits = [SearchHit(text("Found"), "/there") for _ in range(min(total, request.size))]
    return Page(hits, total, request.number, request.size)


def broken(_: Actor, __: PageRequest) -> Page[SearchHit]:
    raise ZeroDivisionError("a source's own fault")


class Sources:
    """Stands for the hooks: one source finds much, one fails, one finds nothing, one asks for a permission."""

    def search_sources(self, _: object) -> tuple[SearchSource, ...]:
        return (
            SearchSource("a.many", text("Many"), lambda _, request: page(request, 12)),
            SearchSource("b.broken", text("Broken"), broken),
            SearchSource("c.none", text("None"), lambda _, request: page(request, 0)),
            SearchSource("d.secret", text("Secret"), lambda _, request: page(request, 1), "d.see"),
        )


@pytest.fixture
def search() -> SearchService:
    return SearchService(Sources())  # type: ignore[arg-type]  # stands for the voice that asks plugins


def test_each_source_shows_its_first_few_and_one_that_fails_spoils_nothing(search: SearchService) -> None:
    found = search.everywhere(SOMEBODY, EVERYWHERE, "x")
    told = [(one.source.name, len(one.page.items) if one.page else None) for one in found]
    assert told == [("a.many", FIRST), ("b.broken", None)]


def test_one_source_is_turned_page_by_page(search: SearchService) -> None:
    found = search.within(SOMEBODY, EVERYWHERE, "a.many", PageRequest(2, 5, "x"))
    assert found.page is not None
    assert (found.page.total, found.page.next) == (12, 3)


def test_a_source_is_not_offered_without_its_permission(search: SearchService) -> None:
    wanted = PageRequest(search="x")
    with pytest.raises(NotFound):
        search.within(SOMEBODY, EVERYWHERE, "d.secret", wanted)
    assert search.within(ADMINISTRATOR, EVERYWHERE, "d.secret", wanted).page


def test_no_words_find_nothing(search: SearchService) -> None:
    assert search.everywhere(SOMEBODY, EVERYWHERE, "") == ()


def test_strangers_search_nothing(search: SearchService) -> None:
    with pytest.raises(Unauthenticated):
        search.everywhere(Actor(None), EVERYWHERE, "x")
