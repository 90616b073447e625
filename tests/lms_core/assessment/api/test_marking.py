"""Marking through the API: an essay waits, is read beside its rubric, marked, and looked at a second time."""

from typing import Any
from uuid import UUID

import pytest

from lms_core.assessment.domain.exams import SIT_EXAM
from lms_core.assessment.service import (
    AttemptService,
    SaveResponse,
    SaveService,
    SaveTokens,
    StartAttempt,
    SubmissionService,
)
from lms_core.foundation.actors import Actor, grants
from tests.support.item_tour import publish_tour

API = "/api/v1/assessment"


@pytest.fixture
def marker(embedded_site: Any) -> Any:
    return embedded_site.program(embedded_site.administrator())


@pytest.fixture
def exam_id(embedded_site: Any) -> UUID:
    return publish_tour(embedded_site, "extended-text").id


@pytest.fixture
def answer(embedded_site: Any, exam_id: UUID) -> str:
    """The address of the marks of an answer that was handed in."""
    writer = Actor(embedded_site.person("writer"), grants({SIT_EXAM}), "ko")
    sitting = embedded_site.provide(AttemptService).start(writer, StartAttempt(exam_id, "simulation", "ko"))
    speaker = embedded_site.provide(SaveTokens).read(sitting.save_token)
    command = SaveResponse(sitting.attempt.id, 1, 1, {"text": "근거가 없습니다."}, None)
    embedded_site.provide(SaveService).save(speaker, command, embedded_site.clock.now())
    embedded_site.provide(SubmissionService).submit(writer, sitting.attempt.id)
    return f"{API}/attempts/{sitting.attempt.id}/answers/1/marks"


def full(shown: Any) -> dict[str, Any]:
    return {"points": shown["rubric"], "note": "잘 썼습니다.", "seen": len(shown["marks"])}


def test_an_answer_is_found_read_marked_and_confirmed_by_somebody_else(
    embedded_site: Any, marker: Any, exam_id: UUID, answer: str
) -> None:
    queue = f"{API}/exams/{exam_id}/answers-to-mark"
    (waiting,) = marker.get(queue).get_json()["items"]
    assert answer == f"{API}/attempts/{waiting['attempt_id']}/answers/{waiting['slot']}/marks"
    shown = marker.get(answer).get_json()
    assert (shown["response"], shown["marks"]) == ({"text": "근거가 없습니다."}, [])
    assert "person_id" not in shown

    marked = marker.post(answer, json=full(shown))
    assert (marked.status_code, marked.get_json()["state"]) == (201, "marked"), marked.text
    assert marker.get(queue).get_json()["total"] == 0
    assert marker.post(answer, json=full(shown)).get_json()["type"] == "marked-meanwhile"
    assert marker.post(answer, json=full(marked.get_json())).get_json()["type"] == "second-look"
    second = embedded_site.program(embedded_site.administrator())
    assert second.post(answer, json=full(marked.get_json())).get_json()["state"] == "confirmed"
    assert marker.get(f"{queue}?state=confirmed").get_json()["total"] == 1


def test_points_beyond_the_rubric_are_named_by_criterion(marker: Any, answer: str) -> None:
    shown = marker.get(answer).get_json()
    criterion = next(iter(shown["rubric"]))
    wrong = marker.post(answer, json={"points": shown["rubric"] | {criterion: 99}, "seen": 0})
    assert (wrong.status_code, set(wrong.get_json()["errors"])) == (422, {criterion})


def test_whoever_may_not_mark_finds_no_answers(embedded_site: Any, exam_id: UUID, answer: str) -> None:
    stranger = embedded_site.program(embedded_site.person("stranger"))
    assert stranger.get(answer).status_code in {403, 404}
    assert stranger.get(f"{API}/exams/{exam_id}/answers-to-mark").status_code in {403, 404}
