"""A bank is kept sound: references come due, nearly equal questions are decided on, versions are compared."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lms_core.assessment.domain.banks import REVIEW_ITEM, SEE_BANK, WriteItem
from lms_core.assessment.service import ItemService, UpkeepService
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.errors import Forbidden, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent, Reference
from lms_core.hooks.words import Words
from tests.support.clock import BEGINNING
from tests.support.exams import add_bank

TODAY = BEGINNING.date()
SCOPE = Scope("campus", str(new_id()))


def content(name: str, question: str, *days: int) -> ItemContent:
    choices = tuple(Choice(letter, Words(ko=f"{letter} {name}"), correct=letter == "a") for letter in "abc")
    pages = tuple(Reference(f"https://example.org/{day}", expires_on=TODAY + timedelta(days=day)) for day in days)
    return ItemContent(name, "choice", Words(ko=question), ChoiceInteraction(choices), references=pages)


@pytest.fixture
def bank(work):
    return add_bank(work)


@pytest.fixture
def items(work, clock):
    return ItemService(work, clock)


@pytest.fixture
def upkeep(embedded_site, work, clock):
    return UpkeepService(work, clock, embedded_site.house.settings)


@pytest.fixture
def write(items, bank):
    return lambda *given: items.write(SYSTEM, WriteItem(bank, content(*given)))


def due(upkeep, bank, **filters):
    found = upkeep.stale(SYSTEM, bank, PageRequest(filters=tuple(filters.items())))
    return [one.item.identifier for one in found.items]


def test_an_item_comes_due_with_the_first_of_its_references(upkeep, bank, write):
    write("later", "내년에 다시 읽을 문항은 무엇인가요?", 300)
    write("soon", "곧 다시 읽을 문항은 무엇인가요?", 200, 20)
    write("gone", "이미 지난 문항은 무엇인가요?", -3)
    write("never", "다시 읽지 않을 문항은 무엇인가요?")
    assert due(upkeep, bank) == ["gone", "soon"]
    assert due(upkeep, bank, due="expired") == ["gone"]
    assert due(upkeep, bank, due="all") == ["gone", "soon", "later"]


def test_a_reference_that_was_read_again_is_no_longer_due(upkeep, bank, write, items):
    item = write("q", "다시 읽을 문항은 무엇인가요?", 1)
    fresh = content("q", "다시 읽을 문항은 무엇인가요?", 400)
    items.write(SYSTEM, WriteItem(bank, fresh, item.id))
    assert due(upkeep, bank) == []


def test_a_pair_that_was_decided_on_stands_among_the_decided_ones_with_who_and_when(upkeep, bank, write, clock):
    first = write(
        "one",
        "운영 중인 가상 머신의 크기를 바꾸려는 관리자는 이 작업을 시작하기에 앞서 무엇을 먼저 해야 하나요?",
    )
    second = write(
        "two",
        "운영 중인 가상 머신의 크기를 바꾸려는 관리자는 이 작업을 시작하기에 앞서 무엇을 먼저 해야 할까요?",
    )
    write("three", "저장소 계정의 중복 옵션은 무엇인가요?")
    (pair,) = upkeep.alike(SYSTEM, bank, PageRequest()).page.items
    assert {pair.first.id, pair.second.id} == {first.id, second.id}
    assert {part.kind for part in pair.wording["ko"]} == {"same", "gone", "new"}

    reviewer = Actor(new_id(), almighty=True)
    upkeep.decide(reviewer, bank, second.id, first.id, "same")
    upkeep.decide(reviewer, bank, first.id, second.id, "different")
    assert upkeep.alike(SYSTEM, bank, PageRequest()).page.total == 0
    (kept,) = upkeep.alike(SYSTEM, bank, PageRequest(filters=(("state", "decided"),))).page.items
    told = kept.decision
    assert (told.verdict, told.decided_by, told.decided_at) == ("different", reviewer.person_id, clock.now())


def test_only_a_reviewer_decides_and_only_on_items_of_that_bank(upkeep, bank, write, work):
    first, second = write("one", "무엇을 먼저 해야 하나요?"), write("two", "무엇을 먼저 해야 할까요?")
    reader = Actor(new_id(), grants((SEE_BANK,), SCOPE))
    with pytest.raises(Forbidden):
        upkeep.decide(reader, bank, first.id, second.id, "same")
    reviewer = Actor(new_id(), grants((SEE_BANK, REVIEW_ITEM), SCOPE))
    with pytest.raises(NotFound):
        upkeep.decide(reviewer, add_bank(work), first.id, second.id, "same")
    with pytest.raises(NotFound):
        upkeep.decide(reviewer, bank, first.id, first.id, "same")


def test_versions_are_compared_text_by_text(items, bank, write):
    item = write("q", "무엇을 먼저 해야 하나요?")
    assert items.compare(SYSTEM, item.id).changes == ()
    before = content("q", "무엇을 먼저 해야 하나요?")
    items.write(
        SYSTEM, WriteItem(bank, replace(before, stem=Words(ko="무엇을 나중에 해야 하나요?"), tags=("vm",)), item.id)
    )
    found = items.compare(SYSTEM, item.id)
    assert [one.path for one in found.changes] == [("stem", "ko"), ("tags", "1")]
    assert [(one.words, one.kind) for one in found.changes[0].parts if one.kind != "same"] == [
        ("먼저", "gone"),
        ("나중에", "new"),
    ]
    backwards = items.compare(SYSTEM, item.id, found.after.id, found.before.id)
    assert [one.path for one in backwards.changes] == [("stem", "ko"), ("tags", "1")]
    with pytest.raises(NotFound):
        items.compare(SYSTEM, item.id, new_id())
