"""Members: who belongs to an organisation or a campus, as what, and since when."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.organisation.domain import (
    AlreadyMember,
    CampusNotFound,
    MemberJoined,
    MemberLeft,
    Membership,
    MembershipNotFound,
    NewMembership,
    OrganisationNotFound,
    check_membership,
)
from lms_core.organisation.repository import Campuses, Memberships, Organisations
from lms_core.people.service import DirectoryService

SEE = "organisation.see_members"
MANAGE = "organisation.manage_members"


@dataclass(frozen=True, slots=True)
class MemberListed:
    """A membership with the name of its person, who may have been erased since."""

    membership: Membership
    name: str


@dataclass(frozen=True)
class MemberService:
    """What can be done with memberships."""

    work: Work
    people: DirectoryService

    def of_organisation(self, actor: Actor, organisation_id: UUID, request: PageRequest) -> Page[MemberListed]:
        """Members of an organisation. Filters: position, ended. Raises NotFound where the actor may not see them."""
        with self.work.read() as uow:
            if not actor.may(SEE, Organisations(uow).get(organisation_id).scopes):
                raise OrganisationNotFound
            return self._named(Memberships(uow).listed(request, organisation_id=organisation_id))

    def of_campus(self, actor: Actor, campus_id: UUID, request: PageRequest) -> Page[MemberListed]:
        """Members of a campus. Filters: position, ended. Raises NotFound where the actor may not see them."""
        with self.work.read() as uow:
            if not actor.may(SEE, Campuses(uow).get(campus_id).scopes):
                raise CampusNotFound
            return self._named(Memberships(uow).listed(request, campus_id=campus_id))

    def add(self, actor: Actor, wanted: NewMembership) -> Membership:
        """Let somebody belong. Raises Forbidden, Invalid, AlreadyMember, NotFound for an unknown person."""
        check_membership(wanted)
        self.people.require_known(wanted.person_id)
        membership = Membership(new_id(), **{name: getattr(wanted, name) for name in NewMembership.__slots__})
        with self.work.write() as uow:
            places = _places(uow, membership)
            _require(actor, places, CampusNotFound if wanted.campus_id else OrganisationNotFound)
            if Memberships(uow).holds(membership):
                raise AlreadyMember
            Memberships(uow).add(membership)
            uow.record(MemberJoined(membership.id, membership.person_id), actor, places)
            uow.commit()
        return membership

    def end(self, actor: Actor, membership_id: UUID, day: date) -> Membership:
        """End a membership on ``day``. Raises Forbidden, Invalid."""
        with self.work.write() as uow:
            membership = Memberships(uow).get(membership_id)
            places = _places(uow, membership)
            _require(actor, places, MembershipNotFound)
            membership.end(day)
            uow.record(MemberLeft(membership.id, membership.person_id), actor, places)
            uow.commit()
            return membership

    def named(self, membership: Membership) -> MemberListed:
        """A membership the caller has just been given, with the name of its person."""
        return MemberListed(membership, self.people.names([membership.person_id]).get(membership.person_id, ""))

    def _named(self, found: Page[Membership]) -> Page[MemberListed]:
        names = self.people.names(one.person_id for one in found.items)
        return found.map(lambda one: MemberListed(one, names.get(one.person_id, "")))


def _places(uow: UnitOfWork, membership: Membership) -> Scopes:
    if membership.campus_id is not None:
        return Campuses(uow).get(membership.campus_id).scopes
    if membership.organisation_id is not None:
        return Organisations(uow).get(membership.organisation_id).scopes
    raise ValueError("a membership belongs somewhere")


def _require(actor: Actor, places: Scopes, hidden: type[NotFound]) -> None:
    if not actor.may(SEE, places):
        raise hidden
    actor.require(MANAGE, places)
