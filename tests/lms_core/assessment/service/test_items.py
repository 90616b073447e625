from dataclasses import replace

import pytest

from lms_core.assessment.domain.banks import (
    AUTHOR_ITEM,
    REVIEW_ITEM,
    SEE_BANK,
    IdentifierTaken,
    ItemInvalid,
    OpenBank,
    OwnWork,
    RetireItem,
    ReviewItem,
    ReviewOutdated,
    SameItem,
    SlugTaken,
    WriteItem,
)
from lms_core.assessment.domain.exams import Place
from lms_core.assessment.service.banks import BankService
from lms_core.assessment.service.items import ItemService
from lms_core.assessment.service.reviews import ReviewService
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid, NotFound
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope
from lms_core.foundation.text import Titles
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words

EVERYTHING = grants([SEE_BANK, AUTHOR_ITEM, REVIEW_ITEM])
AUTHOR = Actor(new_id(), EVERYTHING)
REVIEWER = Actor(new_id(), EVERYTHING)


def content(name="a", stem="Which one?", right="x", wrong="y") -> ItemContent:
    choices = (Choice("a", Words(en=right), correct=True), Choice("b", Words(en=wrong)))
    return ItemContent(name, "choice", Words(en=stem), ChoiceInteraction(choices))


@pytest.fixture
def banks(work, clock):
    return BankService(work, clock)


@pytest.fixture
def items(work, clock):
    return ItemService(work, clock)


@pytest.fixture
def reviews(work, clock):
    return ReviewService(work, clock)


@pytest.fixture
def bank(banks):
    return banks.open(SYSTEM, OpenBank("academy", Titles("은행", "Bank")))


@pytest.fixture
def item(items, bank):
    return items.write(AUTHOR, WriteItem(bank.id, content()))


def approve(item):
    return ReviewItem(item.id, item.latest_version_id, "approved")


def test_a_new_item_waits_for_review(item, items):
    shown = items.get(AUTHOR, item.id)
    assert (item.state, item.approved_version_id) == ("needs_review", None)
    assert (shown.content, shown.version.number, shown.is_newest) == (content(), 1, True)
    assert "missing-explanation" in {problem.rule for problem in shown.doubts}


def test_editing_makes_a_version_and_leaves_the_old_one_as_it_was(items, bank, item):
    edited = items.write(AUTHOR, WriteItem(bank.id, content(stem="Which two?"), item.id))
    shown = items.get(AUTHOR, item.id, item.latest_version_id)
    assert edited.latest_version_id != item.latest_version_id
    assert (shown.content, shown.is_newest) == (content(), False)


def test_what_was_approved_stays_in_use_until_the_new_version_is(items, reviews, bank, item):
    approved = reviews.review(REVIEWER, approve(item))
    edited = items.write(AUTHOR, WriteItem(bank.id, content(stem="Which two?"), item.id))
    assert (edited.state, edited.approved_version_id) == ("needs_review", approved.latest_version_id)
    again = reviews.review(REVIEWER, approve(edited))
    assert (again.state, again.approved_version_id) == ("approved", edited.latest_version_id)


def test_saving_without_a_change_makes_no_version(items, bank, item):
    same = items.write(AUTHOR, WriteItem(bank.id, content(), item.id))
    assert same.latest_version_id == item.latest_version_id


def test_nobody_approves_their_own_work(items, reviews, item):
    with pytest.raises(OwnWork):
        reviews.review(AUTHOR, approve(item))
    assert items.get(AUTHOR, item.id).item.state == "needs_review"


def test_a_version_that_was_overtaken_cannot_be_approved(items, reviews, bank, item):
    items.write(AUTHOR, WriteItem(bank.id, content(stem="Which two?"), item.id))
    with pytest.raises(ReviewOutdated):
        reviews.review(REVIEWER, approve(item))


def test_returning_needs_a_word_to_the_author(items, reviews, item):
    back = replace(approve(item), verdict="returned")
    with pytest.raises(Invalid):
        reviews.review(REVIEWER, back)
    reviews.review(REVIEWER, replace(back, note="Two choices are right."))
    shown = items.get(AUTHOR, item.id)
    assert (shown.item.state, shown.reviews[0].note) == ("returned", "Two choices are right.")


def test_many_are_approved_at_once_and_the_rest_is_told(items, reviews, bank, item):
    other = items.write(REVIEWER, WriteItem(bank.id, content("b", "Which two?")))
    third = items.write(AUTHOR, WriteItem(bank.id, content("c", "Which three?")))
    chosen = [(one.id, one.latest_version_id) for one in (item, other, third)]

    outcome = reviews.approve(REVIEWER, bank.id, chosen)

    assert outcome.done == 2
    assert [(one.identifier, str(one.reason)) for one in outcome.skipped] == [("b", str(OwnWork.default))]
    assert reviews.approve(REVIEWER, bank.id, chosen[:1]).done == 0


