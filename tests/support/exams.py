"""A bank, an exam and people who sit it, for tests of attempts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import insert, select

from lms_core.assessment.domain.banks import SEE_BANK
from lms_core.assessment.domain.content_json import encode
from lms_core.assessment.domain.exams import (
    AUTHOR_EXAM,
    EXTEND_DEADLINE,
    GRANT_ACCOMMODATION,
    READ_RESULT,
    SIT_EXAM,
    DraftExam,
    Exam,
    MapItems,
)
from lms_core.assessment.domain.integrity import NOTHING_SHOWN, SET_INTEGRITY, Shown
from lms_core.assessment.domain.interactions import CORE_TYPES
from lms_core.assessment.domain.proctoring import PROCTOR
from lms_core.assessment.domain.specifications import ExamSpecification, Quota
from lms_core.assessment.service.accommodations import AccommodationService
from lms_core.assessment.service.attempts import AttemptService
from lms_core.assessment.service.audience import Audience
from lms_core.assessment.service.conditions import Conditions
from lms_core.assessment.service.deadlines import DeadlineService
from lms_core.assessment.service.drawing import FormDrawer
from lms_core.assessment.service.exams import ExamService
from lms_core.assessment.service.gate import IntegrityGate
from lms_core.assessment.service.grading import Grader
from lms_core.assessment.service.grouping import GroupedSaves
from lms_core.assessment.service.incidents import IncidentService
from lms_core.assessment.service.integrity import IntegrityService
from lms_core.assessment.service.pace import SavePace
from lms_core.assessment.service.passcodes import Passcodes
from lms_core.assessment.service.proctoring import EventLogService, ProctorService
from lms_core.assessment.service.results import ResultService
from lms_core.assessment.service.saves import SaveResponse, SaveService
from lms_core.assessment.service.sittings import Sitting, StartAttempt
from lms_core.assessment.service.submissions import SubmissionService
from lms_core.assessment.service.tokens import SaveTokens
from lms_core.assessment.tables.attempts import attempts
from lms_core.assessment.tables.exams import form_keys
from lms_core.assessment.tables.items import banks, item_versions, items
from lms_core.foundation.actors import Actor, grants
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from lms_core.foundation.settings import Settings
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks import hookimpl
from lms_core.hooks.caller import Hooks
from lms_core.hooks.item_types import ItemType
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent, Provenance, Reference
from lms_core.hooks.words import Words
from lms_core.people.service.passwords import Passwords
from lms_core.people.tables import persons
from tests.support.calling import hooks_of

SECRET = "a secret for tests alone, long enough to be taken"
RUNS = {READ_RESULT, EXTEND_DEADLINE, GRANT_ACCOMMODATION, PROCTOR, SET_INTEGRITY}
AUTHOR = Actor(new_id(), grants({AUTHOR_EXAM, SEE_BANK, SIT_EXAM} | RUNS))
HUSH = "THE-KEY-IS"
"""Stands in every explanation and feedback: must not be seen before an attempt is handed in."""


def question(number: int, *, multiple: bool = False, languages: tuple[str, ...] = ("ko", "en")) -> ItemContent:
    """An item whose choice "b" (and "c") is right, "d" pinned last."""

    def said(words: str) -> Words:
        return Words({language: f"{words} {language}" for language in languages})

    choices = tuple(
        Choice(
            name,
            said(f"Choice {name} of {number}"),
            correct=name == "b" or (multiple and name == "c"),
            feedback=said(f"{HUSH} b because {name}"),
            pinned=name == "d",
        )
        for name in "abcd"
    )
    return ItemContent(
        f"item-{number}",
        "multiple-response" if multiple else "choice",
        said(f"Question **{number}**"),
        ChoiceInteraction(choices),
        scoring="partial" if multiple else "all-or-nothing",
        explanation=said(f"{HUSH} b"),
        references=(Reference("https://example.org/b", "Reference"),),
        provenance=Provenance("CC-BY-4.0", "Attribution by an author"),
    )


class CoreTypes:
    """What the room itself registers: the core is its own first guest."""

    @hookimpl
    def lms_register_item_types(self) -> Sequence[ItemType]:
        """The core's types."""
        return CORE_TYPES


