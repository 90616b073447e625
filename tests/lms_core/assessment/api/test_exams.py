from uuid import uuid4

import pytest

from tests.support.exams import SittingSite, sitting_site

EXAMS = "/api/v1/assessment/exams"


@pytest.fixture
def sat(embedded_site) -> SittingSite:
    return sitting_site(embedded_site)


def body(sat: SittingSite, **given) -> dict:
    told = {
        "titles": {"ko": "새 모의고사", "en": "New mock exam"},
        "certification": "XY-1",
        "bank_ids": [str(each) for each in sat.exam.specification.bank_ids],
        "quotas": [{"domain": "a", "items": 3, "titles": {"ko": "가", "en": "A"}, "least_percent": 40}],
        "seconds": 600,
    }
    return told | given


def test_an_instructor_drafts_checks_and_publishes_an_exam(sat) -> None:
    drafted = sat.instructor.post(EXAMS, json=body(sat))
    assert drafted.status_code == 201, drafted.get_data(as_text=True)
    url = f"{EXAMS}/{drafted.get_json()['id']}"
    changed = sat.instructor.put(url, json=body(sat, seconds=1200)).get_json()
    assert (changed["seconds"], changed["state"], changed["questions"]) == (1200, "draft", 3)
    assert sat.instructor.get(f"{url}/check").get_json() == {
        "quotas": [{"domain": "a", "wanted": 3, "available": 8}],
        "missing": [],
    }
    assert sat.trainee.get(url).status_code == 404
    assert sat.instructor.post(f"{url}/publication").get_json()["state"] == "published"
    assert sat.trainee.get(url).get_json()["may_sit"]
    assert sat.instructor.put(url, json=body(sat)).get_json()["type"] == "exam-frozen"
    assert sat.instructor.post(f"{url}/closure").get_json()["state"] == "closed"


def test_a_quota_that_cannot_be_met_is_named(sat) -> None:
    quotas = [{"domain": "a", "items": 30, "titles": {"ko": "가", "en": "A"}}]
    exam = sat.instructor.post(EXAMS, json=body(sat, quotas=quotas)).get_json()
    answer = sat.instructor.post(f"{EXAMS}/{exam['id']}/publication")

    assert (answer.status_code, answer.get_json()["type"]) == (409, "specification-unmet")
    assert "22" in answer.get_json()["reasons"][0]["reason"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"seconds": 5}, "seconds"),
        ({"titles": {"ko": "제목"}}, "titles.en"),
        ({"languages": ["ja"]}, "languages.0"),
        ({"bank_ids": []}, "bank_ids"),
        ({"bank_ids": [str(uuid4())]}, "bank_ids"),
        ({"course_id": str(uuid4())}, "course_id"),
        ({"surprise": 1}, "surprise"),
        ({"opens_at": "2026-11-22T14:00:00Z", "closes_at": "2026-11-22T13:00:00Z"}, "closes_at"),
    ],
)
def test_what_is_no_exam_is_refused_by_field(sat, wrong, field) -> None:
    answer = sat.instructor.post(EXAMS, json=body(sat, **wrong))

    assert answer.status_code == 422
    assert field in answer.get_json()["errors"]


def test_only_those_who_write_exams_draft_them(sat) -> None:
    assert sat.trainee.post(EXAMS, json=body(sat)).status_code == 403
    mapping = {"certification": "XY-1", "domain": "a", "item_ids": [str(uuid4())]}
    assert sat.trainee.post("/api/v1/assessment/item-domains", json=mapping).status_code == 403


def test_more_time_for_one_person_needs_their_consent(sat) -> None:
    told = {"person_id": str(sat.trainee_id), "percent": 25, "consent": True}
    assert sat.instructor.post("/api/v1/assessment/accommodations", json=told).status_code == 201
    refused = sat.instructor.post("/api/v1/assessment/accommodations", json={**told, "consent": False})
    assert "consent" in refused.get_json()["errors"]
    nobody = sat.instructor.post("/api/v1/assessment/accommodations", json={**told, "person_id": str(uuid4())})
    assert (nobody.status_code, set(nobody.get_json()["errors"])) == (422, {"person_id"})
    assert sat.begin()["deadline_at"] == "2026-03-02T00:56:15Z"


def test_time_for_everybody_reaches_those_who_sit(sat) -> None:
    sat.begin()
    told = {"seconds": 60, "reason": "Power cut"}
    assert sat.instructor.post(f"{EXAMS}/{sat.exam.id}/extensions", json=told).get_json() == {
        "extended": 1,
        "number": 1,
    }


def test_lists_are_narrowed(sat) -> None:
    sat.instructor.post(EXAMS, json=body(sat))
    assert sat.instructor.get(EXAMS).get_json()["total"] == 2
    assert sat.instructor.get(f"{EXAMS}?state=draft").get_json()["total"] == 1
    assert sat.instructor.get(f"{EXAMS}?certification=ZZ").get_json()["total"] == 0
    assert sat.instructor.get(f"{EXAMS}?course={uuid4()}").get_json()["total"] == 0
    assert sat.instructor.get(f"{EXAMS}?course=nonsense").status_code == 422
    assert sat.instructor.get(f"{EXAMS}?search=new").get_json()["total"] == 1
