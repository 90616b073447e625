"""The history of the demonstration: attempts of the past that measurement reads as it reads any other."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms_core.app import create_app
from lms_core.assessment.service.attempts import AttemptService
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.measurement import StatisticsService
from lms_core.assessment.service.results import ResultService
from lms_core.assessment.tables.attempts import attempts, responses
from lms_core.cli.demo.accounts import TRAINEE, Accounts
from lms_core.cli.demo.history import plant_history
from lms_core.cli.demo.history.sittings import PastClock
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.paging import LARGEST, PageRequest
from lms_core.foundation.web.house import House, house
from lms_core.people.service import DirectoryService
from tests.support.academy import opened

LEARNERS = 6
PAGE = PageRequest(size=LARGEST)


@pytest.fixture(scope="module")
def here(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("history")
    with opened(planted, folder / "instance") as academy, academy.app.app_context():
        found, clock = house(academy.app), PastClock(datetime.now(UTC))
        then = create_app(found.settings, clock)
        plant_history(found, Accounts(folder / "accounts.json"), then, clock, people=LEARNERS)
        house(then).database.dispose()
        yield found


def test_everybody_sat_every_exam_in_the_past_and_has_a_score(here: House) -> None:
    with here.work.read() as uow:
        rows = uow.session.execute(select(attempts)).all()
    exams = here.provide(ExamService).find(SYSTEM, PageRequest(size=LARGEST, filters=(("state", "published"),))).items
    assert {one.exam.id for one in exams} == {row.exam_id for row in rows}
    assert len(rows) >= LEARNERS * len(exams)
    assert all(row.started_at < row.submitted_at < row.deadline_at for row in rows)
    assert all(row.graded_at and row.started_at < here.clock.now() - timedelta(days=1) for row in rows)


def test_answers_were_saved_one_after_the_other_within_the_time(here: House) -> None:
    saved = select(attempts.c.started_at, attempts.c.submitted_at, func.min(responses.c.saved_at).label("first"))
    saved = saved.add_columns(func.max(responses.c.saved_at).label("last")).join_from(attempts, responses)
    with here.work.read() as uow:
        rows = uow.session.execute(saved.group_by(attempts.c.id, attempts.c.started_at, attempts.c.submitted_at)).all()
    assert rows
    assert all(row.started_at < row.first < row.last <= row.submitted_at for row in rows)


def test_the_sample_trainee_has_several_results_of_a_credential_and_practised_last(here: House) -> None:
    mine = Actor(here.provide(DirectoryService).id_of(TRAINEE))
    found = here.provide(AttemptService).mine(mine, PAGE).items
    certified = [one for one in found if one.slots > 20]
    assert certified[0].mode == "practice"
    assert {one.mode for one in certified} == {"practice", "simulation"}
    results = here.provide(ResultService).of(mine, found)
    assert all(0 < results[one.id].points < results[one.id].possible for one in certified)


def test_nobody_is_kept_from_the_next_simulation_by_what_was_planted(here: House) -> None:
    trainee = here.provide(DirectoryService).id_of(TRAINEE)
    latest = select(func.max(attempts.c.started_at)).where(attempts.c.person_id == trainee)
    with here.work.read() as uow:
        last = uow.session.scalar(latest.where(attempts.c.mode == "simulation"))
    assert last < here.clock.now() - timedelta(days=14)


def test_statistics_read_the_history_as_they_read_anybody(here: House) -> None:
    exams = here.provide(ExamService).find(SYSTEM, PageRequest(size=LARGEST, filters=(("state", "published"),))).items
    certified = next(one.exam for one in exams if one.exam.certification)
    _, shown = here.provide(StatisticsService).of_exam(SYSTEM, certified.id, PAGE)
    assert shown.summary is not None
    assert shown.summary.persons == LEARNERS + 1
    assert 0 < sum(one.found.facility or 0 for one in shown.page.items) / len(shown.page.items) < 1
