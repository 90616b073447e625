"""The partner's terms, asked by the core's gates and shown on its pages. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bigtech_campus.domain import (
    Agreement,
    Programme,
    against_application,
    against_enrolment,
    against_publication,
    completion,
)
from bigtech_campus.repository import Agreements
from bigtech_campus.service.programmes import programme_of, programmes_of_partner
from lms_core.catalog.service import CourseDirectory
from lms_core.foundation.errors import Refusal
from lms_core.foundation.host.settings import SettingsBook
from lms_core.foundation.scopes import scopes
from lms_core.foundation.uow import Work
from lms_core.hooks.catalog import PublicationFacts
from lms_core.hooks.enrolment import EnrolmentFacts
from lms_core.hooks.progress import CompletionFacts, CompletionVerdict
from lms_core.organisation.service import CampusService, OrganisationService


@dataclass(frozen=True, slots=True)
class CampusProgramme:
    """A partner's programme at the campus that is dedicated to it, and the agreements in force there."""

    programme: Programme
    agreements: tuple[Agreement, ...]


@dataclass(frozen=True)
class TermsService:
    """Says whether the partner's terms are met."""

    work: Work
    courses: CourseDirectory
    campuses: CampusService
    organisations: OrganisationService
    settings: SettingsBook

    def against_publication(self, facts: PublicationFacts) -> Refusal | None:
        """A reason if the course was begun from a programme and lacks what it requires."""
        programme = programme_of(facts.curriculum)
        return against_publication(programme, facts.kept) if programme else None

    def against_enrolment(self, facts: EnrolmentFacts) -> Refusal | None:
        """A reason if the course follows a programme and its partner has not agreed to this cohort."""
        origin = self.courses.origin(facts.course_id)
        programme = programme_of(origin.curriculum_code) if origin else None
        campus_id = facts.campus_id or (origin.campus_id if origin else None)
        if programme is None:
            return None
        with self.work.read() as uow:
            given = Agreements(uow).standing(campus_id, facts.course_id) if campus_id else ()
        return against_enrolment(programme, given, facts.starts_on)

    def against_application(self, facts: EnrolmentFacts) -> Refusal | None:
        """A reason if the course follows a programme and the applicant says too little about why."""
        known = self.of_course(facts.course_id)
        if known is None:
            return None
        least = self._terms(facts.course_id, facts.campus_id)["motivation_length"]
        return against_application(known[0], facts, least)

    def completion(self, facts: CompletionFacts) -> CompletionVerdict | None:
        """The programme's own rule for its courses; None for any other course."""
        known = self.of_course(facts.course_id)
        return completion(known[0], facts, self._terms(facts.course_id)["completion_percent"]) if known else None

    def at_campus(self, campus_id: UUID) -> tuple[CampusProgramme, ...]:
        """The programmes of the partner to which a campus is dedicated; none for any other campus."""
        campus = self.campuses.look_up(campus_id)
        partner = self.organisations.look_up(campus.partner_id) if campus and campus.partner_id else None
        if partner is None:
            return ()
        with self.work.read() as uow:
            given = tuple(Agreements(uow).standing(campus_id))
        return tuple(self._here(one, campus_id, given) for one in programmes_of_partner(partner.slug))

    def of_course(self, course_id: UUID) -> tuple[Programme, str] | None:
        """The programme that a course was begun from, with the version it started from."""
        origin = self.courses.origin(course_id)
        programme = programme_of(origin.curriculum_code) if origin else None
        return (programme, origin.curriculum_version) if programme and origin else None

    def _terms(self, course_id: UUID, campus_id: UUID | None = None) -> Mapping[str, Any]:
        """The settings that hold for a course; at a cohort's own campus, where that is another than the course's."""
        origin = self.courses.origin(course_id)
        place = scopes(course=course_id, campus=campus_id or (origin.campus_id if origin else None))
        return self.settings.of("bigtech_campus", place)

    def _here(self, programme: Programme, campus_id: UUID, given: tuple[Agreement, ...]) -> CampusProgramme:
        mine = {origin.id for origin in self.courses.begun_from({programme.code}, campus_id)}
        return CampusProgramme(programme, tuple(one for one in given if one.course_id in mine))
