"""The API as several people use it."""

import pytest

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope

HERE = "/api/v1/enrolment"
MOTIVATION = {"motivation": "배우고 싶습니다."}


@pytest.fixture
def applicant(academy):
    return academy.site.program(academy.site.person("yuna"))


@pytest.fixture
def desk(academy):
    return academy.site.program(academy.town.operator())


@pytest.fixture
def elsewhere(academy):
    return academy.site.program(academy.town.operator(academy.town.dedicated))


def cohort_json(academy, **changes):
    values = {
        "course_id": str(academy.course_id),
        "campus_id": str(academy.town.campus.id),
        "number": 7,
        "title_ko": "7기",
        "title_en": "Cohort 7",
        "capacity": 20,
        "applications_from": "2026-03-01T00:00:00+09:00",
        "applications_until": "2026-03-20T18:00:00+09:00",
        "starts_on": "2026-10-01",
        "ends_on": "2026-12-31",
    }
    return values | changes


def test_an_applicant_finds_a_cohort_checks_applies_and_takes_it_back(academy, applicant):
    (found,) = applicant.get(f"{HERE}/cohorts").json["items"]
    assert (found["id"], found["phase"], found["course_title_en"]) == (str(academy.cohort_id), "taking", "AI engineer")
    url = f"{HERE}/cohorts/{academy.cohort_id}"
    checked = applicant.get(f"{url}/eligibility").json
    assert (checked["eligible"], len(checked["criteria"]), checked["reasons"]) == (True, 4, [])
    made = applicant.post(f"{url}/applications", json=MOTIVATION)
    assert (made.status_code, made.json["number"], made.json["state"]) == (201, 1, "submitted")
    assert made.json["answers"] == MOTIVATION
    assert (made.json["decision"]["verdict"], made.json["decision"]["rule_version"]) == (True, "2")
    again = applicant.post(f"{url}/applications", json=MOTIVATION)
    assert (again.status_code, again.json["type"]) == (409, "not-eligible")
    assert [one["code"] for one in again.json["reasons"]] == ["applied"]
    assert not applicant.get(f"{url}/eligibility").json["eligible"]
    assert applicant.post(f"{HERE}/applications/{made.json['id']}/withdrawal").status_code == 204
    assert [one["state"] for one in applicant.get(f"{HERE}/applications").json["items"]] == ["withdrawn"]


def test_staff_accept_in_bulk_and_the_rest_wait_in_order(academy, desk):
    people = [academy.site.person() for _ in range(3)]
    ids = [str(academy.apply(one)) for one in people]
    url = f"{HERE}/cohorts/{academy.cohort_id}"
    outcomes = desk.post(f"{url}/acceptances", json={"application_ids": ids}).json["items"]
    assert [(one["state"], one["position"]) for one in outcomes] == [("placed", None), ("placed", None), ("waiting", 1)]
    places = desk.get(f"{url}/enrolments").json
    assert [one["person_id"] for one in places["items"]] == [str(one) for one in people[:2]]
    gone = desk.post(f"{HERE}/enrolments/{places['items'][0]['id']}/withdrawal", json={"reason": "취업"})
    assert gone.status_code == 204
    after = desk.get(f"{url}/enrolments").json["items"]
    assert [one["person_id"] for one in after] == [str(one) for one in people[1:]]
    assert after[-1]["explanation"] == {"cause": "withdrawal", "number": 3, "passed_over": []}
    assert [one["state"] for one in desk.get(f"{url}/applications?state=waiting").json["items"]] == []
    assert desk.get(f"{url}/enrolments?state=withdrawn").json["total"] == 1


def test_staff_decline_with_a_reason_that_is_asked_for(academy, desk):
    application_id = str(academy.apply(academy.site.person()))
    url = f"{HERE}/cohorts/{academy.cohort_id}/refusals"
    refused = desk.post(url, json={"application_ids": [application_id]})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["note"])
    (outcome,) = desk.post(url, json={"application_ids": [application_id], "note": "자리가 없습니다."}).json["items"]
    assert outcome["state"] == "declined"
    assert desk.get(f"{HERE}/applications/{application_id}").json["note"] == "자리가 없습니다."


def test_staff_add_somebody_by_hand(academy, desk):
    url, person_id = f"{HERE}/cohorts/{academy.cohort_id}/enrolments", str(academy.site.person())
    assert desk.post(url, json={"person_id": person_id}).json["state"] == "placed"
    again = desk.post(url, json={"person_id": person_id})
    assert (again.status_code, again.json["type"]) == (409, "applied-already")
    assert desk.post(url, json={"person_id": str(new_id())}).status_code == 404


