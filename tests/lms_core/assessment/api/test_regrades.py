"""Regrades through the API: what was asked, a proposal with its preview, the approval, and what becomes of it."""

from typing import Any

import pytest

from lms_core.foundation.identity import new_id
from tests.support.exams import SittingSite, sitting_site

API = "/api/v1/assessment"


@pytest.fixture
def sat(embedded_site: Any) -> SittingSite:
    return sitting_site(embedded_site, pass_percent=10.0, forms=1)


@pytest.fixture
def administrator(embedded_site: Any) -> Any:
    return embedded_site.program(embedded_site.administrator())


@pytest.fixture
def attempt(sat: SittingSite) -> str:
    begun = sat.begin()
    assert sat.trainee.post(f"{API}/attempts/{begun['id']}/submission").status_code == 200
    return str(begun["id"])


@pytest.fixture
def proposal(sat: SittingSite, administrator: Any, attempt: str) -> Any:
    asked = administrator.get(f"{API}/exams/{sat.exam.id}/questions").get_json()["items"][0]
    assert "\n" not in asked["question"]
    told = {"version_id": asked["version_id"], "part": asked["part"], "effect": "give", "reason": "Both are right."}
    answer = administrator.post(f"{API}/exams/{sat.exam.id}/regrades", json=told)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def test_a_regrade_is_proposed_previewed_approved_and_read(
    embedded_site: Any, sat: SittingSite, administrator: Any, attempt: str, proposal: Any
) -> None:
    url = f"{API}/regrades/{proposal['id']}"
    changes = administrator.get(f"{url}/changes").get_json()["items"]
    assert (proposal["state"], proposal["attempts"], proposal["tally"]["changed"]) == ("previewed", 1, 1)
    assert [(one["attempt_id"], one["before"], one["revision"]) for one in changes] == [(attempt, 0, None)]
    assert administrator.get(f"{url}/changes?kind=fails").get_json()["items"] == []

    embedded_site.clock.move(minutes=5)
    approved = administrator.post(f"{url}/approval").get_json()
    assert (approved["state"], approved["previewed"]) == ("done", proposal["tally"])
    assert administrator.get(f"{url}/changes").get_json()["items"][0]["revision"] == 2
    assert administrator.post(f"{url}/approval").get_json()["type"] == "preview-outdated"
    assert administrator.get(f"{API}/exams/{sat.exam.id}/regrades").get_json()["items"] == [
        administrator.get(url).get_json()
    ]


def test_a_discarded_preview_cannot_be_approved(administrator: Any, proposal: Any) -> None:
    url = f"{API}/regrades/{proposal['id']}"
    assert administrator.post(f"{url}/discarding").get_json()["state"] == "discarded"
    assert administrator.post(f"{url}/approval").status_code == 409


def test_a_ruling_that_does_not_exist_is_named(sat: SittingSite, administrator: Any, attempt: str) -> None:
    told = {"version_id": str(new_id()), "effect": "forgive", "reason": ""}
    wrong = administrator.post(f"{API}/exams/{sat.exam.id}/regrades", json=told)
    assert wrong.status_code == 422
    assert set(wrong.get_json()["errors"]) == {"effect", "reason"}
    unknown = administrator.post(f"{API}/exams/{sat.exam.id}/regrades", json=told | {"effect": "drop", "reason": "So"})
    assert unknown.status_code == 404


def test_whoever_may_not_regrade_finds_nothing(sat: SittingSite, proposal: Any) -> None:
    for one in (sat.trainee, sat.stranger):
        assert one.get(f"{API}/regrades/{proposal['id']}/changes").status_code in {403, 404}
        assert one.post(f"{API}/regrades/{proposal['id']}/approval").status_code in {403, 404}
        assert one.get(f"{API}/exams/{sat.exam.id}/questions").status_code in {403, 404}
