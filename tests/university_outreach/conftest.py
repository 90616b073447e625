from datetime import UTC, date, datetime

import pytest

from lms_core.catalog.domain import AddActivity, CreateCourse, PublishCourse
from lms_core.catalog.service import DraftService, OutlineService, PublishingService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import OrganisationDetails
from lms_core.organisation.service import OrganisationService
from tests.support.switching import switch_on
from university_outreach.domain import ACTIVITY, AgreementDetails, VisitDetails
from university_outreach.service import AgreementService, VisitService

BEGINS = datetime(2026, 4, 6, 1, 0, tzinfo=UTC)
ENDS = datetime(2026, 4, 6, 9, 0, tzinfo=UTC)


class Outreach:
    """A city with a course, and a university that may host it."""

    def __init__(self, site):
        self.site = site
        switch_on(site, "university_outreach")
        organisations = site.provide(OrganisationService)
        told = OrganisationDetails("university", "hanul", Titles("한울대학교", "Hanul University"))
        self.university = organisations.add(SYSTEM, told)
        told = OrganisationDetails("university", "saebom", Titles("새봄대학교", "Saebom University"))
        self.other = organisations.add(SYSTEM, told)
        self.city = organisations.add(SYSTEM, OrganisationDetails("city", "seoul", Titles("서울시", "Seoul")))
        self.course = self.new_course("visiting-ai")

    def new_course(self, slug):
        place = Scope("organisation", str(self.city.id))
        titles = Titles("찾아가는 AI 입문", "AI on the road")
        command = CreateCourse(slug, titles, titles, ("ko", "en"), place)
        course = self.site.provide(DraftService).create(SYSTEM, command)
        outline = self.site.provide(OutlineService)
        module = outline.add_module(SYSTEM, course.id, Titles("방문", "Visit"))
        outline.add_activity(SYSTEM, AddActivity(course.id, module.id, ACTIVITY, Titles("방문 수업", "On site")))
        return course

    def agree(self, university=None, ends_on=None):
        host = university or self.university
        told = AgreementDetails(host.id, "취업지원센터", date(2026, 1, 1), ends_on)
        return self.site.provide(AgreementService).add(SYSTEM, told)

    def plan(self, course=None, **more):
        told = VisitDetails(**{"building": "공학관", "room": "301호", "starts_at": BEGINS, "ends_at": ENDS} | more)
        return self.site.provide(VisitService).plan(SYSTEM, (course or self.course).id, told)

    def publish(self, course=None):
        return self.site.provide(PublishingService).publish(SYSTEM, PublishCourse((course or self.course).id))

    def refusals(self, course=None):
        preview = self.site.provide(PublishingService).preview(SYSTEM, (course or self.course).id)
        return [reason for reason in preview.reasons if reason.plugin == "university_outreach"]


@pytest.fixture
def outreach(site):
    with site.app.app_context():
        return Outreach(site)


@pytest.fixture
def embedded_outreach(embedded_site):
    with embedded_site.app.app_context():
        return Outreach(embedded_site)