@dataclass(frozen=True)
class Room:
    """Every service of the exam room over one database, with a bank of 12 items in domains a (8) and b (4)."""

    work: Work
    clock: Any
    hooks: Hooks
    settings: Settings
    bank_id: UUID

    @property
    def grader(self) -> Grader:
        return Grader(self.hooks)

    @property
    def submissions(self) -> SubmissionService:
        return SubmissionService(self.work, self.clock, self.grader, self.hooks)

    @property
    def exams(self) -> ExamService:
        return ExamService(self.work, self.clock, FormDrawer(self.hooks), Audience())

    @property
    def attempts(self) -> AttemptService:
        return AttemptService(
            self.work,
            self.clock,
            self.hooks,
            FormDrawer(self.hooks),
            Audience(),
            SaveTokens(self.settings),
            self.submissions,
            self.gate,
        )

    @property
    def saves(self) -> SaveService:
        database = self.work.database
        grouped, pace = GroupedSaves(database), SavePace(self.settings)
        return SaveService(self.work, self.clock, database, self.submissions, grouped, pace)

    @property
    def results(self) -> ResultService:
        return ResultService(self.work, self.clock, self.submissions)

    @property
    def deadlines(self) -> DeadlineService:
        return DeadlineService(self.work, self.clock)

    @property
    def incidents(self) -> IncidentService:
        return IncidentService(self.work, self.clock)

    @property
    def accommodations(self) -> AccommodationService:
        return AccommodationService(self.work)

    def specification(self, **given: Any) -> ExamSpecification:
        quotas = (Quota("a", 4, Titles("가", "A")), Quota("b", 2, Titles("나", "B")))
        values: dict[str, Any] = {"bank_ids": (self.bank_id,), "quotas": quotas, "seconds": 2700, "forms": 2}
        return ExamSpecification(**(values | given))

    def published(self, **given: Any) -> Exam:
        """An exam that is open to attempts."""
        draft = DraftExam(Titles("모의고사", "Mock exam"), self.specification(**given), certification="XY-1")
        return self.exams.publish(AUTHOR, self.exams.draft(AUTHOR, draft).id)

    def trainee(self) -> Actor:
        """Somebody who may sit exams."""
        person_id = add_person(self.work)
        return Actor(person_id, grants({SIT_EXAM}), "ko")

    @property
    def proctoring(self) -> ProctorService:
        return ProctorService(self.work, self.clock)

    @property
    def event_log(self) -> EventLogService:
        return EventLogService(self.work, self.clock)

    @cached_property
    def passwords(self) -> Passwords:
        return Passwords()

    @cached_property
    def conditions(self) -> Conditions:
        return Conditions(self.clock)

    @property
    def integrity(self) -> IntegrityService:
        return IntegrityService(self.work, self.clock, self.settings, self.passwords, self.conditions)

    @cached_property
    def gate(self) -> IntegrityGate:
        passcodes = Passcodes(self.clock, self.settings, self.passwords)
        return IntegrityGate(self.work, self.clock, self.integrity, passcodes, self.conditions)

    def start(
        self, actor: Actor, exam: Exam, mode: str = "simulation", address: str = "", shown: Shown = NOTHING_SHOWN
    ) -> Sitting:
        there = replace(shown, address=address) if address else shown
        return self.attempts.start(actor, StartAttempt(exam.id, mode, "ko", shown=there))

    def answer(self, sitting: Sitting, slot: int, *picked: str, sequence: int = 1, flagged: bool | None = None) -> Any:
        """Save by the sitting's token, arriving now."""
        speaker = SaveTokens(self.settings).read(sitting.save_token or "")
        assert speaker is not None
        command = SaveResponse(sitting.attempt.id, slot, sequence, {"choices": list(picked)}, flagged)
        return self.saves.save(speaker, command, self.clock.now())

    def key(self, sitting: Sitting) -> Mapping[int, frozenset[str]]:
        """The right choices by slot, read past every service."""
        with self.work.read() as uow:
            found = uow.session.scalar(
                select(form_keys.c["keys"]).where(form_keys.c.form_id == sitting.attempt.form_id)
            )
        return {each["slot"]: frozenset(each["key"]["choices"]) for each in found or ()}


def lines(paper: bytes) -> list[dict[str, Any]]:
    """A paper or a solution as values."""
    return [orjson.loads(line) for line in paper.split(b"\n")]


def add_person(work: Work) -> UUID:
    """A person with an account."""
    identifier = new_id()
    values = {"display_name": "한유나", "language": "ko", "state": "active", "password_hash": "", "version": 1}
    with work.write() as uow:
        uow.session.execute(
            insert(persons).values(
                id=identifier, email=f"{identifier}@example.org", created_at=uow.clock.now(), **values
            )
        )
        uow.commit()
    return identifier


