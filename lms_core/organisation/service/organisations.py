"""Organisations: adding, describing and finding them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import EVERYWHERE, Scopes
from lms_core.foundation.text import Titles, text
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.organisation.domain import (
    ORGANISATION_KINDS,
    Organisation,
    OrganisationChanged,
    OrganisationDetails,
    OrganisationNotFound,
    check_slug,
    check_version,
)
from lms_core.organisation.repository import Organisations

SEE = "organisation.see_organisation"
MANAGE = "organisation.manage_organisation"


@dataclass(frozen=True)
class OrganisationService:
    """What can be done with organisations."""

    work: Work

    def find(self, actor: Actor, request: PageRequest) -> Page[Organisation]:
        """Those the actor may see. Filter: kind. Sorts: title, kind, slug."""
        with self.work.read() as uow:
            return Organisations(uow).listed(request, actor, SEE)

    def get(self, actor: Actor, organisation_id: UUID) -> Organisation:
        """One of them. Raises OrganisationNotFound, also where the actor may not see it."""
        with self.work.read() as uow:
            return _seen(uow, actor, organisation_id)

    def add(self, actor: Actor, details: OrganisationDetails) -> Organisation:
        """Add one to the site. Raises Forbidden, Invalid, SlugTaken."""
        actor.require(MANAGE, EVERYWHERE)
        _check(details)
        organisation = Organisation(new_id(), details.kind, details.slug, details.titles)
        with self.work.write() as uow:
            Organisations(uow).add(organisation)
            uow.record(OrganisationChanged(organisation.id), actor, organisation.scopes)
            uow.commit()
        return organisation

    def change(self, actor: Actor, organisation_id: UUID, details: OrganisationDetails, version: int) -> Organisation:
        """Describe it anew. Raises ChangedMeanwhile if ``version`` is no longer the stored one, Invalid, SlugTaken."""
        with self.work.write() as uow:
            organisation = _seen(uow, actor, organisation_id)
            actor.require(MANAGE, organisation.scopes)
            check_version(organisation.version, version)
            _check(details)
            organisation.kind, organisation.slug, organisation.titles = details.kind, details.slug, details.titles
            Organisations(uow).save()
            uow.record(OrganisationChanged(organisation.id), actor, organisation.scopes)
            uow.commit()
            return organisation

    def look_up(self, organisation_id: UUID) -> Organisation | None:
        """The organisation for another room's or a plugin's own rules, whoever asks; None if there is none."""
        with self.work.read() as uow:
            return Organisations(uow).find(organisation_id)

    def choices(self, kinds: Iterable[str], language: str) -> list[Organisation]:
        """Every organisation of ``kinds``, for a form to choose from. Titles of organisations are no secret."""
        with self.work.read() as uow:
            return Organisations(uow).choices(kinds, language)

    def held(self, actor: Actor, permission: str) -> list[Organisation]:
        """Every organisation where the actor holds ``permission``, for a form to choose from."""
        return [one for one in self.choices(ORGANISATION_KINDS, actor.language) if actor.may(permission, one.scopes)]

    def titles(self, ids: Iterable[UUID]) -> Mapping[UUID, Titles]:
        """Titles by id, whoever asks: they stand beside what people may see."""
        with self.work.read() as uow:
            return Organisations(uow).titles(ids)


def organisation_scopes(uow: UnitOfWork, organisation_id: UUID) -> Scopes | None:
    """The scope set of an organisation, or None if there is none."""
    try:
        return Organisations(uow).get(organisation_id).scopes
    except OrganisationNotFound:
        return None


def _seen(uow: UnitOfWork, actor: Actor, organisation_id: UUID) -> Organisation:
    organisation = Organisations(uow).get(organisation_id)
    # The same words as for one that is not there: their difference would tell that it is.
    if not actor.may(SEE, organisation.scopes):
        raise OrganisationNotFound
    return organisation


def _check(details: OrganisationDetails) -> None:
    if details.kind not in ORGANISATION_KINDS:
        raise Invalid(fields={"kind": (text("Choose one of the kinds of organisation."),)})
    check_slug(details.slug, details.titles)
