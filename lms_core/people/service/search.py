"""Searching the site: every source of rooms and plugins is asked for what the one who asks may see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import structlog

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import Scopes
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import SearchHit, SearchSource

log = structlog.get_logger("lms.search")
# Of each source, where all are shown together.
FIRST: Final = 5


@dataclass(frozen=True, slots=True)
class Found:
    """What a source found; None where it failed."""

    source: SearchSource
    page: Page[SearchHit] | None


@dataclass(frozen=True)
class SearchService:
    """Asks the sources. Each one keeps to what the actor may see; one that fails spoils nobody else's answer."""

    hooks: Hooks

    def everywhere(self, actor: Actor, on: Scopes, words: str) -> tuple[Found, ...]:
        """The first few of each source that found something, or failed. Empty words find nothing."""
        if not words:
            return ()
        asked = (_asked(actor, source, PageRequest(size=FIRST, search=words)) for source in self._open(actor, on))
        return tuple(found for found in asked if found.page is None or found.page.items)

    def within(self, actor: Actor, on: Scopes, name: str, request: PageRequest) -> Found:
        """One page of one source. Raises NotFound where there is none of that name for the actor."""
        source = next((one for one in self._open(actor, on) if one.name == name), None)
        if source is None:
            raise NotFound
        return _asked(actor, source, request)

    def _open(self, actor: Actor, on: Scopes) -> Iterator[SearchSource]:
        actor.require_person()
        for source in self.hooks.search_sources(on):
            if not source.permission or actor.almighty or actor.where(source.permission):
                yield source


def _asked(actor: Actor, source: SearchSource, request: PageRequest) -> Found:
    try:
        return Found(source, source.find(actor, request))
    except Exception:
        # A source's fault stays the source's.
        log.exception("search failed", source=source.name)
        return Found(source, None)