def add_bank(work: Work) -> UUID:
    """An empty bank of the whole site."""
    bank_id = new_id()
    with work.write() as uow:
        row = {"slug": f"bank-{bank_id.hex[-8:]}", "title_ko": "은행", "title_en": "Bank", "certification": "XY-1"}
        uow.session.execute(insert(banks).values(id=bank_id, created_at=uow.clock.now(), version=1, **row))
        uow.commit()
    return bank_id


def add_item(work: Work, bank_id: UUID, content: ItemContent, *, approved: bool = True) -> UUID:
    """An item of one version."""
    return add_items(work, bank_id, [content], approved=approved)[0]


def add_items(work: Work, bank_id: UUID, contents: Sequence[ItemContent], *, approved: bool = True) -> tuple[UUID, ...]:
    """Items of one version each."""
    with work.write() as uow:
        ids = tuple(_keep(uow, bank_id, content, approved=approved) for content in contents)
        uow.commit()
    return ids


def _keep(uow: UnitOfWork, bank_id: UUID, content: ItemContent, *, approved: bool) -> UUID:
    item_id, version_id, now = new_id(), new_id(), uow.clock.now()
    row = {
        "identifier": content.identifier,
        "type": content.type,
        "state": "approved" if approved else "needs_review",
        "latest_version_id": version_id,
        "approved_version_id": version_id if approved else None,
        "stem": "",
        "objective": "",
        "difficulty": "medium",
        "languages": " ".join(content.languages),
    }
    uow.session.execute(
        insert(items).values(id=item_id, bank_id=bank_id, created_at=now, changed_at=now, version=1, **row)
    )
    version = {"id": version_id, "item_id": item_id, "number": 1, "content": encode(content), "created_at": now}
    uow.session.execute(insert(item_versions).values(**version))
    return item_id


def fill(room: Room) -> None:
    """Put eight questions of domain a and four of domain b into the bank."""
    ids = add_items(room.work, room.bank_id, [question(each, multiple=each % 4 == 3) for each in range(12)])
    for domain, mapped in (("a", ids[:8]), ("b", ids[8:])):
        room.exams.map_items(AUTHOR, MapItems("XY-1", domain, mapped))


def open_room(work: Work, clock: Any, **letter_boxes: Any) -> Room:
    """The exam room over ``work``, with these plugins and a filled bank."""
    room = Room(
        work, clock, hooks_of(assessment=CoreTypes(), **letter_boxes), Settings(secret_key=SECRET), add_bank(work)
    )
    fill(room)
    return room


@pytest.fixture
def room(work: Work, clock: Any) -> Room:
    """The exam room on SQLite, and once more on PostgreSQL."""
    return open_room(work, clock)


@dataclass(eq=False)
class SittingSite:
    """A site with a published exam at a course, a trainee of it and others, each with a program that has a token."""

    site: Any
    exam: Exam
    trainee_id: UUID
    trainee: Any
    stranger: Any
    instructor: Any

    @property
    def start_url(self) -> str:
        return f"/api/v1/assessment/exams/{self.exam.id}/attempts"

    def begin(self, mode: str = "simulation", **more: Any) -> Any:
        """A new attempt, as the API tells it."""
        answer = self.trainee.post(self.start_url, json={"mode": mode, **more})
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return answer.get_json()

    def key(self, attempt: Any) -> Mapping[int, frozenset[str]]:
        """The right choices by slot, read past every service."""
        joined = select(form_keys.c["keys"]).join(attempts, attempts.c.form_id == form_keys.c.form_id)
        with self.site.house.work.read() as uow:
            found = uow.session.scalar(joined.where(attempts.c.id == UUID(attempt["id"])))
        return {each["slot"]: frozenset(each["key"]["choices"]) for each in found or ()}

    def save(self, attempt: Any, slot: int, *picked: str, sequence: int = 1, token: str = "", **more: Any) -> Any:
        """The answer to a save."""
        url = f"/api/v1/assessment/attempts/{attempt['id']}/responses/{slot}"
        body = {"sequence": sequence, "response": {"choices": list(picked)}, **more}
        headers = {"Authorization": f"Bearer {token or attempt['save_token']}"}
        return self.site.app.test_client().put(url, json=body, headers=headers)


def sitting_site(site: Any, **given: Any) -> SittingSite:
    """Fill ``site``."""
    here = site.house
    room = Room(here.work, site.clock, here.provide(Hooks), here.settings, add_bank(here.work))
    fill(room)
    exam = room.published(**given)
    course = Scope("course", str(new_id()))
    trainee = site.person("trainee", trainee=course)
    return SittingSite(
        site,
        exam,
        trainee,
        site.program(trainee),
        site.program(site.person("stranger")),
        site.program(site.administrator()),
    )
