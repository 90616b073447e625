"""Agreements with universities: adding, describing, finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import scopes
from lms_core.foundation.text import Titles, text
from lms_core.foundation.uow import Work
from lms_core.organisation.service import OrganisationService
from university_outreach.domain import (
    MANAGE_AGREEMENT,
    SEE_VISIT,
    Agreement,
    AgreementDetails,
    AgreementKept,
    check_agreement,
    check_version,
)
from university_outreach.repository import Agreements


@dataclass(frozen=True, slots=True)
class AgreementListed:
    """An agreement with the titles of its university."""

    agreement: Agreement
    university: Titles


@dataclass(frozen=True)
class AgreementService:
    """What can be done with agreements."""

    work: Work
    organisations: OrganisationService

    def find(self, actor: Actor, request: PageRequest) -> Page[AgreementListed]:
        """Those with the universities where the actor may see visits."""
        with self.work.read() as uow:
            found = Agreements(uow).listed(request, actor.ids_where(SEE_VISIT, "organisation"))
        titles = self.organisations.titles(each.university_id for each in found.items)
        return found.map(lambda each: AgreementListed(each, titles[each.university_id]))

    def get(self, actor: Actor, agreement_id: UUID) -> AgreementListed:
        """One of them. Raises NotFound, also where the actor may not see it."""
        with self.work.read() as uow:
            agreement = Agreements(uow).get(agreement_id)
        actor.require_seen(SEE_VISIT, agreement.scopes)
        return AgreementListed(agreement, self.organisations.titles([agreement.university_id])[agreement.university_id])

    def add(self, actor: Actor, told: AgreementDetails) -> Agreement:
        """Keep a new agreement. Raises Forbidden, Invalid."""
        actor.require(MANAGE_AGREEMENT, scopes(organisation=told.university_id))
        self._check(told)
        agreement = Agreement(new_id(), told.university_id, told.department, told.signed_on, told.ends_on, told.note)
        with self.work.write() as uow:
            Agreements(uow).add(agreement)
            uow.record(AgreementKept(agreement.id), actor, agreement.scopes)
            uow.commit()
        return agreement

    def change(self, actor: Actor, agreement_id: UUID, told: AgreementDetails, version: int) -> Agreement:
        """Describe it anew. Raises NotFound, Forbidden, VisitChanged, Invalid."""
        self._check(told)
        with self.work.write() as uow:
            agreement = Agreements(uow).get(agreement_id)
            actor.require_seen(SEE_VISIT, agreement.scopes)
            actor.require(MANAGE_AGREEMENT, agreement.scopes)
            actor.require(MANAGE_AGREEMENT, scopes(organisation=told.university_id))
            check_version(agreement.version, version)
            agreement.university_id, agreement.department = told.university_id, told.department
            agreement.signed_on, agreement.ends_on, agreement.note = told.signed_on, told.ends_on, told.note
            uow.record(AgreementKept(agreement.id), actor, agreement.scopes)
            uow.commit()
        return agreement

    def choices(self, language: str) -> list[tuple[UUID, str]]:
        """Every agreement by university and department, for a form to choose from. Their titles are no secret."""
        with self.work.read() as uow:
            every = Agreements(uow).choices()
        titles = self.organisations.titles(each.university_id for each in every)
        named = [(each.id, f"{titles[each.university_id].in_(language)} · {each.department}") for each in every]
        return sorted(named, key=lambda one: one[1])

    def universities(self, actor: Actor) -> Mapping[UUID, Titles]:
        """The universities with which the actor may keep agreements, by title."""
        reach = actor.ids_where(MANAGE_AGREEMENT, "organisation")
        every = self.organisations.choices(["university"], actor.language)
        return {one.id: one.titles for one in every if reach is None or one.id in reach}

    def _check(self, told: AgreementDetails) -> None:
        check_agreement(told)
        known = {one.id for one in self.organisations.choices(["university"], "en")}
        if told.university_id not in known:
            raise Invalid(fields={"university_id": (text("Choose one of the universities."),)})
