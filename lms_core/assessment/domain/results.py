"""A result: a frozen record of what an attempt earned, by which rule; a regrade adds another, and changes none."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lms_core.assessment.domain.scoring import RULE, RULE_VERSION, SectionScore, SlotScore
from lms_core.foundation.errors import Conflict
from lms_core.foundation.text import Text, text
from lms_core.hooks.assessment import RawScore, ScaledScore
from lms_core.hooks.item_types import Component

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class NotSubmitted(Conflict):
    """There is no result before an attempt is handed in."""

    code = "not-submitted"
    default = text("This attempt is still open. Its result comes when it is handed in.")


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt earned. ``revision`` counts from 1; the highest one counts."""

    attempt_id: UUID
    revision: int
    points: float
    possible: float
    scaled: ScaledScore
    sections: tuple[SectionScore, ...]
    slots: tuple[SlotScore, ...]
    graded_at: datetime
    rule: str = RULE
    rule_version: str = RULE_VERSION

    @property
    def waits(self) -> bool:
        """Whether some answer still needs a person: what it earned is not known as a whole."""
        return any(slot.waits for slot in self.slots)

    def to_json(self) -> dict[str, Any]:
        """Score, sections and slots as plain JSON, as the result's row keeps them."""
        label = {"msgid": self.scaled.label.msgid, "values": dict(self.scaled.label.values)}
        return {
            "scaled": {**_plain(self.scaled), "label": label},
            "sections": [_plain(section) for section in self.sections],
            "slots": [{**_plain(slot), "components": list(map(_plain, slot.components))} for slot in self.slots],
        }


def _plain(thing: "DataclassInstance") -> dict[str, Any]:
    """Its fields, as they are: `asdict` copies each of them deeply, which takes longer than grading does."""
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


def result_of(
    attempt_id: UUID,
    raw: RawScore,
    scaled: ScaledScore,
    sections: tuple[SectionScore, ...],
    slots: tuple[SlotScore, ...],
    graded_at: datetime,
) -> Result:
    """The first result of an attempt."""
    return Result(attempt_id, 1, raw.points, raw.possible, scaled, sections, slots, graded_at)


def scaled_from_json(written: Mapping[str, Any]) -> ScaledScore:
    """The scaled score that ``to_json`` wrote."""
    label = Text(written["label"]["msgid"], written["label"]["values"])
    return ScaledScore(**{**written, "label": label})


def slot_from_json(written: Mapping[str, Any]) -> SlotScore:
    """The score of a slot that ``to_json`` wrote; one of before there were components has none."""
    components = tuple(Component(**each) for each in written.get("components", ()))
    return SlotScore(**{**written, "components": components})
