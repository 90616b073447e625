"""What plugins say about items: types of their own, cases, and by which rule a vendor's items are scored."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson
import pytest

from lms_core.assessment.domain.exams import DraftExam
from lms_core.assessment.domain.forms import SpecificationUnmet
from lms_core.assessment.domain.interactions import CORE_TYPES
from lms_core.assessment.domain.interactions.choices import CHOICE
from lms_core.assessment.domain.specifications import Quota
from lms_core.assessment.service import payloads
from lms_core.foundation.text import Titles, text
from lms_core.hooks import hookimpl
from lms_core.hooks.item_types import GroupType, ItemScoring, ItemType, ScoringRequest
from lms_core.hooks.items import GroupInteraction, ItemContent
from lms_core.hooks.words import Words
from tests.support.exams import AUTHOR, Room, add_bank, add_item, lines, open_room, question

WHOLE = ItemScoring("all-or-nothing", Titles("우리가 정한 방식", "Our own choice"))
CASE = ItemContent("case", "case-study", Words(ko="사례", en="Case"), GroupInteraction((), (question(1), question(2))))


class Vendor:
    """Scores everything of XY-1 as a whole."""

    def __init__(self) -> None:
        self.asked: list[ScoringRequest] = []

    @hookimpl
    def lms_choose_item_scoring(self, request: ScoringRequest) -> ItemScoring | None:
        self.asked.append(request)
        return WHOLE if request.certification == "XY-1" else None


class Broken:
    """Fails whenever it is asked."""

    @hookimpl
    def lms_choose_item_scoring(self, request: ScoringRequest) -> ItemScoring | None:
        raise LookupError(request.type)


class Cases:
    """Brings cases, and a type that has the name of one of the core's."""

    @hookimpl
    def lms_register_item_types(self) -> Sequence[ItemType | GroupType]:
        return [GroupType("case-study", text("Case study")), replace(CHOICE, title=text("Not the core's"))]


def solved(room: Room) -> list[dict[str, Any]]:
    """What a report says of an attempt at a new exam of which nothing was answered."""
    actor = room.trainee()
    sitting = room.start(actor, room.published())
    room.submissions.submit(actor, sitting.attempt.id)
    found: list[dict[str, Any]] = orjson.loads(payloads.solved(room.results.report(actor, sitting.attempt.id, "en")))
    return found


def test_a_vendors_rule_is_frozen_with_the_form_and_told_in_the_report(work, clock) -> None:
    vendor = Vendor()
    told = solved(open_room(work, clock, vendor=vendor))

    assert {(one["scoring"], one["scoring_label"]) for one in told} == {("all-or-nothing", "Our own choice")}
    assert {one["possible"] for one in told} == {1}
    assert {one.type for one in vendor.asked} <= {"choice", "multiple-response"}


def test_a_chooser_that_fails_leaves_items_their_own_rule(work, clock) -> None:
    told = solved(open_room(work, clock, broken=Broken()))
    rules = {one["type"]: (one["scoring"], one["scoring_label"]) for one in told}

    assert rules["choice"] == ("all-or-nothing", "")
    assert rules.get("multiple-response", ("partial", "")) == ("partial", "")


def case_exam(room: Room) -> Any:
    """An exam of a bank that holds one case."""
    bank_id = add_bank(room.work)
    add_item(room.work, bank_id, CASE)
    asked = room.specification(bank_ids=(bank_id,), quotas=(Quota("", 1, Titles("전체", "All")),), forms=1)
    drafted = room.exams.draft(AUTHOR, DraftExam(Titles("사례", "Case"), asked))
    return room.exams.publish(AUTHOR, drafted.id)


def test_cases_are_asked_where_a_plugin_brings_them_and_nowhere_else(work, clock) -> None:
    with pytest.raises(SpecificationUnmet):
        case_exam(open_room(work, clock))


def test_a_case_gives_a_slot_to_each_of_its_questions(work, clock) -> None:
    room = open_room(work, clock, cases=Cases())
    sitting = room.start(room.trainee(), case_exam(room))
    (group,) = orjson.loads(payloads.groups(sitting.paper))
    asked = orjson.loads(payloads.questions(sitting))

    assert [(one["slot"], one["group"]) for one in asked] == [(1, group["id"]), (2, group["id"])]
    assert (group["from"], group["to"], sitting.attempt.last_slot) == (1, 2, 2)
    assert lines(sitting.paper.partition(b"\n\n")[0]) == asked


def test_of_two_types_with_one_name_the_cores_stays(work, clock) -> None:
    room = open_room(work, clock, cases=Cases())
    found = {one.name: one for one in room.hooks.item_types(frozenset())}

    assert found["choice"] is CHOICE
    assert found.keys() == {one.name for one in CORE_TYPES} | {"case-study"}
