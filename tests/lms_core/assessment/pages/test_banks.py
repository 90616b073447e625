"""The pages of banks, tried as an instructor, a reviewer, a trainee and a stranger."""

import io
import re
from dataclasses import dataclass
from html import unescape
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from lms_core.assessment.domain.banks import OpenBank
from lms_core.assessment.domain.exams import Place
from lms_core.assessment.service import BankService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from tests.support.banks.files import SAMPLE
from tests.support.site import Site, Visitor

ITEM = {
    "identifier": "academy-001",
    "type": "choice",
    "stem.ko": "무엇이 **개체**를 저장하나요?",
    "stem.en": "What stores **objects**?",
    "choice.0.ko": "버킷",
    "choice.0.en": "A bucket",
    "choice.0.correct": "true",
    "choice.0.feedback.ko": "주소가 있습니다.",
    "choice.1.ko": "큐",
    "choice.1.en": "A queue",
    "choice.2.ko": "",
    "tags": "storage, basics",
    "references": "https://example.org/a | Storage | 2026-01-05",
    "licence": "LicenseRef-Own",
    "originality": "true",
}


CAMPUS = Scope("campus", str(new_id()))


@dataclass
class Bank:
    """A bank, with an author and a reviewer at their browsers."""

    site: Site
    id: UUID
    author: Visitor
    reviewer: Visitor

    def url(self, rest: str = "") -> str:
        return f"/assessment/banks/{self.id}{rest}"

    def items(self):
        service = self.site.provide(BankService)
        return [row.item for row in service.items(SYSTEM, self.id, PageRequest(size=100)).items]

    def upload(self, name: str, body: bytes, **given: str) -> TestResponse:
        options = {"licence": "CC0-1.0", "language": "ko", **given}
        return self.author.submit(self.url("/import"), file=(io.BytesIO(body), name), **options)


@pytest.fixture
def bank(embedded_site):
    site = embedded_site
    place = Place(campus_id=UUID(CAMPUS.id))
    opened = site.provide(BankService).open(SYSTEM, OpenBank("academy", Titles("은행", "Academy bank"), place, "X"))
    people = [site.browser(site.person(name, instructor=CAMPUS)) for name in ("author", "reviewer")]
    return Bank(site, opened.id, *people)


def text_of(response: TestResponse) -> str:
    assert response.status_code == 200, response.text[:200]
    return response.text


def test_an_instructor_opens_a_bank_and_finds_it(embedded_site):
    browser = embedded_site.browser(embedded_site.administrator())
    assert "There is no item bank yet" in text_of(browser.get("/assessment/banks"))

    wrong = browser.submit("/assessment/banks/new", title_ko="은행", title_en="Bank", slug="No Good", place="site")
    right = browser.submit("/assessment/banks/new", title_ko="은행", title_en="Bank", slug="good", place="site")

    assert wrong.status_code == 422
    assert "lower-case letters" in wrong.text
    assert "This bank is empty" in text_of(browser.get(right.location))
    assert "good" in text_of(browser.get("/assessment/banks?search=good"))


def test_an_item_is_written_seen_and_approved_by_somebody_else(bank):
    assert "academy-001" in text_of(bank.author.get(bank.url("/items/new")))
    kept = bank.author.submit(bank.url("/items/new"), **ITEM)
    page = text_of(bank.author.get(kept.location))
    assert "<strong>objects</strong>" in page
    assert "Somebody else has to approve it" in page
    (item,) = bank.items()
    decision = {"version_id": str(item.latest_version_id), "verdict": "approved"}

    refused = bank.author.submit(f"{kept.location}/review", **decision)
    returned = bank.reviewer.submit(f"{kept.location}/review", **decision | {"verdict": "returned"})
    approved = bank.reviewer.submit(f"{kept.location}/review", **decision)

    assert refused.status_code == 403
    assert returned.status_code == 422
    assert "Tell the author what to change" in returned.text
    assert approved.status_code == 302
    assert bank.items()[0].state == "approved"


def test_editing_keeps_the_old_version_to_look_at(bank):
    kept = bank.author.submit(bank.url("/items/new"), **ITEM)
    (before,) = bank.items()
    form = text_of(bank.author.get(f"{kept.location}/edit"))
    assert "What stores **objects**?" in form
    assert ">\nA bucket</textarea>" in form

    bank.author.submit(f"{kept.location}/edit", **ITEM | {"stem.en": "Where do objects lie?"})

    assert "Where do objects lie?" in text_of(bank.author.get(kept.location))
    old = text_of(bank.author.get(f"{kept.location}?version={before.latest_version_id}"))
    assert "not the newest one" in old
    assert "What stores" in old


