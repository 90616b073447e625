"""Banks through the API, path by path."""

from base64 import b64encode

import pytest

from lms_core.assessment.domain.banks import OpenBank
from lms_core.assessment.service import BankService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from tests.support.banks.files import SAMPLE

API = "/api/v1/assessment"
CAMPUS = Scope("campus", str(new_id()))
ITEM = {
    "identifier": "a-1",
    "stem": {"ko": "무엇인가요?", "en": "Which one?"},
    "choices": [
        {"text": {"ko": "가", "en": "x"}, "correct": True, "feedback": {"ko": "맞습니다.", "en": "Right."}},
        {"text": {"ko": "나", "en": "y"}},
    ],
    "references": [{"url": "https://example.org", "title": "Page", "checked_on": "2026-01-05"}],
    "difficulty": "easy",
}


@pytest.fixture
def author(embedded_site):
    return embedded_site.program(embedded_site.person("author", instructor=CAMPUS))


@pytest.fixture
def reviewer(embedded_site):
    return embedded_site.program(embedded_site.person("reviewer", instructor=CAMPUS))


@pytest.fixture
def bank(author):
    told = {"slug": "academy", "title_ko": "은행", "title_en": "Bank", "place": str(CAMPUS)}
    answer = author.post(f"{API}/banks", json=told)
    assert answer.status_code == 201, answer.text
    return f"{API}/banks/{answer.get_json()['id']}"


@pytest.fixture
def item(author, bank):
    answer = author.post(f"{bank}/items", json=ITEM)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def test_a_bank_is_opened_found_and_counted(author, bank, item):
    (listed,) = author.get(f"{API}/banks?search=acad").get_json()["items"]
    assert (listed["slug"], listed["shared"], listed["counts"]) == ("academy", False, {"needs_review": 1})
    assert author.get(bank).get_json() == listed
    twice = author.post(
        f"{API}/banks", json={"slug": "academy", "title_ko": "가", "title_en": "a", "place": str(CAMPUS)}
    )
    assert (twice.status_code, twice.get_json()["type"]) == (409, "slug-taken")


def test_an_item_is_written_changed_returned_approved_and_retired(author, reviewer, bank, item):
    url = f"{API}/items/{item['id']}"
    assert item["content"]["stem"] == ITEM["stem"]
    assert item["doubts"] == ["1 of 2 choices have no explanation."]
    changed = author.post(f"{url}/versions", json=ITEM | {"stem": {"en": "Which two?"}}).get_json()
    assert [version["number"] for version in changed["versions"]] == [2, 1]

    outdated = {"version_id": item["latest_version_id"], "verdict": "approved"}
    decision = outdated | {"version_id": changed["latest_version_id"]}
    assert reviewer.post(f"{url}/reviews", json=outdated).get_json()["type"] == "review-outdated"
    assert author.post(f"{url}/reviews", json=decision).get_json()["type"] == "own-work"
    returned = reviewer.post(f"{url}/reviews", json=decision | {"verdict": "returned", "note": "Why?"}).get_json()
    assert (returned["state"], returned["reviews"][0]["note"]) == ("returned", "Why?")
    approved = reviewer.post(f"{url}/reviews", json=decision).get_json()
    assert (approved["state"], approved["approved_version_id"]) == ("approved", changed["latest_version_id"])
    assert reviewer.post(f"{url}/retirement", json={"why": "Outdated"}).get_json()["state"] == "retired"


def test_lists_are_filtered_and_speak_the_readers_language(author, bank, item):
    assert author.get(f"{bank}/items?state=approved").get_json()["total"] == 0
    (found,) = author.get(f"{bank}/items?difficulty=easy&language=ko").get_json()["items"]
    assert (found["question"], found["languages"]) == ("Which one?", ["ko", "en"])
    korean = author.get(f"{bank}/items", headers={"Accept-Language": "ko"}).get_json()["items"][0]
    assert korean["question"] == "무엇인가요?"


def test_an_answer_holds_the_first_rejected_items_with_their_count_and_the_import_all_by_page(author, bank):
    body = "Which is right? {=a ~b}\n\n" + "".join(f"Without a key, number {at}? {{~a ~b}}\n\n" for at in range(201))
    sent = {"file": "a.gift", "body": body, "licence": "CC0-1.0", "commit": True}
    done = author.post(f"{bank}/imports", json=sent).get_json()
    assert (len(done["rejected"]), done["rejected_count"], done["created"]) == (200, 201, 1)
    assert done["warnings_count"] == len(done["warnings"])
    rejected = f"/api/v1/assessment/imports/{done['import_id']}/rejected"
    last = author.get(f"{rejected}?size=100&page=3").get_json()
    assert (last["total"], last["next"], [one["line"] for one in last["items"]]) == (201, None, [403])
    assert {problem["rule"] for problem in last["items"][0]["problems"]} >= {"no-key"}


def test_a_file_is_tried_brought_in_approved_in_bulk_and_not_taken_back(author, reviewer, bank):
    sent = {"file": "a.gift", "body": SAMPLE["gift"].read_text("utf-8"), "licence": "CC0-1.0"}
    tried = author.post(f"{bank}/imports", json=sent).get_json()
    assert (tried["created"], tried["import_id"]) == (24, None)
    done = author.post(f"{bank}/imports", json=sent | {"commit": True}).get_json()
    assert (done["read"], done["created"], done["rejected"]) == (24, 24, [])
    assert {"line", "identifier", "rule", "text"} == set(done["warnings"][0])
    again = author.post(f"{bank}/imports", json=sent | {"commit": True}).get_json()
    assert (again["created"], again["unchanged"]) == (0, 24)

    found = author.get(f"{bank}/items?size=5").get_json()["items"]
    chosen = {"items": [{"item_id": one["id"], "version_id": one["latest_version_id"]} for one in found]}
    assert author.post(f"{bank}/approvals", json=chosen).get_json()["done"] == 0
    assert reviewer.post(f"{bank}/approvals", json=chosen).get_json() == {"done": 5, "skipped": []}
    refused = author.delete(f"{API}/imports/{done['import_id']}")
    assert (refused.status_code, refused.get_json()["type"]) == (409, "import-in-use")
    assert len(refused.get_json()["reasons"]) == 5


