"""The exam flow as a client of another maker sees it."""

from datetime import datetime, timedelta

import pytest

from lms_core.assessment.schemas import attempts as schemas
from lms_core.assessment.tasks import close_attempts
from tests.support.counting import statements
from tests.support.exams import HUSH, SittingSite, sitting_site

ATTEMPTS = "/api/v1/assessment/attempts"


@pytest.fixture
def sat(site) -> SittingSite:
    return sitting_site(site)


@pytest.fixture
def embedded_sat(embedded_site) -> SittingSite:
    """On SQLite alone: for what does not depend on the database."""
    return sitting_site(embedded_site)


def problem(answer) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json"
    return answer.status_code, answer.get_json()["type"]


def test_the_whole_flow_from_the_list_of_exams_to_the_result(sat) -> None:
    listed = sat.trainee.get("/api/v1/assessment/exams").get_json()
    assert [one["id"] for one in listed["items"]] == [str(sat.exam.id)]
    assert listed["next"] is None

    attempt = sat.begin()
    assert set(attempt) >= {
        "id", "deadline_at", "closes_at", "server_now", "revision", "save_token", "generation", "items"
    }  # fmt: skip
    key = sat.key(attempt)
    for question in attempt["items"]:
        answer = sat.save(attempt, question["slot"], *key[question["slot"]])
        assert answer.status_code == 200, answer.get_data(as_text=True)
        assert set(answer.get_json()) == {"receipt", "sequence", "saved_at", "deadline_at", "server_now"}

    again = sat.trainee.get(f"{ATTEMPTS}/{attempt['id']}").get_json()
    assert "save_token" not in again
    assert [one["saved"]["sequence"] for one in again["items"]] == [1] * 6
    assert [set(one) - {"saved"} for one in again["items"]] == [set(one) for one in attempt["items"]]

    assert sat.trainee.post(f"{ATTEMPTS}/{attempt['id']}/submission").get_json() == {"state": "submitted"}
    result = sat.trainee.get(f"{ATTEMPTS}/{attempt['id']}/result").get_json()
    assert (result["score"]["value"], result["score"]["items"]) == (100, 6)
    assert "our practice estimate" in result["score"]["label"].lower()
    assert [one["title"] for one in result["sections"]] == ["A", "B"]
    assert all(one["correct"] and one["explanation"].startswith(HUSH) for one in result["items"])


def test_starting_and_handing_in_take_less_than_twelve_statements_sign_in_included(sat) -> None:
    with statements(sat.site.house.database) as seen:
        attempt = sat.begin()
    assert len(seen) < 12, seen
    sat.save(attempt, 1)
    with statements(sat.site.house.database) as seen:
        sat.trainee.post(f"{ATTEMPTS}/{attempt['id']}/submission")
    assert len(seen) < 12, seen


def test_a_save_by_its_token_is_one_statement_from_the_wire_to_the_disk(sat) -> None:
    attempt = sat.begin()
    sat.save(attempt, 1)
    with statements(sat.site.house.database) as seen:
        assert sat.save(attempt, 1, sequence=2).status_code == 200

    assert len(seen) == 1, seen


def test_no_answer_before_submission_holds_a_key_or_an_explanation(embedded_sat, capfd) -> None:
    attempt = embedded_sat.begin()
    url = f"{ATTEMPTS}/{attempt['id']}"
    client = embedded_sat.trainee
    answers = [
        client.get(url),
        client.get(f"{url}?language=en"),
        client.get(f"{url}/clock"),
        client.get(f"{url}/result"),
        client.get("/api/v1/assessment/attempts"),
        client.get(f"/api/v1/assessment/exams/{embedded_sat.exam.id}"),
        embedded_sat.save(attempt, 1),
        embedded_sat.save(attempt, 1, "no such choice", sequence=2),
        client.post(f"{url}/session"),
    ]
    sent = b"".join(answer.data for answer in answers) + str(attempt).encode()
    logged = "".join(capfd.readouterr())

    assert HUSH.encode() not in sent
    assert HUSH not in logged
    assert answers[0].headers["Cache-Control"] == "no-store"


def test_an_open_attempt_is_named_with_its_id(embedded_sat) -> None:
    attempt = embedded_sat.begin()
    answer = embedded_sat.trainee.post(embedded_sat.start_url, json={"mode": "practice"})

    assert problem(answer) == (409, "attempt-open")
    assert answer.get_json()["id"] == attempt["id"]


def test_an_exam_that_is_not_open_yet_says_when(embedded_site, clock) -> None:
    opens_at = clock.now() + timedelta(hours=1)
    sat = sitting_site(embedded_site, opens_at=opens_at)
    answer = sat.trainee.post(sat.start_url, json={"mode": "simulation"})

    assert problem(answer) == (409, "not-yet-open")
    assert answer.get_json()["opens_at"] == opens_at.isoformat()


