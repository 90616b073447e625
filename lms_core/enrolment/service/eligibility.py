"""Who may have a place: facts from the database, judged by the dated rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from lms_core.enrolment.domain.cohorts import Cohort
from lms_core.enrolment.domain.eligibility import ELIGIBILITY, gather
from lms_core.enrolment.repository import Applications, Enrolments
from lms_core.foundation.clock import Clock
from lms_core.foundation.policy import Decision
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Eligibility:
    """Decides for several persons at once, in two queries, by the calendar of the site."""

    clock: Clock
    settings: Settings

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone: a day begins when it begins there."""
        return ZoneInfo(self.settings.time_zone)

    def moment(self) -> datetime:
        """Now, on the site's own clocks."""
        return self.clock.now().astimezone(self.zone)

    def today(self) -> date:
        """The day it is on the site's own calendar."""
        return self.moment().date()

    def decide(
        self, uow: UnitOfWork, occasion: str, cohort: Cohort, person_ids: Iterable[UUID]
    ) -> dict[UUID, Decision]:
        """A decision for each person, with the facts it stands on."""
        wanted = list(person_ids)
        past = Enrolments(uow).past(wanted, self.zone)
        applied = Applications(uow).applied([cohort.id], wanted)
        now, told = self.moment(), _told(cohort, self.zone)
        made = {}
        for person_id in wanted:
            elsewhere = tuple(one for one in past[person_id] if one.cohort_id != cohort.id)
            again = (cohort.id, person_id) in applied
            facts = gather(occasion, now.date(), now, told, elsewhere, applied=again)
            made[person_id] = ELIGIBILITY.decide(facts, now)
        return made


def _told(cohort: Cohort, zone: ZoneInfo) -> dict[str, object]:
    return {
        "id": cohort.id,
        "state": cohort.state,
        "opens": cohort.applications_from.astimezone(zone),
        "closes": cohort.applications_until.astimezone(zone),
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
    }
