"""The pages on which a bank is kept sound: both languages, small and large screens, by axe."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import expect

from lms_core.assessment.domain.banks import WriteItem
from lms_core.assessment.service import ItemService
from lms_core.foundation.actors import SYSTEM
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent, Reference
from lms_core.hooks.words import Words
from tests.support.browser import Camera, Served, Visits, overflows, problems
from tests.support.clock import BEGINNING
from tests.support.exams import add_bank

pytestmark = pytest.mark.slow
ASKED = Words(
    ko="운영 중인 가상 머신의 크기를 더 큰 것으로 바꾸려는 관리자는 이 작업을 시작하기에 앞서 무엇을 먼저 해야 하나요?",
    en="An administrator gives a running virtual machine a larger size. What has to be done before anything else?",
)
CHOICES = (
    Choice("a", Words(ko="할당을 해제합니다.", en="Deallocate it."), correct=True),
    Choice("b", Words(ko="이름을 바꿉니다.", en="Rename it.")),
)
WORDS = {
    "ko": ("같은 것을 묻습니다", "다시 읽을 날", "바뀐 곳"),
    "en": ("They ask the same", "To be read again on", "What changed"),
}


@pytest.fixture
def pages(served: Served) -> tuple[UUID, UUID]:
    """A bank, and an item of it that has two versions and a twin."""
    bank_id, items = add_bank(served.site.house.work), served.site.provide(ItemService)
    day = BEGINNING.date()
    read = Reference(
        "https://example.org/resize", "가상 머신 크기 조정", day - timedelta(days=300), day + timedelta(days=9)
    )
    gone = Reference("https://example.org/sizes", "Sizes", day - timedelta(days=400), day - timedelta(days=2))
    one = ItemContent("vm-1", "choice", ASKED, ChoiceInteraction(CHOICES), references=(read, gone))
    item_id: UUID = items.write(SYSTEM, WriteItem(bank_id, one)).id
    stem = Words(ko=ASKED["ko"].replace("먼저", "나중에"), en=ASKED["en"].replace("larger", "smaller"))
    items.write(SYSTEM, WriteItem(bank_id, replace(one, stem=stem, tags=("vm",)), item_id))
    items.write(SYSTEM, WriteItem(bank_id, replace(one, identifier="vm-2", references=(read,))))
    return bank_id, item_id


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_bank_is_looked_over_and_a_pair_is_decided_on(
    served: Served, visit: Visits, camera: Camera, pages: tuple[UUID, UUID], language: str, width: int
) -> None:
    bank_id, item_id = pages
    same, again, changed = WORDS[language]
    page = visit(served.site.administrator(), language, f"/assessment/banks/{bank_id}/references", width=width)
    for name, path, words in (
        ("references", f"/banks/{bank_id}/references", again),
        ("changes", f"/items/{item_id}/changes", changed),
        ("alike", f"/banks/{bank_id}/alike", same),
    ):
        page.goto(f"{served.address}/assessment{path}")
        expect(page.get_by_role("main").get_by_text(words).first).to_be_attached()
        assert problems(page) == [], name
        assert not overflows(page), name
        camera.take(page, f"upkeep-{name}-{language}-{width}", whole=True)
    page.get_by_role("button", name=same).click()
    expect(page.get_by_role("button", name=same)).to_have_count(0)