def test_an_item_of_another_bank_is_not_approved_along(items, reviews, banks, item):
    other = banks.open(SYSTEM, OpenBank("other", Titles("다른", "Other")))
    with pytest.raises(NotFound):
        reviews.approve(REVIEWER, other.id, [(item.id, item.latest_version_id)])


def test_a_retired_item_is_asked_no_more(reviews, item):
    reviews.review(REVIEWER, approve(item))
    retired = reviews.retire(REVIEWER, RetireItem(item.id, "The service is gone."))
    assert (retired.state, retired.approved_version_id) == ("retired", None)
    assert retired.retired_why == "The service is gone."


def test_retiring_needs_a_reason_and_a_successor_of_the_same_bank(reviews, item):
    with pytest.raises(Invalid):
        reviews.retire(REVIEWER, RetireItem(item.id, " "))
    for name in ("nowhere", item.identifier):
        with pytest.raises(Invalid) as refused:
            reviews.retire(REVIEWER, RetireItem(item.id, "Outdated", name))
        assert list(refused.value.fields) == ["successor"]


def test_items_are_put_into_domains_and_taken_out(items, reviews, bank, item):
    assert reviews.map(AUTHOR, bank.id, "AI-901", "ai-901.1", [item.id]) == 1
    assert items.get(AUTHOR, item.id).domains == {"AI-901": "ai-901.1"}
    reviews.map(AUTHOR, bank.id, "AI-901", "", [item.id])
    assert items.get(AUTHOR, item.id).domains == {}


def test_a_bank_asks_nothing_twice(items, bank, item):
    with pytest.raises(IdentifierTaken):
        items.write(AUTHOR, WriteItem(bank.id, content(stem="Which two?")))
    with pytest.raises(SameItem, match="a"):
        items.write(AUTHOR, WriteItem(bank.id, content("b", " Which  one?")))


def test_an_unusable_item_is_refused_with_every_reason(items, bank):
    with pytest.raises(ItemInvalid) as refused:
        items.write(AUTHOR, WriteItem(bank.id, content("", " ", "x", "x")))
    assert {reason.code for reason in refused.value.reasons} == {"no-identifier", "empty-stem", "equal-choices"}


def test_lists_search_filter_sort_and_count(banks, items, reviews, bank, item):
    items.write(AUTHOR, WriteItem(bank.id, content("b", "스토리지 계층은 무엇인가요?")))
    reviews.review(REVIEWER, approve(item))

    def names(**request):
        filters = tuple(request.pop("filters", {}).items())
        found = banks.items(AUTHOR, bank.id, PageRequest(filters=filters, **request))
        return [row.item.identifier for row in found.items]

    assert names(sort="-identifier") == ["b", "a"]
    assert names(search="스토리지") == ["b"]
    assert names(filters={"state": "approved"}) == ["a"]
    assert names(filters={"language": "ko"}) == []
    assert banks.get(AUTHOR, bank.id).counts == {"approved": 1, "needs_review": 1}
    assert [listed.total for listed in banks.find(AUTHOR, PageRequest(search="academy")).items] == [2]
    assert len(banks.contents(AUTHOR, bank.id)) == 2


def test_a_bank_of_a_campus_exists_only_for_those_who_may_see_it(banks, items):
    campus = new_id()
    here = Scope("campus", str(campus))
    command = OpenBank("mapo", Titles("마포", "Mapo"), Place(campus_id=campus))
    author = Actor(new_id(), grants([SEE_BANK, AUTHOR_ITEM], here))
    bank = banks.open(author, command)

    elsewhere = Actor(new_id(), grants([SEE_BANK, AUTHOR_ITEM], Scope("campus", str(new_id()))))
    assert banks.find(elsewhere, PageRequest()).total == 0
    assert banks.find(author, PageRequest()).total == 1
    with pytest.raises(NotFound):
        banks.get(elsewhere, bank.id)
    with pytest.raises(NotFound):
        items.write(elsewhere, WriteItem(bank.id, content()))
    with pytest.raises(Forbidden):
        banks.open(author, OpenBank("site", Titles("전체", "Site")))
    with pytest.raises(SlugTaken):
        banks.open(author, command)


def test_a_bank_of_the_whole_site_is_shared_by_instructors_everywhere(banks, items, bank):
    campus = Scope("campus", str(new_id()))
    instructor = Actor(new_id(), grants([SEE_BANK, AUTHOR_ITEM], campus))

    assert banks.find(instructor, PageRequest()).total == 1
    assert items.write(instructor, WriteItem(bank.id, content())).state == "needs_review"
    assert banks.find(Actor(new_id()), PageRequest()).total == 0
