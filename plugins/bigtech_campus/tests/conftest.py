from datetime import UTC, date, datetime

import pytest
from bigtech_campus.domain import AgreementDetails
from bigtech_campus.service import AgreementService

from lms_core.catalog.domain import AddActivity, CreateCourse, PublishCourse, WriteActivity
from lms_core.catalog.service import DraftService, OutlineService, PublishingService
from lms_core.enrolment.domain.cohorts import CohortDetails
from lms_core.enrolment.service import ApplicationService, CohortService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import CampusDetails, OrganisationDetails
from lms_core.organisation.service import CampusService, OrganisationService
from tests.support.switching import switch_on

CODE = "hanbit-ai-engineer"
TERM = (date(2026, 3, 1), date(2026, 8, 31))


class Partnership:
    """A city whose Mapo campus is dedicated to Hanbit Cloud, with a course begun from the partner's curriculum."""

    def __init__(self, site):
        self.site = site
        switch_on(site, "bigtech_campus")
        organisations, campuses = site.provide(OrganisationService), site.provide(CampusService)
        city = organisations.add(SYSTEM, OrganisationDetails("city", "seoul", Titles("서울시", "Seoul")))
        hanbit = OrganisationDetails("company", "hanbit-cloud", Titles("한빛클라우드", "Hanbit Cloud"))
        self.partner = organisations.add(SYSTEM, hanbit)
        mapo = CampusDetails(city.id, self.partner.id, "mapo", Titles("마포 캠퍼스", "Mapo campus"))
        self.campus = campuses.open(SYSTEM, mapo)
        seongbuk = CampusDetails(city.id, None, "seongbuk", Titles("성북 캠퍼스", "Seongbuk campus"))
        self.other = campuses.open(SYSTEM, seongbuk)
        self.course = self.begin("ai", CODE)

    def begin(self, slug, curriculum=""):
        place = Scope("campus", str(self.campus.id))
        wanted = CreateCourse(slug, Titles("AI", "AI"), Titles("", ""), ("ko", "en"), place, curriculum)
        drafts = self.site.provide(DraftService)
        return drafts.get(SYSTEM, drafts.create(SYSTEM, wanted).id)

    def plain(self):
        """A published course that follows nobody's curriculum."""
        made, outline = self.begin("plain"), self.site.provide(OutlineService)
        module = outline.add_module(SYSTEM, made.id, Titles("시작", "Start"))
        wanted = AddActivity(made.id, module.id, "catalog.link", Titles("환영", "Welcome"))
        link = outline.add_activity(SYSTEM, wanted)
        address = {"url": "https://example.org"}
        outline.write_activity(SYSTEM, WriteActivity(made.id, link.id, 1, link.titles, Titles("", ""), address))
        self.site.provide(PublishingService).publish(SYSTEM, PublishCourse(made.id))
        return made

    def module(self, key):
        return next(module for module in self.course.modules if module.curriculum_key == key)

    def drop(self, key):
        self.site.provide(OutlineService).remove_module(SYSTEM, self.course.id, self.module(key).id)

    def reasons(self):
        return self.site.provide(PublishingService).preview(SYSTEM, self.course.id).reasons

    def publish(self):
        return self.site.provide(PublishingService).publish(SYSTEM, PublishCourse(self.course.id))

    def rename(self, title):
        """A change that the next publication makes."""
        outline, module = self.site.provide(OutlineService), self.site.provide(DraftService).get(SYSTEM, self.course.id)
        first = module.modules[0]
        outline.rename_module(SYSTEM, self.course.id, first.id, Titles(title, title), first.version)

    def details(self, **changes):
        values = {"course_id": self.course.id, "begins_from": TERM[0], "begins_until": TERM[1], "places": 120}
        return AgreementDetails(**values | changes)

    def agree(self, **changes):
        return self.site.provide(AgreementService).give(SYSTEM, self.campus.id, self.details(**changes))

    def cohort(self, starts_on=date(2026, 4, 6), course=None):
        """A cohort that takes applications now."""
        cohorts, now = self.site.provide(CohortService), datetime(2026, 3, 1, tzinfo=UTC)
        details = CohortDetails(
            1, Titles("1기", "1"), 30, now, datetime(2026, 4, 1, tzinfo=UTC), starts_on, date(2026, 8, 7)
        )
        made = cohorts.add(SYSTEM, (course or self.course).id, self.campus.id, details)
        cohorts.move(SYSTEM, made.id, "open")
        return made

    def enrol(self, cohort):
        """What became of somebody whom staff put into ``cohort``."""
        return self.site.provide(ApplicationService).add(SYSTEM, cohort.id, self.site.person())

    def manager(self):
        return self.site.person("manager", partner_manager=Scope("organisation", str(self.partner.id)))

    def operator(self, campus=None):
        place = Scope("campus", str((campus or self.campus).id))
        return self.site.person("operator", campus_operator=place)


@pytest.fixture
def partnership(site):
    with site.app.app_context():
        return Partnership(site)


@pytest.fixture
def embedded_partnership(embedded_site):
    with embedded_site.app.app_context():
        return Partnership(embedded_site)
