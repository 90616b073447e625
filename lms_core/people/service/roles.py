"""Giving and taking roles, each in one place."""

from dataclasses import dataclass
from uuid import UUID

from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Conflict, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.people.domain import GIVE_ROLE, GiveRole, RoleBook, RoleChanged, RoleGiven
from lms_core.people.repository import People


class RoleHeld(Conflict):
    """The person holds this role there already."""

    code = "role-held"
    default = text("This person holds the role there already.")


@dataclass(frozen=True)
class RoleService:
    """Who may do what where."""

    work: Work
    clock: Clock
    book: RoleBook

    def give(self, actor: Actor, command: GiveRole) -> None:
        """Give a role that the actor could fill. Raises Forbidden, RoleHeld, Invalid."""
        actor.require(GIVE_ROLE, frozenset({SITE, command.scope}))
        self.book.require_givable(actor, command.role, command.scope)
        with self.work.write() as uow:
            People(uow).get(command.person_id)
            if not self.give_within(uow, actor, command):
                raise RoleHeld
            uow.commit()

    def take(self, actor: Actor, command: GiveRole) -> None:
        """Take a role away. Raises Forbidden, NotFound."""
        actor.require(GIVE_ROLE, frozenset({SITE, command.scope}))
        with self.work.write() as uow:
            if not self.take_within(uow, actor, command):
                raise NotFound
            uow.commit()

    def give_within(self, uow: UnitOfWork, actor: Actor, command: GiveRole) -> bool:
        """Give a role inside another room's unit of work, which has checked who may; False if it was held."""
        self.book.require(command.role, command.scope)
        kind, identifier = command.scope
        given = RoleGiven(
            new_id(), command.person_id, command.role, kind, identifier, self.clock.now(), actor.person_id
        )
        fresh = People(uow).give(given)
        if fresh:
            uow.record(_changed(command, given=True), by=actor, scopes=frozenset({SITE, command.scope}))
        return fresh

    def take_within(self, uow: UnitOfWork, actor: Actor, command: GiveRole) -> bool:
        """Take a role inside another room's unit of work; False if it was not held."""
        gone = People(uow).take(command.person_id, command.role, command.scope)
        if gone:
            uow.record(_changed(command, given=False), by=actor, scopes=frozenset({SITE, command.scope}))
        return gone

    def places(self, person_id: UUID) -> frozenset[Scope]:
        """Every place in which the person holds a role, and the site: the scope set of a person."""
        with self.work.read() as uow:
            return People(uow).scopes_of(person_id)

    def names(self, uow: UnitOfWork, ids: list[UUID]) -> dict[UUID, str]:
        """Display names for lists of other rooms, in one query."""
        return People(uow).names(ids)


def _changed(command: GiveRole, *, given: bool) -> RoleChanged:
    return RoleChanged(person_id=command.person_id, role=command.role, scope=str(command.scope), given=given)