def test_what_is_wrong_comes_back_with_everything_that_was_typed(bank):
    answer = bank.author.submit(bank.url("/items/new"), **ITEM | {"choice.1.ko": "버킷", "choice.1.en": ""})
    assert answer.status_code == 422
    assert "Two choices say the same" in answer.text
    assert "What stores **objects**?" in answer.text
    assert bank.items() == []


def test_more_rows_for_choices_keep_what_was_typed(bank):
    page = text_of(bank.author.submit(bank.url("/items/new"), **ITEM, **{"choice.3.ko": ""}, rows="choices.add"))
    assert "Choice 5 in Korean" in page
    assert ">\nA queue</textarea>" in page


def test_rows_are_moved_and_removed_without_a_script(bank):
    moved = text_of(bank.author.submit(bank.url("/items/new"), **ITEM, rows="choices.down.0"))
    removed = text_of(bank.author.submit(bank.url("/items/new"), **ITEM, rows="choices.remove.0"))
    assert moved.index(">\nA queue</textarea>") < moved.index(">\nA bucket</textarea>")
    assert ">\nA bucket</textarea>" not in removed
    assert bank.items() == []


def test_another_type_shows_its_own_fields_and_keeps_what_was_typed(bank):
    page = text_of(bank.author.submit(bank.url("/items/new"), **ITEM | {"type": "ordering"}, rows="type"))
    assert ">Place<" in page
    assert ">\nA bucket</textarea>" in page


def test_an_ordering_is_written_in_its_form(bank):
    rows = {"choice.0.mark": "2", "choice.1.mark": "1"}
    kept = bank.author.submit(bank.url("/items/new"), **ITEM | {"type": "ordering"} | rows)
    assert kept.status_code == 302, kept.text[:200]
    assert 'value="2"' in text_of(bank.author.get(f"{kept.location}/edit"))


def test_a_number_that_is_none_is_told_at_its_field(bank):
    sent = ITEM | {"type": "extended-text", "choice.0.mark": "many"}
    answer = bank.author.submit(bank.url("/items/new"), **sent)
    assert answer.status_code == 422
    assert 'id="choice.0.mark.error"' in answer.text


def test_a_case_is_written_as_text(bank):
    template = text_of(bank.author.get(bank.url("/items/text")))
    assert "type: case-study" in template
    source = unescape(template.split('name="lines"')[1].split(">", 1)[1].split("</textarea>")[0]).strip()
    broken = bank.author.submit(bank.url("/items/text"), lines=source.replace("- [x]", "- [ ]"))
    kept = bank.author.submit(bank.url("/items/text"), lines=source)
    assert broken.status_code == 422
    assert "No choice is marked as right" in broken.text
    assert "문서의 내용" in text_of(bank.author.get(f"{kept.location}/edit"))
    assert "type: case-study" in text_of(bank.author.get(f"{kept.location}/edit"))


def test_who_writes_over_a_newer_version_is_told_first(bank):
    kept = bank.author.submit(bank.url("/items/new"), **ITEM)
    (item,) = bank.items()
    read = {"version_id": str(item.latest_version_id)}
    bank.reviewer.submit(f"{kept.location}/edit", **ITEM | read | {"stem.en": "Where do objects lie?"})

    late = ITEM | read | {"stem.en": "What holds objects?"}
    refused = bank.author.submit(f"{kept.location}/edit", **late)
    assert refused.status_code == 409
    assert "What holds objects?" in refused.text
    newest = str(bank.items()[0].latest_version_id)
    assert newest in refused.text
    assert bank.author.submit(f"{kept.location}/edit", **late | {"version_id": newest}).status_code == 302


def test_the_preview_shows_the_item_and_what_is_wrong_with_it(bank):
    sound = text_of(bank.author.submit(bank.url("/preview"), **ITEM))
    broken = text_of(bank.author.submit(bank.url("/preview"), **ITEM | {"choice.0.correct": ""}))
    assert "<strong>objects</strong>" in sound
    assert "1 of 2 choices have no explanation" in sound
    assert "No choice is marked as right" in broken


def test_a_file_is_looked_over_imported_approved_in_bulk_and_taken_back(bank):
    staged = bank.upload("academy.gift", SAMPLE["gift"].read_bytes(), attribution="Us")
    preview = text_of(bank.author.get(staged.location))
    assert "Nearly the same question (1)" in preview
    assert "No choice has an explanation of its own (8)" in preview
    assert bank.items() == []

    done = bank.author.submit(staged.location)
    assert "24" in text_of(bank.author.get(done.location))
    assert bank.author.get(staged.location).status_code == 404

    chosen = [f"{item.id}.{item.latest_version_id}" for item in bank.items()[:3]]
    own = bank.author.submit(bank.url("/approve"), chosen=chosen)
    assert "was left alone" in text_of(bank.author.get(own.location))
    bank.reviewer.submit(bank.url("/approve"), chosen=chosen[:2], query="state=needs_review")
    assert sum(item.state == "approved" for item in bank.items()) == 2
    refused = bank.author.submit(f"{done.location}/undo")
    assert refused.status_code == 409
    assert "ai.basics.1#1" in refused.text


