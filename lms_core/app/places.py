"""What exists, by kind of scope: the places that a plugin's rule can be made for."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from lms_core.catalog.service import DraftService
from lms_core.enrolment.service import CohortService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import KINDS, SITE, Scope, Scopes, parse_scope
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web import house
from lms_core.organisation.service import CampusService, OrganisationService

NARROW = KINDS[1:]
NO_PLACE = text("There is no such place. Choose one from the list.")
Find = Callable[[Actor, PageRequest], Page["Place"]]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a plugin can be on: its scope, its name, and all the scopes it lies in."""

    scope: Scope
    titles: Titles
    scopes: Scopes


@dataclass(frozen=True)
class Places:
    """Finds places through the rooms that know them."""

    organisations: OrganisationService
    campuses: CampusService
    drafts: DraftService
    cohorts: CohortService

    def find(self, kind: str, actor: Actor, request: PageRequest) -> Page[Place]:
        """The places of ``kind`` that the actor may see, as their room lists them."""
        named = {
            "organisation": lambda: self.organisations.find(actor, request).map(lambda one: (one.id, one.titles)),
            "campus": lambda: self.campuses.find(actor, request).map(lambda one: (one.campus.id, one.campus.titles)),
            "course": lambda: self.drafts.find(actor, request).map(lambda one: (one.id, one.titles)),
            "cohort": lambda: self.cohorts.find(actor, request).map(lambda one: (one.cohort.id, one.name)),
        }
        return named[kind]().map(lambda one: self._place(Scope(kind, str(one[0])), one[1]))

    def read(self, written: str) -> Scope:
        """The scope written as ``site`` or ``kind:id``. Raises Invalid where there is no such place."""
        try:
            scope = parse_scope(written)
            known = scope == SITE or house().scopes_of(scope.kind, UUID(scope.id)) is not None
        except ValueError:
            known = False
        if not known:
            raise Invalid(fields={"scope": (NO_PLACE,)})
        return scope if scope == SITE else Scope(scope.kind, str(UUID(scope.id)))

    def scopes(self, scope: Scope) -> Scopes:
        """All the scopes that a place lies in, itself among them; of one that is gone, the site and itself."""
        found = None if scope == SITE else house().scopes_of(scope.kind, UUID(scope.id))
        return (found or frozenset({SITE})) | {scope}

    def _place(self, scope: Scope, titles: Titles) -> Place:
        return Place(scope, titles, self.scopes(scope))
