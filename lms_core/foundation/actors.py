"""Who acts, and what they may do where. Every use case takes an actor first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from lms_core.foundation.errors import Forbidden, NotFound, Unauthenticated
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope, Scopes


class Grant(NamedTuple):
    """A permission held in one place."""

    permission: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or the system, or nobody) with the grants in force at this moment."""

    person_id: UUID | None = None
    grants: frozenset[Grant] = frozenset()
    language: str = "ko"
    almighty: bool = field(default=False, repr=False)
    session_id: UUID | None = None
    name: str = field(default="", repr=False)
    # Every place in which the person holds a role, and the site: the scope set of a person.
    places: Scopes = field(default=EVERYWHERE, repr=False)

    def may(self, permission: str, on: Scopes) -> bool:
        """Whether any grant of ``permission`` lies in the scope set ``on``."""
        return self.almighty or any(Grant(permission, scope) in self.grants for scope in on)

    def require(self, permission: str, on: Scopes) -> None:
        """Raise Forbidden (or Unauthenticated, if nobody is signed in) unless the actor may."""
        if self.may(permission, on):
            return
        raise Unauthenticated if self.person_id is None else Forbidden

    def require_seen(self, permission: str, on: Scopes) -> None:
        """Raise NotFound unless the actor may: what one may not see does not exist."""
        if not self.may(permission, on):
            raise NotFound

    def require_person(self) -> UUID:
        """The id of the person who is signed in. Raises Unauthenticated if there is none."""
        if self.person_id is None:
            raise Unauthenticated
        return self.person_id

    def where(self, permission: str) -> frozenset[Scope]:
        """The places where ``permission`` is held; holds SITE if that is everywhere."""
        if self.almighty:
            return frozenset({SITE})
        return frozenset(grant.scope for grant in self.grants if grant.permission == permission)

    def ids_where(self, permission: str, kind: str) -> frozenset[UUID] | None:
        """The ids of ``kind`` where ``permission`` is held, or None for everywhere. Narrows list queries."""
        places = self.where(permission)
        if SITE in places:
            return None
        return frozenset(UUID(place.id) for place in places if place.kind == kind)


def grants(permissions: Iterable[str], scope: Scope = SITE) -> frozenset[Grant]:
    """A grant of each of ``permissions`` in ``scope``."""
    return frozenset(Grant(permission, scope) for permission in permissions)


SYSTEM = Actor(almighty=True)
ANYONE = Actor()