def test_an_import_that_nobody_uses_is_taken_back(bank):
    done = bank.author.submit(bank.upload("academy.jsonl", SAMPLE["json-lines"].read_bytes()).location)
    assert "academy.jsonl" in text_of(bank.author.get(bank.url("/imports")))
    bank.author.submit(f"{done.location}/undo")
    assert bank.items() == []
    assert "was taken back on" in text_of(bank.author.get(done.location))


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.xml", b'<!DOCTYPE q [<!ENTITY x "y">]><quiz/>', "document type or entities"),
        ("a.gift", b"::a:: Which? {=x", "ends inside the question"),
        ("a.doc", b"x", "do not know the format"),
        ("a.gift", b"", "Choose a file"),
    ],
)
def test_a_refused_file_says_why_beside_the_form(bank, name, body, said):
    answer = bank.upload(name, body)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_file_without_a_licence_is_refused(bank):
    assert "SPDX" in bank.upload("a.gift", SAMPLE["gift"].read_bytes(), licence="").text


def test_ticked_items_are_put_into_a_domain(bank):
    bank.author.submit(bank.url("/items/new"), **ITEM)
    (item,) = bank.items()
    chosen = [f"{item.id}.{item.latest_version_id}"]
    bank.author.submit(bank.url("/map"), chosen=chosen, certification="AI-901", domain="ai-901.1")
    assert "AI-901: ai-901.1" in text_of(bank.author.get(bank.url()))
    assert "No item was found" in text_of(bank.author.get(bank.url("?domain=-")))
    nothing = bank.author.submit(bank.url("/map"), certification="AI-901", domain="ai-901.1")
    assert "Tick the items first" in text_of(bank.author.get(nothing.location))


def test_lists_are_searched_and_filtered_by_the_address(bank):
    bank.author.submit(bank.url("/items/new"), **ITEM)
    assert "academy-001" in text_of(bank.author.get(bank.url("?state=needs_review&search=objects&sort=-changed")))
    assert "No item was found" in text_of(bank.author.get(bank.url("?state=approved")))


def test_korean_pages_speak_korean(bank):
    korean = bank.site.browser(bank.site.person("author", instructor=CAMPUS), language="ko")
    page = text_of(korean.get(bank.url()))
    assert "은행" in page
    assert not re.search(r"This bank is empty|Import a file", page)


def test_others_find_nothing_here(bank):
    bank.author.submit(bank.url("/items/new"), **ITEM)
    staged = bank.upload("a.gift", SAMPLE["gift"].read_bytes()).location
    (item,) = bank.items()
    site = bank.site
    elsewhere = site.browser(site.person("other", instructor=Scope("campus", str(new_id()))))
    trainee = site.browser(site.person("trainee", trainee=Scope("course", str(new_id()))))
    stranger = site.browser()
    here = f"/assessment/items/{item.id}"
    gets = [bank.url(), *map(bank.url, ("/imports", "/import", "/items/new")), here, f"{here}/edit", staged]
    for url in gets:
        assert elsewhere.get(url).status_code == 404, url
        assert trainee.get(url).status_code in {403, 404}, url
        assert stranger.get(url).status_code in {302, 401}, url
    for url in (bank.url("/approve"), bank.url("/map"), bank.url("/preview"), f"/assessment/items/{item.id}/retire"):
        chosen = [f"{item.id}.{item.latest_version_id}"]
        assert elsewhere.submit(url, chosen=chosen, certification="X").status_code == 404, url
    assert bank.reviewer.get(staged).status_code == 404


def test_a_bank_is_exported_with_what_is_lost_shown_first(bank):
    bank.upload("academy_ko_24.gift", SAMPLE["gift"].read_bytes())
    form = text_of(bank.author.get(bank.url("/export")))
    waiting = bank.upload("academy_ko_24.gift", SAMPLE["gift"].read_bytes()).location
    bank.author.submit(waiting)

    told = text_of(bank.author.get(bank.url("/export?format=aiken&language=ko&everything=true")))
    file = bank.author.submit(bank.url("/export"), format="qti-3.0", language="ko", everything="true")

    assert "QTI 3.0" in form
    assert "Not kept as it was" in told
    assert "Download the file" in told
    assert file.status_code == 200
    assert file.headers["Content-Disposition"] == "attachment; filename=academy.qti.zip"
    assert file.data.startswith(b"PK")
    file.close()