def test_a_refusal_comes_with_every_reason(embedded_site) -> None:
    sat = sitting_site(embedded_site, attempts_allowed=1)
    sat.trainee.post(f"{ATTEMPTS}/{sat.begin()['id']}/submission")
    answer = sat.trainee.post(sat.start_url, json={"mode": "simulation"})

    assert problem(answer) == (409, "refused")
    assert [one["code"] for one in answer.get_json()["reasons"]] == ["attempts-used"]


def test_saves_are_refused_by_name(embedded_sat, clock) -> None:
    attempt = embedded_sat.begin()
    session = embedded_sat.trainee.post(f"{ATTEMPTS}/{attempt['id']}/session").get_json()
    assert session["generation"] == 2

    assert problem(embedded_sat.save(attempt, 1)) == (409, "session-superseded")
    assert embedded_sat.save(attempt, 1, token=session["save_token"]).status_code == 200
    assert problem(embedded_sat.save(attempt, 99, token=session["save_token"])) == (404, "not-found")
    clock.move(minutes=46)
    assert problem(embedded_sat.save(attempt, 1, sequence=2, token=session["save_token"])) == (409, "deadline-passed")

    second = embedded_sat.begin()
    embedded_sat.trainee.post(f"{ATTEMPTS}/{second['id']}/submission")
    assert problem(embedded_sat.save(second, 1)) == (409, "attempt-closed")
    assert problem(embedded_sat.trainee.post(f"{ATTEMPTS}/{second['id']}/session")) == (409, "attempt-closed")


def test_an_older_sequence_is_answered_with_the_newer_receipt(embedded_sat) -> None:
    attempt = embedded_sat.begin()
    newer = embedded_sat.save(attempt, 1, sequence=9).get_json()
    older = embedded_sat.save(attempt, 1, sequence=4)

    assert older.status_code == 200
    assert (older.get_json()["receipt"], older.get_json()["sequence"]) == (newer["receipt"], 9)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "sequence"),
        ({"sequence": "1", "response": {"choices": []}}, "sequence"),
        ({"sequence": 1.5, "response": {"choices": []}}, "sequence"),
        ({"sequence": -1, "response": {"choices": []}}, "sequence"),
        ({"sequence": 2**53, "response": {"choices": []}}, "sequence"),
        ({"sequence": 1, "response": []}, "response"),
        ({"sequence": 1, "response": {"choices": ["x\u0000"]}}, "response"),
        ({"sequence": 1, "response": {"choices": []}, "flagged": "yes"}, "flagged"),
        ({"sequence": 1, "response": {"choices": []}, "answered_at": "2026-11-22T00:00:00Z"}, "answered_at"),
    ],
)
def test_what_is_no_save_is_refused_by_field(embedded_sat, body, field) -> None:
    attempt = embedded_sat.begin()
    headers = {"Authorization": f"Bearer {attempt['save_token']}"}
    url = f"{ATTEMPTS}/{attempt['id']}/responses/1"
    answer = embedded_sat.site.app.test_client().put(url, json=body, headers=headers)

    assert problem(answer)[0] == 422
    assert field in {name.split(".")[0] for name in answer.get_json()["errors"]}


def test_a_body_beyond_64_kib_is_not_even_read(embedded_sat) -> None:
    attempt = embedded_sat.begin()
    answer = embedded_sat.save(attempt, 1, "x" * 70_000)

    assert problem(answer) == (413, "too-large")


def test_saves_take_a_save_token_or_the_persons_own_and_nothing_else(embedded_sat) -> None:
    attempt = embedded_sat.begin()
    own = embedded_sat.trainee.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    strange = embedded_sat.stranger.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ")

    assert embedded_sat.save(attempt, 1, token=own).status_code == 200
    assert problem(embedded_sat.save(attempt, 1, token=strange))[0] == 404
    assert problem(embedded_sat.save(attempt, 1, token=attempt["save_token"][:-2]))[0] == 401
    url = f"{ATTEMPTS}/{attempt['id']}/responses/1"
    body = {"sequence": 1, "response": {"choices": []}}
    assert problem(embedded_sat.site.app.test_client().put(url, json=body))[0] == 401


def test_an_attempt_is_nobody_elses(embedded_sat) -> None:
    attempt = embedded_sat.begin()
    url = f"{ATTEMPTS}/{attempt['id']}"
    other = embedded_sat.stranger

    for answer in (
        other.get(url),
        other.get(f"{url}/clock"),
        other.get(f"{url}/result"),
        other.post(f"{url}/session"),
        other.post(f"{url}/submission"),
        other.post(embedded_sat.start_url, json={"mode": "simulation"}),
        other.get(f"/api/v1/assessment/exams/{embedded_sat.exam.id}"),
    ):
        assert problem(answer) == (404, "not-found")
    assert other.post(f"{url}/extensions", json={"seconds": 60, "reason": "me"}).status_code == 403
    assert other.get("/api/v1/assessment/exams").get_json()["items"] == []
    assert other.get(ATTEMPTS).get_json()["items"] == []


