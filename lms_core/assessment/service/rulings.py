"""Keys in force: those that a form was drawn with, under what was ruled on its questions since."""

from collections.abc import Collection, Mapping, Sequence
from typing import cast
from uuid import UUID

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.domain.forms import question_of
from lms_core.assessment.domain.regrades import Correction, Ruling, ruled
from lms_core.assessment.domain.scoring import SlotKey
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.repository.regrades import Regrades
from lms_core.assessment.repository.rulings import RuledKeys, RuledSlot
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.item_types import ItemType
from lms_core.hooks.items import ItemContent

Types = Mapping[str, ItemType]
Contents = Mapping[UUID, ItemContent]


def keys_in_force(
    uow: UnitOfWork, types: Types, exam: Exam, form_ids: Collection[UUID], proposed: Sequence[Ruling] = ()
) -> Mapping[UUID, tuple[SlotKey, ...]]:
    """The keys of forms of ``exam``, by form: one statement, unless something was ruled on or is ``proposed``.

    Raises NotFound, KeyError where a corrected question is of a type whose plugin is off.
    """
    drawn, was_ruled = RuledKeys(uow).keys(form_ids)
    rulings = [*(Regrades(uow).in_force(exam.id) if was_ruled else ()), *proposed]
    if not rulings:
        return drawn
    placed = RuledKeys(uow).placed(form_ids, {one.version_id for one in rulings})
    slots = {(one.form_id, one.slot): one for one in placed}
    contents = Candidates(uow).contents(_named(rulings))
    return {
        form_id: tuple(_in_force(key, slots.get((form_id, key.slot)), rulings, contents, types) for key in keys)
        for form_id, keys in drawn.items()
    }


def _named(rulings: Sequence[Ruling]) -> set[UUID]:
    """The versions whose words are needed: those that correct, and what they correct."""
    return {named for one in rulings if one.corrected_by for named in (one.version_id, one.corrected_by)}


def _in_force(
    key: SlotKey, slot: RuledSlot | None, rulings: Sequence[Ruling], contents: Contents, types: Types
) -> SlotKey:
    for one in rulings:
        if slot is not None and (one.version_id, one.part) == (slot.version_id, slot.part):
            key = ruled(key, one, _correction(one, slot, contents, types[key.type]) if one.corrected_by else None)
    return key


def _correction(ruling: Ruling, slot: RuledSlot, contents: Contents, kind: ItemType) -> Correction:
    asked = question_of(contents[ruling.version_id], ruling.part)
    corrected = question_of(contents[cast("UUID", ruling.corrected_by)], ruling.part)
    return Correction(asked, corrected, slot.ids, kind)