def test_an_unused_import_is_taken_back(author, bank):
    sent = {"file": "a.jsonl", "body": SAMPLE["json-lines"].read_text("utf-8"), "licence": "CC0-1.0", "commit": True}
    done = author.post(f"{bank}/imports", json=sent).get_json()
    url = f"{API}/imports/{done['import_id']}"
    assert author.delete(url).get_json() == {"import_id": done["import_id"], "undone": True}
    assert author.delete(url).get_json()["type"] == "import-undone"
    assert author.get(f"{bank}/items").get_json()["total"] == 0


def test_a_package_leaves_by_the_api_and_comes_back_by_it(author, bank):
    text = SAMPLE["gift"].read_text("utf-8")
    done = author.post(f"{bank}/imports", json={"file": "a.gift", "body": text, "licence": "CC0-1.0", "commit": True})
    told = author.get(f"{bank}/exports?format=qti-3.0&everything=true&size=1").get_json()
    poor = author.get(f"{bank}/exports?format=aiken&everything=true&size=1&page=2").get_json()
    file = author.post(f"{bank}/exports", json={"format": "qti-3.0", "everything": True})
    author.delete(f"{API}/imports/{done.get_json()['import_id']}")

    assert (told["items"], told["written"], told["left_out"]) == (24, 24, 0)
    assert (len(poor["told"]), poor["total"], poor["next"]) == (1, 24, 3)
    assert (file.status_code, file.mimetype) == (200, "application/octet-stream")
    assert file.headers["Content-Disposition"] == "attachment; filename=academy.qti.zip"
    sent = {"file": "a.qti.zip", "encoding": "base64", "licence": "CC0-1.0", "commit": True}
    back = author.post(f"{bank}/imports", json=sent | {"body": b64encode(file.data).decode()}).get_json()
    assert (back["created"], back["rejected"]) == (24, [])
    broken = author.post(f"{bank}/imports", json=sent | {"body": "no base64!"})
    assert (broken.status_code, list(broken.get_json()["errors"])) == (422, ["body"])
    file.close()


def test_who_may_only_look_takes_no_file_along(embedded_site, author, bank):
    stranger = embedded_site.program(embedded_site.person("other", instructor=Scope("campus", str(new_id()))))
    assert stranger.post(f"{bank}/exports", json={"format": "gift"}).status_code == 404
    assert stranger.get(f"{bank}/exports?format=gift").status_code == 404
    unknown = author.post(f"{bank}/exports", json={"format": "nothing"})
    assert (unknown.status_code, unknown.get_json()["type"]) == (422, "unknown-format")


@pytest.mark.parametrize(
    ("changes", "status", "kind"),
    [
        ({"licence": ""}, 422, "missing-licence"),
        ({"file": "a.doc"}, 422, "unknown-format"),
        ({"body": "::a:: Which? {=x"}, 422, "truncated"),
        ({"file": "a.xml", "body": "<!DOCTYPE q [<!ENTITY x 'y'>]><quiz/>"}, 422, "xml-entities"),
        ({"body": ""}, 422, "invalid"),
    ],
)
def test_a_refused_file_has_a_name_of_its_own(author, bank, changes, status, kind):
    sent = {"file": "a.gift", "body": "::a:: Which? {=x ~y}", "licence": "CC0-1.0", "commit": True} | changes
    answer = author.post(f"{bank}/imports", json=sent)
    assert (answer.status_code, answer.get_json()["type"]) == (status, kind)
    assert author.get(f"{bank}/items").get_json()["total"] == 0


def test_an_unusable_item_is_refused_with_every_reason(author, bank):
    answer = author.post(f"{bank}/items", json=ITEM | {"choices": [{"text": {"ko": "가", "en": "x"}}]})
    assert answer.status_code == 422
    assert {reason["code"] for reason in answer.get_json()["reasons"]} == {"too-few-choices", "no-key"}


def test_others_find_nothing_here(embedded_site, author, bank, item):
    elsewhere = embedded_site.program(embedded_site.person("other", instructor=Scope("campus", str(new_id()))))
    url = f"{API}/items/{item['id']}"
    for path in (bank, f"{bank}/items", url):
        assert elsewhere.get(path).status_code == 404, path
        assert embedded_site.program().get(path).status_code == 401, path
    posts = [
        (f"{bank}/items", ITEM),
        (f"{url}/versions", ITEM),
        (f"{url}/reviews", {"version_id": item["latest_version_id"], "verdict": "approved"}),
        (f"{url}/retirement", {"why": "Outdated"}),
        (f"{bank}/approvals", {"items": [{"item_id": item["id"], "version_id": item["latest_version_id"]}]}),
        (f"{bank}/imports", {"file": "a.gift", "body": "x", "licence": "CC0-1.0"}),
    ]
    for path, told in posts:
        assert elsewhere.post(path, json=told).status_code == 404, path


def test_a_bank_of_the_whole_site_is_shared(embedded_site, author):
    embedded_site.provide(BankService).open(SYSTEM, OpenBank("shared", Titles("공용", "Shared")))
    assert [one["shared"] for one in author.get(f"{API}/banks").get_json()["items"]] == [True]
