"""Roles and the books of what rooms and plugins registered about people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.text import text
from lms_core.hooks.site import Permission, PersonalData, Role

SEE_PERSON = "people.see_person"
INVITE_PERSON = "people.invite_person"
GIVE_ROLE = "people.give_role"
EXPORT_PERSON = "people.export_person"
ERASE_PERSON = "people.erase_person"
ADMINISTRATOR = "administrator"


@dataclass(eq=False)
class RoleGiven:
    """A role a person holds in one place."""

    id: UUID
    person_id: UUID
    role: str
    scope_kind: str
    scope_id: str
    given_at: datetime
    given_by: UUID | None = None

    @property
    def scope(self) -> Scope:
        """The place."""
        return Scope(self.scope_kind, self.scope_id)


@dataclass(frozen=True, slots=True)
class RoleBook:
    """Every role and permission that rooms and plugins registered; answers under one name are joined."""

    roles: Mapping[str, Role]
    permissions: Mapping[str, Permission]

    @classmethod
    def bind(cls, roles: Iterable[Role], permissions: Iterable[Permission]) -> "RoleBook":
        """Join ``roles`` by name; the administrator's holds every permission there is."""
        permissions = list(permissions)
        joined: dict[str, Role] = {}
        for role in roles:
            known = joined.get(role.name, role)
            kinds = tuple(dict.fromkeys((*known.scope_kinds, *role.scope_kinds)))
            joined[role.name] = Role(role.name, known.title, known.permissions | role.permissions, kinds)
        if chief := joined.get(ADMINISTRATOR):
            all_there_is = frozenset(one.name for one in permissions)
            joined[ADMINISTRATOR] = Role(chief.name, chief.title, all_there_is, chief.scope_kinds)
        return cls(joined, {one.name: one for one in permissions})

    def permissions_of(self, role: str) -> frozenset[str]:
        """What the role allows; nothing for a role that nobody registers any more."""
        return self.roles[role].permissions if role in self.roles else frozenset()

    def require(self, role: str, scope: Scope) -> Role:
        """The role. Raises Invalid for an unknown one, or one that is not given in such a place."""
        found = self.roles.get(role)
        if found is None:
            raise Invalid(fields={"role": (text("There is no role called %(role)s.", role=role),)})
        if scope.kind not in found.scope_kinds:
            kinds = ", ".join(found.scope_kinds)
            raise Invalid(fields={"scope": (text("This role is given in: %(kinds)s.", kinds=kinds),)})
        return found

    def require_givable(self, actor: Actor, role: str, scope: Scope) -> None:
        """Nobody can give what they could not do themselves. Raises Forbidden, and what `require` raises."""
        for permission in self.require(role, scope).permissions:
            actor.require(permission, frozenset({SITE, scope}))


@dataclass(frozen=True, slots=True)
class PersonalDataBook:
    """Every table that was registered to hold personal data, with the plugin that keeps it."""

    tables: tuple[tuple[str, PersonalData], ...]
