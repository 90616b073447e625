"""Campuses and their departments: opening, describing and finding them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import Titles, text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.organisation import CampusOpened
from lms_core.organisation.domain import (
    Campus,
    CampusChanged,
    CampusDetails,
    CampusListed,
    CampusNotFound,
    Department,
    DepartmentDetails,
    check_hosts,
    check_slug,
    check_version,
)
from lms_core.organisation.repository import Campuses, Organisations

SEE = "organisation.see_campus"
MANAGE = "organisation.manage_campus"


@dataclass(frozen=True)
class CampusService:
    """What can be done with campuses and departments."""

    work: Work

    def find(self, actor: Actor, request: PageRequest) -> Page[CampusListed]:
        """Those the actor may see. Filter: dedicated. Sorts: title, slug, district, opened."""
        with self.work.read() as uow:
            return Campuses(uow).listed(request, actor, SEE)

    def get(self, actor: Actor, campus_id: UUID) -> Campus:
        """One campus. Raises CampusNotFound, also where the actor may not see it."""
        with self.work.read() as uow:
            return _seen(uow, actor, campus_id)

    def of_organisation(self, actor: Actor, organisation_id: UUID) -> list[Campus]:
        """The campuses that an organisation owns or is partner of, as far as the actor may see them."""
        return [one for one in self.choices(actor) if organisation_id in (one.owner_id, one.partner_id)]

    def look_up(self, campus_id: UUID) -> Campus | None:
        """The campus for another room's or a plugin's own rules, whoever asks; None if there is none."""
        with self.work.read() as uow:
            return Campuses(uow).find(campus_id)

    def choices(self, actor: Actor, permission: str = SEE) -> list[Campus]:
        """Every campus where the actor holds ``permission``, for a form to choose from."""
        with self.work.read() as uow:
            return Campuses(uow).choices(actor, permission)

    def titles(self, ids: Iterable[UUID]) -> Mapping[UUID, Titles]:
        """Titles by id, whoever asks: they stand beside what people may see."""
        with self.work.read() as uow:
            return Campuses(uow).titles(ids)

    def open(self, actor: Actor, details: CampusDetails) -> Campus:
        """Open a campus of an organisation. Raises Forbidden, Invalid, SlugTaken."""
        with self.work.write() as uow:
            _check(uow, actor, details)
            campus = Campus(new_id(), details.owner_id, details.partner_id, details.slug, details.titles)
            _describe(campus, details)
            Campuses(uow).add(campus)
            uow.record(CampusOpened(campus.id), actor, campus.scopes)
            uow.commit()
            return campus

    def change(self, actor: Actor, campus_id: UUID, details: CampusDetails, version: int) -> Campus:
        """Describe it anew. Raises ChangedMeanwhile if ``version`` is no longer the stored one, Invalid, SlugTaken."""
        with self.work.write() as uow:
            campus = _managed(uow, actor, campus_id)
            check_version(campus.version, version)
            # Hands change only where the actor has a say on both sides.
            if (details.owner_id, details.partner_id) != (campus.owner_id, campus.partner_id):
                _check(uow, actor, details)
            check_slug(details.slug, details.titles)
            _describe(campus, details)
            Campuses(uow).save()
            uow.record(CampusChanged(campus.id), actor, campus.scopes)
            uow.commit()
            return campus

    def departments(self, actor: Actor, campus_id: UUID) -> list[Department]:
        """The departments of a campus the actor may see."""
        with self.work.read() as uow:
            _seen(uow, actor, campus_id)
            return Campuses(uow).departments(campus_id)

    def department(self, actor: Actor, campus_id: UUID, department_id: UUID) -> Department:
        """One of them. Raises DepartmentNotFound."""
        with self.work.read() as uow:
            _seen(uow, actor, campus_id)
            return Campuses(uow).department(campus_id, department_id)

    def add_department(self, actor: Actor, campus_id: UUID, details: DepartmentDetails) -> Department:
        """Add a department. Raises Forbidden, Invalid, SlugTaken."""
        with self.work.write() as uow:
            campus = _managed(uow, actor, campus_id)
            check_slug(details.slug, details.titles)
            department = Department(new_id(), campus.id, details.slug, details.titles)
            Campuses(uow).add_department(department)
            uow.record(CampusChanged(campus.id), actor, campus.scopes)
            uow.commit()
            return department

    def change_department(
        self, actor: Actor, campus_id: UUID, department_id: UUID, details: DepartmentDetails, version: int
    ) -> Department:
        """Describe a department anew. Raises ChangedMeanwhile, Invalid, SlugTaken."""
        with self.work.write() as uow:
            campus = _managed(uow, actor, campus_id)
            department = Campuses(uow).department(campus_id, department_id)
            check_version(department.version, version)
            check_slug(details.slug, details.titles)
            department.slug, department.titles = details.slug, details.titles
            Campuses(uow).save()
            uow.record(CampusChanged(campus.id), actor, campus.scopes)
            uow.commit()
            return department


def campus_scopes(uow: UnitOfWork, campus_id: UUID) -> Scopes | None:
    """The scope set of a campus, or None if there is none."""
    campus = Campuses(uow).find(campus_id)
    return campus.scopes if campus else None


def campuses_hosted_by(uow: UnitOfWork, organisation_ids: Iterable[UUID]) -> frozenset[UUID]:
    """The campuses that these organisations own or are partner of: whoever holds a role there reaches them."""
    return Campuses(uow).hosted_by(organisation_ids)


def _seen(uow: UnitOfWork, actor: Actor, campus_id: UUID) -> Campus:
    campus = Campuses(uow).get(campus_id)
    # The same words as for a campus that is not there: their difference would tell that it is.
    if not actor.may(SEE, campus.scopes):
        raise CampusNotFound
    return campus


def _managed(uow: UnitOfWork, actor: Actor, campus_id: UUID) -> Campus:
    campus = _seen(uow, actor, campus_id)
    actor.require(MANAGE, campus.scopes)
    return campus


def _check(uow: UnitOfWork, actor: Actor, details: CampusDetails) -> None:
    unknown = {}
    hosts = {}
    for field, host_id in (("owner_id", details.owner_id), ("partner_id", details.partner_id)):
        try:
            hosts[field] = Organisations(uow).get(host_id) if host_id else None
        except NotFound:
            unknown[field] = (text("There is no such organisation. Choose one from the list."),)
    owner = hosts.get("owner_id")
    if unknown or owner is None:
        raise Invalid(fields=unknown)
    actor.require(MANAGE, owner.scopes)
    check_hosts(owner, hosts["partner_id"])
    check_slug(details.slug, details.titles)


def _describe(campus: Campus, details: CampusDetails) -> None:
    campus.owner_id, campus.partner_id = details.owner_id, details.partner_id
    campus.slug, campus.titles = details.slug, details.titles
    campus.district, campus.address, campus.opened_on = details.district, details.address, details.opened_on
