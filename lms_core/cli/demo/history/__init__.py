"""A history for the demonstration: simulated trainees sat every exam in the last weeks, so that measurement has data.

Everything goes through the services and tables of a real attempt; only people and answers are drawn by lot, from a
seed. Without a history, pages on statistics, calibration and readiness would have nothing to show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.practice import PRACTICE
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.measurement import CalibrationService
from lms_core.cli.demo.accounts import TRAINEE, Accounts
from lms_core.cli.demo.history.people import PEOPLE, Learner, plant_learners
from lms_core.cli.demo.history.sittings import Past, PastClock
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.errors import Refused
from lms_core.foundation.paging import LARGEST, PageRequest
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.web.house import House, house
from lms_core.organisation.service import CampusService
from lms_core.people.service import DirectoryService

SEED: Final = 1089
CAMPUS: Final = "mapo"
CALIBRATOR: Final = "instructor@example.org"
FIRST_DAY, LAST_DAY = 42, 21
"""So many days ago the trainees began to sit exams, and so many ago each had sat every exam once."""
AGAIN: Final = 6
"""One in so many sits an exam once more, a little more able."""
WAIT: Final = 18
"""So many days lie between two exams of a credential, which is longer than any vendor asks for at first."""
LEARNED: Final = 0.4
OWN: Final = (("simulation", 36, 0.3), ("simulation", 17, 0.7), (PRACTICE, 5, 1.0))
"""The sample trainee's own attempts: mode, days ago, ability."""

Sat = tuple[datetime, Learner, Exam, str]


def plant_history(here: House, accounts: Accounts, then: Flask, clock: PastClock, people: int = PEOPLE) -> int:
    """Let people sit every exam that is published; how many attempts were made.

    ``then`` is the same site as ``here`` in an application of its own that goes by ``clock``.
    """
    lot = Random(SEED)  # noqa: S311 a history that has to be replayable
    exams = _exams(here)
    learners = plant_learners(here, accounts, _campus(here), lot, people)
    sats = sorted([*_cohort(here, learners, exams, lot), *_own(here, exams)], key=lambda one: one[0])
    with then.app_context():
        past = Past(house(then), clock, lot)
        made = sum(_sat(past, *one) for one in sats)
    _calibrate(here, exams)
    return made


def _sat(past: Past, at: datetime, learner: Learner, exam: Exam, mode: str) -> bool:
    try:
        past.sit(learner, exam, mode, at)
    except Refused:
        # Some vendor's rule, or a plugin's: it holds for these people as for others.
        return False
    return True


def _exams(here: House) -> Sequence[Exam]:
    """Every published exam, in an order that is the same on every machine."""
    request = PageRequest(size=LARGEST, filters=(("state", "published"),))
    found = here.provide(ExamService).find(SYSTEM, request).items
    return sorted((one.exam for one in found), key=lambda exam: (exam.certification, exam.titles.en))


def _campus(here: House) -> Scope:
    every = here.provide(CampusService).find(SYSTEM, PageRequest(size=LARGEST)).items
    return next((Scope("campus", str(one.campus.id)) for one in every if one.campus.slug == CAMPUS), SITE)


def _cohort(here: House, learners: Sequence[Learner], exams: Sequence[Exam], lot: Random) -> Iterator[Sat]:
    for learner in learners:
        for _, offered in groupby(exams, key=lambda exam: exam.certification):
            days = lot.uniform(LAST_DAY, FIRST_DAY)
            for before, exam in enumerate(offered):
                yield _working_hour(here, days + before * WAIT, lot), learner, exam, "simulation"
                if not before and not lot.randrange(AGAIN):
                    abler = replace(learner, ability=learner.ability + LEARNED)
                    yield _working_hour(here, days - WAIT, lot), abler, exam, "simulation"


def _own(here: House, exams: Sequence[Exam]) -> Iterator[Sat]:
    """Those of the sample trainee: one exam a credential, so that no rule of a vendor keeps her from the next one."""
    person_id, lot = here.provide(DirectoryService).id_of(TRAINEE), Random(SEED)  # noqa: S311 as above
    for exam in {one.certification: one for one in reversed(exams) if one.certification}.values():
        for mode, days, ability in OWN:
            yield _working_hour(here, days, lot), Learner(person_id, "ko", ability, 1.0), exam, mode


def _working_hour(here: House, days: float, lot: Random) -> datetime:
    """Some time between ten and five, so many days ago."""
    zone = ZoneInfo(here.settings.time_zone)
    day = (here.clock.now() - timedelta(days=days)).astimezone(zone).date()
    hour = timedelta(hours=10, minutes=lot.randrange(7 * 60))
    return (datetime.combine(day, time(), zone) + hour).astimezone(UTC)


def _calibrate(here: House, exams: Sequence[Exam]) -> None:
    """As an instructor would, once the answers are there."""
    calibrations = here.provide(CalibrationService)
    if not calibrations.available:
        return
    actor = Actor(here.provide(DirectoryService).id_of(CALIBRATOR), almighty=True)
    banks: set[UUID] = {bank_id for exam in exams if exam.certification for bank_id in exam.specification.bank_ids}
    for bank_id in sorted(banks):
        run_id = calibrations.request(actor, bank_id, "rasch")
        calibrations.compute(run_id)
        if calibrations.get(actor, run_id, PageRequest(size=1)).run.calibrated:
            calibrations.accept(actor, run_id)
