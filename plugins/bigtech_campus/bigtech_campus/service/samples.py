"""Sample data for a demonstration: a course begun from a programme at the campus of its partner, agreed to."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bigtech_campus.domain import AgreementDetails, Programme
from bigtech_campus.service.agreements import AgreementService
from bigtech_campus.service.programmes import programmes_of_partner
from lms_core.catalog.domain import CreateCourse, PublishCourse
from lms_core.catalog.service import CourseDirectory, DraftService, PublishingService
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.scopes import Scope
from lms_core.foundation.web import provide
from lms_core.organisation.domain import Campus
from lms_core.organisation.service import CampusService, OrganisationService


def plant(actor: Actor) -> None:
    """Plant the sample data of this plugin."""
    provide(SampleService).plant(actor)


@dataclass(frozen=True)
class SampleService:
    """Plants once, however often it is asked."""

    clock: Clock
    campuses: CampusService
    organisations: OrganisationService
    directory: CourseDirectory
    drafts: DraftService
    publishing: PublishingService
    agreements: AgreementService

    def plant(self, actor: Actor) -> None:
        """A published course for every programme whose partner has a dedicated campus here."""
        for campus in self.campuses.choices(actor):
            for programme in self._programmes(campus):
                if not self.directory.begun_from({programme.code}, campus.id):
                    self._begin(actor, campus, programme)

    def _programmes(self, campus: Campus) -> tuple[Programme, ...]:
        partner = self.organisations.look_up(campus.partner_id) if campus.partner_id else None
        return programmes_of_partner(partner.slug) if partner else ()

    def _begin(self, actor: Actor, campus: Campus, programme: Programme) -> None:
        curriculum = programme.curriculum
        place = Scope("campus", str(campus.id))
        wanted = CreateCourse(programme.code, curriculum.title, curriculum.summary, ("ko", "en"), place, programme.code)
        course_id = self.drafts.create(actor, wanted).id
        self.publishing.publish(actor, PublishCourse(course_id))
        self._agree(actor, campus, programme, course_id)

    def _agree(self, actor: Actor, campus: Campus, programme: Programme, course_id: UUID) -> None:
        today = self.clock.now().date()
        until = today + timedelta(days=365)
        details = AgreementDetails(course_id, today - timedelta(days=90), until, programme.places_per_year)
        self.agreements.give(actor, campus.id, details)
