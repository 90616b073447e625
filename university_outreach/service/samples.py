"""Samples for the demonstration: a university that hosts, a visiting course, and the visit itself."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from lms_core.catalog.domain import AddActivity, CreateCourse, PublishCourse, WriteActivity
from lms_core.catalog.service import DraftService, OutlineService, PublishingService
from lms_core.enrolment.domain.cohorts import CohortDetails
from lms_core.enrolment.service import CohortService
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.paging import LARGEST, PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import Titles
from lms_core.organisation.service import CampusService, OrganisationService
from university_outreach.domain import ACTIVITY, AgreementDetails, VisitDetails
from university_outreach.service.agreements import AgreementService
from university_outreach.service.visits import VisitService

SLUG: Final = "visiting-ai"
CAMPUS: Final = "seongbuk"
UNIVERSITY: Final = "seongbuk-university"
LONG_COURSE: Final = "cloud-ai-basics"
COURSE: Final = Titles("찾아가는 AI 특강", "AI on the road")
SUMMARY: Final = Titles(
    "대학으로 찾아가 하루 동안 생성형 AI를 실습합니다.",
    "A day of hands-on work with generative AI, at your university.",
)
MODULE: Final = Titles("방문 수업", "The visit")
READING: Final = Titles("준비하기", "Before you come")
WORDS: Final = Titles(
    "노트북 없이 오셔도 됩니다. 실습용 계정은 수업 시작 때 나누어 드립니다.\n\n"
    "- 만들고 싶은 것을 한 문장으로 적어 오세요.\n- 개인정보가 든 자료는 가져오지 마세요.",
    "You need no notebook of your own. Accounts are handed out when we begin.\n\n"
    "- Write down in one sentence what you would like to make.\n- Bring no material that holds personal data.",
)


@dataclass(frozen=True)
class SampleService:
    """Does what a coordinator would do."""

    clock: Clock
    settings: Settings
    drafts: DraftService
    outline: OutlineService
    publishing: PublishingService
    cohorts: CohortService
    campuses: CampusService
    organisations: OrganisationService
    agreements: AgreementService
    visits: VisitService

    def plant(self, actor: Actor) -> None:
        """Add the course with its visit, where the sample places stand and it is not there yet."""
        host, campus = self._university(actor), self._campus(actor)
        if host is None or campus is None or self.drafts.find(actor, PageRequest(search=SLUG)).total:
            return
        course_id = self._course(actor, campus)
        today = self.clock.now().astimezone(ZoneInfo(self.settings.time_zone)).date()
        told = AgreementDetails(host, "취업지원센터", today - timedelta(days=60), today + timedelta(days=305))
        agreement = self.agreements.add(actor, told)
        self.visits.plan(actor, course_id, self._visit(agreement.id, today + timedelta(days=21)))
        self.publishing.publish(actor, PublishCourse(course_id))
        self._announce(actor, course_id, campus, today)
        # The core's long course spends a day there as well, so that its trainees see a visit on their home page.
        for course in self.drafts.find(actor, PageRequest(search=LONG_COURSE)).items:
            self.visits.plan(actor, course.id, self._visit(agreement.id, today + timedelta(days=14)))

    def _course(self, actor: Actor, campus: UUID) -> UUID:
        place = Scope("campus", str(campus))
        course_id = self.drafts.create(actor, CreateCourse(SLUG, COURSE, SUMMARY, ("ko", "en"), place)).id
        module = self.outline.add_module(actor, course_id, MODULE)
        page = self.outline.add_activity(actor, AddActivity(course_id, module.id, "catalog.page", READING, 10))
        self.outline.write_activity(actor, WriteActivity(course_id, page.id, page.version, READING, WORDS, {}, 10))
        self.outline.add_activity(actor, AddActivity(course_id, module.id, ACTIVITY, MODULE, 360))
        return course_id

    def _visit(self, agreement_id: UUID, day: date) -> VisitDetails:
        zone = ZoneInfo(self.settings.time_zone)
        begins = datetime.combine(day, time(10), zone)
        return VisitDetails(
            agreement_id=agreement_id,
            building="창의관",
            room="201호",
            address="서울특별시 성북구 삼선교로 16길",
            starts_at=begins,
            ends_at=begins + timedelta(hours=7),
            contact_role="취업지원센터 운영팀",
            equipment=("노트북 30대(대학)", "실습 계정 30개(사관학교)"),
            note="9시 40분까지 201호로 오세요. 점심은 함께 먹습니다.",
        )

    def _announce(self, actor: Actor, course_id: UUID, campus: UUID, today: date) -> None:
        now = self.clock.now()
        window = (now - timedelta(days=30), now + timedelta(days=10))
        days = (today + timedelta(days=21), today + timedelta(days=21))
        cohort = self.cohorts.add(
            actor, course_id, campus, CohortDetails(1, Titles("1회", "First"), 30, *window, *days)
        )
        self.cohorts.move(actor, cohort.id, "open")

    def _campus(self, actor: Actor) -> UUID | None:
        every = self.campuses.find(actor, PageRequest(size=LARGEST)).items
        return next((one.campus.id for one in every if one.campus.slug == CAMPUS), None)

    def _university(self, actor: Actor) -> UUID | None:
        every = self.organisations.find(actor, PageRequest(size=LARGEST)).items
        return next((one.id for one in every if one.slug == UNIVERSITY), None)
