"""The door for saves does what the route does: the same requests through both, answered alike."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import Client, TestResponse

from lms_core.assessment.api.door import SaveDoor
from lms_core.assessment.domain.specifications import ExamSection
from lms_core.assessment.service.grouping import GroupedSaves
from lms_core.assessment.service.pace import SavePace
from lms_core.foundation.errors import TooMany, Unavailable
from lms_core.foundation.text import Titles
from lms_core.foundation.web.metrics import requests
from tests.support.exams import SittingSite, sitting_site

TITLES = Titles("부분", "Section")
NUMBER = "one-and-the-same-request"
CHANGING = ("receipt", "saved_at", "server_now")


@dataclass
class Sent:
    """A save as somebody could send it."""

    path: str
    token: str
    body: Any
    headers: Mapping[str, str]


@dataclass
class Both:
    """The same site by the route alone, and with the door ahead of it."""

    sat: SittingSite
    handed_on: list[str]

    def answers(self, sent: Sent) -> tuple[TestResponse, TestResponse]:
        app = self.sat.site.app

        def inner(environ: Any, start_response: Any) -> Any:
            self.handed_on.append(environ["PATH_INFO"])
            return app.wsgi_app(environ, start_response)

        return tuple(_send(Client(one), sent) for one in (app.wsgi_app, SaveDoor(app, inner)))  # type: ignore[return-value]


@pytest.fixture
def both(site) -> Both:
    return Both(sitting_site(site), [])


def _send(client: Client, sent: Sent) -> TestResponse:
    body = sent.body if isinstance(sent.body, bytes) else json.dumps(sent.body).encode()
    given = {"Authorization": f"Bearer {sent.token}", "Content-Type": "application/json", "X-Request-Id": NUMBER}
    return client.put(sent.path, data=body, headers=given | dict(sent.headers))


def _alike(answer: TestResponse) -> tuple[int, Any, list[tuple[str, str]]]:
    told = answer.get_json()
    kept = {name: value for name, value in told.items() if name not in CHANGING}
    headers = [(name, value.partition("'nonce-")[0]) for name, value in answer.headers if name != "Content-Length"]
    return answer.status_code, kept, sorted(headers)


def _sent(attempt: Mapping[str, Any], slot: int = 1, sequence: int = 1, **more: Any) -> Sent:
    choice = attempt["items"][0]["choices"][0]["id"]
    body = {"sequence": sequence, "response": {"choices": [choice]}, **more}
    path = f"/api/v1/assessment/attempts/{attempt['id']}/responses/{slot}"
    return Sent(path, attempt["save_token"], body, {})


Change = Callable[[Sent, Mapping[str, Any]], None]


def _set(**changes: Any) -> Change:
    return lambda sent, _: [setattr(sent, name, value) for name, value in changes.items()] and None


def _body(**changes: Any) -> Change:
    return lambda sent, _: sent.body.update(changes)


ODD: Mapping[str, Change] = {
    "nothing": lambda _, __: None,
    "a flag": _body(flagged=True),
    "a flag that is none": _body(flagged="yes"),
    "a flag left open": _body(flagged=None),
    "a sequence as text": _body(sequence="7"),
    "a sequence as a fraction": _body(sequence=1.5),
    "a sequence that is true": _body(sequence=True),
    "a negative sequence": _body(sequence=-1),
    "a sequence past the highest": _body(sequence=2**53),
    "a member nobody knows": _body(claimed_at="2026-03-02"),
    "a choice of no question": _body(response={"choices": ["nonsense"]}),
    "a poisonous choice": _body(response={"choices": ["\x00"]}),
    "a poisonous name": _body(response={"choices\x00": []}),
    "no choices": _body(response={"choices": []}),
    "an answer that is a list": _body(response=[]),
    "no body": _set(body=b""),
    "a body that is no JSON": _set(body=b"{"),
    "a body that is a list": _set(body=b"[]"),
    "too large a body": _set(body=b" " * (64 * 1024 + 1)),
    "another content type": _set(headers={"Content-Type": "text/plain"}),
    "a content type with a charset": _set(headers={"Content-Type": "application/json; charset=utf-8"}),
    "no token": _set(token=""),
    "a forged token": lambda sent, _: setattr(sent, "token", sent.token[:-1] + ("A" if sent.token[-1] != "A" else "B")),
    "another attempt": lambda sent, one: setattr(sent, "path", sent.path.replace(one["id"], str(uuid4()))),
    "slot nought": lambda sent, _: setattr(sent, "path", sent.path[:-1] + "0"),
    "a slot past the last": lambda sent, _: setattr(sent, "path", sent.path[:-1] + "99"),
    "a slot with a nought ahead": lambda sent, _: setattr(sent, "path", sent.path[:-1] + "01"),
    "capital letters": lambda sent, one: setattr(sent, "path", sent.path.replace(one["id"], one["id"].upper())),
    "a query": lambda sent, _: setattr(sent, "path", sent.path + "?a=1"),
    "in Korean": _set(headers={"Accept-Language": "ko"}, body=b"{"),
}


@pytest.mark.parametrize("odd", ODD)
def test_the_door_answers_as_the_route_does(both: Both, odd: str) -> None:
    attempt = both.sat.begin()
    sent = _sent(attempt)
    ODD[odd](sent, attempt)

    by_route, by_door = both.answers(sent)
    assert _alike(by_door) == _alike(by_route)
    if by_route.status_code == 200:
        # The second is the same answer again: it gets the first one's receipt.
        assert by_door.get_json()["receipt"] == by_route.get_json()["receipt"]


def test_what_is_kept_never_reaches_flask_and_what_is_refused_is_worded_there(both: Both) -> None:
    attempt = both.sat.begin()
    both.answers(_sent(attempt))
    assert both.handed_on == []
    both.answers(_sent(attempt, slot=99))
    assert len(both.handed_on) == 1


def test_time_that_is_up_an_attempt_that_is_handed_in_and_another_device_are_refused_alike(both: Both, clock) -> None:
    attempt = both.sat.begin()
    url = f"/api/v1/assessment/attempts/{attempt['id']}"
    both.sat.trainee.post(f"{url}/session")
    superseded = [_alike(one) for one in both.answers(_sent(attempt))]
    both.sat.trainee.post(f"{url}/submission")
    handed_in = [_alike(one) for one in both.answers(_sent(attempt, sequence=9))]
    late = both.sat.begin()
    clock.move(days=1)
    over = [_alike(one) for one in both.answers(_sent(late))]

    for by_route, by_door in (superseded, handed_in, over):
        assert by_door == by_route
    assert [one[0][1]["type"] for one in (superseded, handed_in, over)] == [
        "session-superseded", "session-superseded", "deadline-passed",
    ]  # fmt: skip


def test_a_question_of_a_part_that_was_left_or_lies_ahead_is_refused_alike(site) -> None:
    sections = (ExamSection(TITLES, returns=False, domains=("a",)), ExamSection(TITLES))
    both = Both(sitting_site(site, sections=sections), [])
    attempt = both.sat.begin()
    assert (attempt["first_slot"], attempt["last_slot"], attempt["slots"]) == (1, 4, 6)
    ahead = replace(
        _sent(attempt), path=_sent(attempt).path[:-1] + "5", body={"sequence": 1, "response": {"choices": []}}
    )
    first = both.answers(ahead)
    on = both.sat.trainee.post(f"/api/v1/assessment/attempts/{attempt['id']}/progress", json={"slot": 5})
    assert [each["slot"] for each in on.get_json()["items"]] == [5, 6]
    left = both.answers(_sent(attempt))

    for by_route, by_door in (first, left):
        assert _alike(by_door) == _alike(by_route)
        assert (by_route.status_code, by_route.get_json()["type"]) == (409, "slot-locked")


def test_who_comes_when_too_many_wait_is_told_to_come_again(both: Both, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise Unavailable

    attempt = both.sat.begin()
    monkeypatch.setattr(GroupedSaves, "keep", full)
    by_route, by_door = both.answers(_sent(attempt))
    assert _alike(by_door) == _alike(by_route)
    assert (by_door.status_code, by_door.headers["Retry-After"]) == (503, "2")


def test_a_flood_of_one_attempt_is_told_to_come_again(both: Both, monkeypatch) -> None:
    def flooded(*_: object) -> None:
        raise TooMany

    attempt = both.sat.begin()
    monkeypatch.setattr(SavePace, "take", flooded)
    by_route, by_door = both.answers(_sent(attempt))
    assert _alike(by_door) == _alike(by_route)
    assert (by_door.status_code, by_door.headers["Retry-After"]) == (429, "2")


def test_a_save_at_the_door_is_numbered_and_counted_as_any_request(both: Both) -> None:
    counted = requests.labels("assessment_api.save", "200")
    before = counted._value.get()
    by_route, by_door = both.answers(_sent(both.sat.begin()))
    assert by_route.headers["X-Request-Id"] == by_door.headers["X-Request-Id"] == NUMBER
    assert counted._value.get() == before + 2
