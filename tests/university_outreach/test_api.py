import pytest

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.paging import PageRequest
from university_outreach.service import AgreementService, VisitService

VISITS = "/api/v1/university_outreach/visits"
AGREEMENTS = "/api/v1/university_outreach/agreements"


@pytest.fixture
def visit(academy):
    with academy.app.app_context():
        return academy.provide(VisitService).find(SYSTEM, PageRequest()).items[0].visit


def test_a_university_reads_its_visits_and_a_trainee_does_not(academy, visit):
    listed = academy.as_program("university@example.org").get(VISITS).json
    assert str(visit.id) in [one["id"] for one in listed["items"]]
    assert academy.as_program("trainee@example.org").get(VISITS).status_code == 403
    assert academy.as_program("trainee@example.org").get(f"{VISITS}/{visit.id}").status_code == 404
    assert academy.as_program().get(VISITS).status_code == 401


def test_an_operator_of_another_campus_does_not_know_of_the_visit(academy, visit):
    stranger = academy.as_program("operator.seongbuk@example.org")
    assert stranger.get(f"{VISITS}/{visit.id}").status_code == 404
    assert stranger.post(f"{VISITS}/{visit.id}/cancellation").status_code == 404


def test_a_visit_is_planned_completed_and_called_off(academy, visit):
    program = academy.as_program("operator@example.org")
    with academy.app.app_context():
        agreement = academy.provide(AgreementService).find(SYSTEM, PageRequest()).items[0].agreement
    planned = program.post(VISITS, json={"course_id": str(visit.course_id)})
    assert planned.status_code == 201, planned.json
    assert planned.json["missing"] == ["the place", "the date", "the host"]
    where = f"{VISITS}/{planned.json['id']}"
    told = {
        "course_id": str(visit.course_id),
        "agreement_id": str(agreement.id),
        "building": "창의관",
        "room": "301호",
        "starts_at": visit.starts_at.isoformat(),
        "ends_at": visit.ends_at.isoformat(),
        "equipment": ["마이크 2개"],
        "version": planned.json["version"],
    }
    changed = program.put(where, json=told)
    assert (changed.status_code, changed.json["missing"], changed.json["equipment"]) == (200, [], ["마이크 2개"])
    assert program.put(where, json=told).status_code == 409
    assert program.post(f"{where}/cancellation").json["state"] == "cancelled"
    assert program.post(f"{where}/cancellation").json["type"] == "visit-cancelled"


def test_what_contradicts_itself_is_told_by_field(academy, visit):
    program = academy.as_program("operator@example.org")
    told = {"course_id": str(visit.course_id), "starts_at": "2026-12-01T10:00:00+09:00"}
    assert "ends_at" in program.post(VISITS, json=told).json["errors"]


def test_a_coordinator_keeps_the_agreements_of_their_own_university(academy):
    program = academy.as_program("university@example.org")
    (known,) = program.get(AGREEMENTS).json["items"]
    told = {"university_id": known["university_id"], "department": "공과대학 행정실", "signed_on": "2026-11-01"}
    made = program.post(AGREEMENTS, json=told)
    assert made.status_code == 201
    changed = program.put(f"{AGREEMENTS}/{made.json['id']}", json={**told, "ends_on": "2026-10-01", "version": 1})
    assert "ends_on" in changed.json["errors"]
    assert academy.as_program("instructor@example.org").post(AGREEMENTS, json=told).status_code == 403