def test_a_cohort_is_planned_announced_changed_and_closed(academy, desk):
    made = desk.post(f"{HERE}/cohorts", json=cohort_json(academy))
    assert (made.status_code, made.json["state"], made.json["phase"]) == (201, "draft", "draft")
    url = f"{HERE}/cohorts/{made.json['id']}"
    assert desk.put(f"{url}/state", json={"state": "open"}).json["phase"] == "taking"
    body = {key: value for key, value in cohort_json(academy).items() if key not in {"course_id", "campus_id"}}
    changed = desk.put(url, json=body | {"capacity": 5, "version": 2})
    assert (changed.status_code, changed.json["capacity"], changed.json["version"]) == (200, 5, 3)
    stale = desk.put(url, json=body | {"version": 2})
    assert (stale.status_code, stale.json["type"], stale.json["version"]) == (409, "changed-meanwhile", "3")
    assert desk.put(f"{url}/state", json={"state": "cancelled"}).json["phase"] == "cancelled"
    assert desk.put(f"{url}/state", json={"state": "open"}).json["type"] == "cohort-moved"
    assert desk.get(f"{HERE}/run-cohorts?phase=cancelled").json["total"] == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"capacity": 0}, "capacity"),
        ({"ends_on": "2026-09-01"}, "ends_on"),
        ({"applications_until": "2026-02-01T00:00:00+09:00"}, "applications_until"),
        ({"applications_from": "2026-03-01"}, "applications_from"),
        ({"title_en": ""}, "title_en"),
        ({"course_id": str(new_id())}, "course_id"),
        ({"campus_id": str(new_id())}, "campus_id"),
        ({"state": "open"}, "state"),
    ],
)
def test_what_breaks_a_rule_is_named(academy, desk, changes, field):
    refused = desk.post(f"{HERE}/cohorts", json=cohort_json(academy, **changes))
    assert refused.status_code == 422
    assert list(refused.json["errors"]) == [field]


def test_a_taken_number_is_a_conflict_beside_its_field(academy, desk):
    refused = desk.post(f"{HERE}/cohorts", json=cohort_json(academy, number=1))
    assert (refused.status_code, refused.json["type"], list(refused.json["errors"])) == (
        409,
        "number-taken",
        ["number"],
    )


def test_what_lies_elsewhere_does_not_exist(academy, elsewhere):
    application_id = academy.apply(academy.site.person())
    academy.accept(application_id)
    (place,) = academy.places.listed(SYSTEM, academy.cohort_id, PageRequest()).items
    url = f"{HERE}/cohorts/{academy.cohort_id}"
    ids = {"application_ids": [str(application_id)]}
    for answer in (
        elsewhere.get(f"{url}/applications"),
        elsewhere.get(f"{url}/enrolments"),
        elsewhere.post(f"{url}/acceptances", json=ids),
        elsewhere.post(f"{url}/refusals", json=ids | {"note": "no"}),
        elsewhere.post(f"{url}/enrolments", json={"person_id": str(academy.site.person())}),
        elsewhere.put(f"{url}/state", json={"state": "closed"}),
        elsewhere.put(url, json={}),
        elsewhere.get(f"{HERE}/applications/{application_id}"),
        elsewhere.post(f"{HERE}/applications/{application_id}/withdrawal"),
        elsewhere.post(f"{HERE}/enrolments/{place.enrolment.id}/withdrawal", json={}),
    ):
        assert answer.status_code == 404, answer.request.path
    assert elsewhere.get(f"{HERE}/run-cohorts").json["total"] == 0


def test_a_draft_cannot_be_told_from_what_is_not_there(academy, desk, applicant):
    made = desk.post(f"{HERE}/cohorts", json=cohort_json(academy)).json["id"]
    answers = [applicant.get(f"{HERE}/cohorts/{one}").json for one in (made, new_id())]
    for one in answers:
        one.pop("reference")
    assert answers[0] == answers[1]


def test_a_trainee_sees_no_list_of_others(academy, applicant):
    url = f"{HERE}/cohorts/{academy.cohort_id}"
    assert applicant.get(f"{HERE}/run-cohorts").status_code == 403
    assert applicant.get(f"{url}/applications").status_code == 404
    assert applicant.get(f"{url}/enrolments").status_code == 404
    other = academy.apply(academy.site.person())
    assert applicant.get(f"{HERE}/applications/{other}").status_code == 404


def test_an_instructor_looks_and_does_not_decide(academy):
    application_id = str(academy.apply(academy.site.person()))
    place = Scope("course", str(academy.course_id))
    instructor = academy.site.program(academy.site.person("teacher", instructor=place))
    url = f"{HERE}/cohorts/{academy.cohort_id}"
    assert instructor.get(f"{url}/applications").json["total"] == 1
    assert instructor.post(f"{url}/acceptances", json={"application_ids": [application_id]}).status_code == 404


def test_nobody_gets_in_without_signing_in(academy):
    stranger = academy.site.program()
    for url in ("cohorts", "applications", "run-cohorts", f"cohorts/{academy.cohort_id}"):
        assert stranger.get(f"{HERE}/{url}").status_code == 401


def test_lists_are_cut_into_pages(academy, applicant):
    academy.cohort(2)
    first = applicant.get(f"{HERE}/cohorts?size=1&sort=-title").json
    assert ([one["number"] for one in first["items"]], first["next"], first["total"]) == ([2], 2, 2)
    assert applicant.get(f"{HERE}/cohorts?size=0").status_code == 422
    assert applicant.get(f"{HERE}/cohorts?campus=nowhere").json["total"] == 0


def test_reasons_are_said_in_the_readers_language(academy, applicant):
    academy.site.clock.move(days=30)
    applicant.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ko"
    refused = applicant.post(f"{HERE}/cohorts/{academy.cohort_id}/applications", json=MOTIVATION).json
    assert refused["reasons"][0]["code"] == "window"
    assert "2026" in refused["reasons"][0]["reason"]
