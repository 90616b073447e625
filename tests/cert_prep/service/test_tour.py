"""The tour asks every type of item to the end: nothing leaks, every key is right, a person marks the essay."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import orjson
import pytest

from cert_prep.service import TourService
from cert_prep.service.tour import TITLES
from lms_core.assessment.service import (
    AttemptService,
    ExamService,
    ResultService,
    SaveResponse,
    SaveService,
    StartAttempt,
    SubmissionService,
    payloads,
)
from lms_core.assessment.service.results import Report
from lms_core.foundation.actors import SYSTEM, Actor
from lms_core.foundation.paging import PageRequest
from lms_core.hooks.items import Area, Choice, Criterion, ItemContent, TextAnswer
from tests.support.item_tour import tour
from tests.support.site import Site

TYPES = {
    "choice",
    "multiple-response",
    "statement-set",
    "ordering",
    "matching",
    "gap-match",
    "inline-choice",
    "text-entry",
    "numeric",
    "hot-spot",
    "hot-area",
    "extended-text",
}


def hushed(value: Any) -> Iterator[str]:
    """Everything that candidates must not read before they handed in."""
    if isinstance(value, (Choice, Area)):
        yield from value.feedback.values()
    elif isinstance(value, (Criterion, TextAnswer)):
        yield from value.text.values()
    elif isinstance(value, tuple):
        for one in value:
            yield from hushed(one)
    elif is_dataclass(value):
        if isinstance(value, ItemContent):
            yield from value.explanation.values()
        yield from getattr(value, "model_answer", {}).values()
        for field in fields(value):
            yield from hushed(getattr(value, field.name))


@pytest.fixture
def site(academy: Site) -> Iterator[Site]:
    """The demonstration, which holds the tour."""
    with academy.app.app_context():
        yield academy


@pytest.fixture
def exam_id(site: Site) -> Any:
    site.provide(TourService).plant(SYSTEM)
    found = site.provide(ExamService).find(SYSTEM, PageRequest()).items
    (exam,) = (one.exam for one in found if one.exam.titles == TITLES)
    return exam.id


def sit(site: Site, exam_id: Any, language: str = "ko") -> tuple[Actor, Any]:
    person_id = site.person("한유나")
    actor = Actor(person_id, almighty=True)
    return actor, site.provide(AttemptService).start(actor, StartAttempt(exam_id, "practice", language))


def report_of(site: Site, actor: Actor, sitting: Any, answers: dict[int, Any]) -> Report:
    for slot, response in answers.items():
        command = SaveResponse(sitting.attempt.id, slot, 1, response)
        site.provide(SaveService).save_as_person(actor.require_person(), command, sitting.server_now)
    site.provide(SubmissionService).submit(actor, sitting.attempt.id)
    report: Report = site.provide(ResultService).report(actor, sitting.attempt.id, "ko")
    return report


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_of_any_type_tells_its_key_before_it_is_handed_in(site: Site, exam_id: Any, language: str) -> None:
    _, sitting = sit(site, exam_id, language)
    sent = sitting.paper.decode()
    questions = orjson.loads(payloads.questions(sitting))
    secrets = {words for item in tour() for words in hushed(item) if len(words) > 5}

    assert {one["type"] for one in questions} == TYPES
    assert len(secrets) > 100
    assert not [words for words in secrets if words in sent]
    for word in ("correct", "feedback", "explanation", '"key"', "weight", "tolerance", "rubric", "accepted"):
        assert word not in sent


def test_the_questions_of_cases_are_consecutive_slots_under_one_stem(site: Site, exam_id: Any) -> None:
    _, sitting = sit(site, exam_id)
    questions = orjson.loads(payloads.questions(sitting))
    groups = {one["type"]: one for one in orjson.loads(payloads.groups(sitting.paper))}

    assert {name: (one["to"] - one["from"], one["returns"]) for name, one in groups.items()} == {
        "case-study": (1, True),
        "problem-solution": (1, False),
    }
    for group in groups.values():
        assert [one["slot"] for one in questions if one.get("group") == group["id"]] == [group["from"], group["to"]]
    assert [one["title"] for one in groups["case-study"]["exhibits"]] == ["지금의 모습", "바라는 점"]


def test_every_key_earns_everything_and_the_essay_waits(site: Site, exam_id: Any) -> None:
    actor, first = sit(site, exam_id)
    keys = {one["slot"]: one["key"] for one in orjson.loads(payloads.solved(report_of(site, actor, first, {})))}
    blank = orjson.loads(payloads.solved(report_of(site, *sit(site, exam_id), {})))
    actor, second = sit(site, exam_id)
    same = second.attempt.form_id == first.attempt.form_id
    answered = orjson.loads(payloads.solved(report_of(site, actor, second, keys)))

    assert same
    assert all(one["points"] == 0 and not one["waits"] for one in blank)
    for one in answered:
        assert (one["correct"], one["waits"]) == ((False, True) if one["type"] == "extended-text" else (True, False))
        assert sum(part["possible"] for part in one["components"]) > 0