def test_time_that_is_granted_is_told_at_once(embedded_sat) -> None:
    attempt = embedded_sat.begin()
    url = f"{ATTEMPTS}/{attempt['id']}"
    body = {"seconds": 600, "reason": "Fire drill"}
    extended = embedded_sat.instructor.post(f"{url}/extensions", json=body).get_json()
    clock = embedded_sat.trainee.get(f"{url}/clock").get_json()

    def moment(body) -> datetime:
        return datetime.fromisoformat(body["deadline_at"])

    assert (moment(clock), clock["revision"]) == (moment(extended), 2)
    assert moment(clock) == moment(attempt) + timedelta(minutes=10)
    assert moment(embedded_sat.save(attempt, 1).get_json()) == moment(clock)


def test_ones_own_attempts_are_listed_with_their_scores(embedded_sat) -> None:
    first = embedded_sat.begin("practice")
    embedded_sat.trainee.post(f"{ATTEMPTS}/{first['id']}/submission")
    second = embedded_sat.begin()
    listed = embedded_sat.trainee.get(f"{ATTEMPTS}?exam={embedded_sat.exam.id}").get_json()

    assert {one["id"]: one["state"] for one in listed["items"]} == {first["id"]: "submitted", second["id"]: "open"}
    assert {one["id"]: one["score"] is None for one in listed["items"]} == {first["id"]: False, second["id"]: True}
    everybody = embedded_sat.instructor.get(f"/api/v1/assessment/exams/{embedded_sat.exam.id}/attempts").get_json()
    assert everybody["total"] == 2


def test_the_result_of_an_open_attempt_is_refused(embedded_sat) -> None:
    attempt = embedded_sat.begin()
    assert problem(embedded_sat.trainee.get(f"{ATTEMPTS}/{attempt['id']}/result")) == (409, "not-submitted")


def test_questions_come_in_the_language_asked_for(embedded_sat) -> None:
    attempt = embedded_sat.begin(language="ko")
    english = embedded_sat.trainee.get(f"{ATTEMPTS}/{attempt['id']}?language=en").get_json()

    assert attempt["items"][0]["prompt"].endswith("ko")
    assert english["items"][0]["prompt"].endswith("en")
    assert embedded_sat.trainee.get(f"{ATTEMPTS}/{attempt['id']}?language=ja").status_code == 422


def test_the_server_hands_in_by_its_schedule(embedded_sat, clock) -> None:
    attempt = embedded_sat.begin()
    clock.move(minutes=46)
    with embedded_sat.site.app.app_context():
        close_attempts()
    listed = embedded_sat.trainee.get(ATTEMPTS).get_json()["items"][0]

    assert (listed["state"], listed["submitted_by"]) == ("submitted", "server")
    assert listed["id"] == attempt["id"]


def test_the_answers_are_as_the_schemas_say(embedded_sat) -> None:
    attempt = embedded_sat.begin()
    saved = embedded_sat.save(attempt, 1).get_json()
    again = embedded_sat.trainee.get(f"{ATTEMPTS}/{attempt['id']}").get_json()
    embedded_sat.trainee.post(f"{ATTEMPTS}/{attempt['id']}/submission")
    result = embedded_sat.trainee.get(f"{ATTEMPTS}/{attempt['id']}/result").get_json()
    for schema, body in (
        (schemas.SittingOut, attempt),
        (schemas.SittingOut, again),
        (schemas.ReceiptOut, saved),
        (schemas.ResultOut, result),
    ):
        assert schema().validate(body) == {}


def test_practice_by_the_api_is_what_was_asked_for_and_reveals_one_solution(embedded_sat: SittingSite) -> None:
    client = embedded_sat.trainee
    attempt = embedded_sat.begin("practice", practice={"items": 3, "pool": "unseen"})
    assert len(attempt["items"]) == 3

    solution = f"{ATTEMPTS}/{attempt['id']}/slots/1/solution"
    revealed = client.post(solution)
    assert (revealed.status_code, revealed.get_json()["slot"]) == (200, 1)
    assert HUSH in revealed.text
    assert revealed.headers["Cache-Control"] == "no-store"
    assert client.post(f"{ATTEMPTS}/{attempt['id']}/slots/9/solution").status_code == 404
    save = {"sequence": 1, "response": {"choices": []}}
    assert problem(client.put(f"{ATTEMPTS}/{attempt['id']}/responses/1", json=save)) == (409, "slot-locked")
