"""Regrades: a question is ruled on after it was asked, which is shown beforehand, carried through and recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final, Literal
from uuid import UUID

from lms_core.assessment.domain.banks import headline_in
from lms_core.assessment.domain.scoring import SlotKey
from lms_core.foundation.errors import Conflict, Invalid
from lms_core.foundation.events import Event
from lms_core.foundation.text import text
from lms_core.hooks.item_types import Ids, ItemType, Showing
from lms_core.hooks.items import ItemContent

REGRADE: Final = "assessment.regrade_exams"
Effect = Literal["drop", "give", "correct", "count"]
EFFECTS: Final[tuple[Effect, ...]] = ("drop", "give", "correct", "count")
LONGEST_REASON: Final = 300
KINDS: Final = ("all", "changed", "passes", "fails")
"""The lists of what changes: all of it, other scores, and who crosses the line which way."""

PREVIEWING: Final = "previewing"
PREVIEWED: Final = "previewed"
APPLYING: Final = "applying"
DONE: Final = "done"
DISCARDED: Final = "discarded"
IN_FORCE: Final = (APPLYING, DONE)


class AsksOtherwise(Invalid):
    """The newer version is another question, not another key."""

    code = "asks-otherwise"
    default = text(
        "The newer version asks something else than was asked: only its key and its scoring may differ. "
        "Take the question out of the score or give everybody its points instead."
    )


class PreviewOutdated(Conflict):
    """What the preview showed holds no longer, or it is not complete."""

    code = "preview-outdated"
    default = text("This cannot be applied: it is still being worked out, or another regrade came first. Preview anew.")


class RegradeRuns(Conflict):
    """Another regrade of the exam is being carried through."""

    code = "regrade-runs"
    default = text("Another regrade of this exam is being applied. Begin when it is done.")


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds of a question from now on. ``part`` is the question within a case, 0 outside of one.

    drop      it counts for nobody
    give      everybody has its points
    correct   answers are scored by the key of ``corrected_by``, a newer version of the item
    count     a pilot question counts after all, and one that was dropped or given counts again as answered
    """

    version_id: UUID
    part: int
    effect: Effect
    corrected_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class ProposeRegrade:
    """Work out what a ruling on a question of an exam would change. ``reason`` is read by those whom it reaches."""

    exam_id: UUID
    ruling: Ruling
    reason: str


@dataclass(frozen=True, slots=True)
class Tally:
    """What was found so far: attempts looked at, scores that change, and who crosses the line which way."""

    seen: int = 0
    changed: int = 0
    passes: int = 0
    fails: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        fails = self.fails + other.fails
        return Tally(self.seen + other.seen, self.changed + other.changed, self.passes + other.passes, fails)


@dataclass(frozen=True, slots=True)
class Regrade:
    """A ruling on its way: previewed, applied in rounds, done. ``total`` counts the attempts that were asked it.

    ``cursor`` is the last attempt that was looked at in this state; ``previewed`` what the preview had found.
    """

    id: UUID
    exam_id: UUID
    number: int
    ruling: Ruling
    reason: str
    state: str
    total: int
    tally: Tally
    cursor: UUID | None
    proposed_by: UUID | None
    proposed_at: datetime
    previewed: Tally | None = None
    approved_by: UUID | None = None
    approved_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def runs(self) -> bool:
        """Whether it is being worked on."""
        return self.state in {PREVIEWING, APPLYING}


@dataclass(frozen=True, slots=True)
class Change:
    """What a regrade does to one attempt: the score before and after, on the attempt's scale.

    ``revision`` is that of the new result, None while it is a preview.
    """

    attempt_id: UUID
    slots: tuple[int, ...]
    before: float
    after: float
    passed_before: bool | None
    passed_after: bool | None
    revision: int | None = None
    person_id: UUID | None = None

    @property
    def tally(self) -> Tally:
        """What it adds to the figures."""
        crosses = self.passed_before is not None and self.passed_before != self.passed_after
        passes, fails = crosses and bool(self.passed_after), crosses and not self.passed_after
        return Tally(1, int(self.before != self.after), int(passes), int(fails))


@dataclass(frozen=True, slots=True)
class Told:
    """A change as its report tells it: what was ruled, why and when."""

    change: Change
    effect: Effect
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that an exam asked, in one version of its item; ``number`` is the version's."""

    version_id: UUID
    part: int
    item_id: UUID
    identifier: str
    number: int
    stem: str
    languages: str

    def question(self, language: str) -> str:
        """What it asks in one line, in ``language`` if it is written in it."""
        return headline_in(self.stem, self.languages, language)


@dataclass(frozen=True, slots=True)
class RegradeProposed(Event):
    """Somebody wants to know what a ruling would change."""

    name: ClassVar[str] = "assessment.regrade_proposed"

    regrade_id: UUID
    exam_id: UUID


@dataclass(frozen=True, slots=True)
class RegradeApproved(Event):
    """A ruling holds from now on; results follow it."""

    name: ClassVar[str] = "assessment.regrade_approved"

    regrade_id: UUID
    exam_id: UUID


@dataclass(frozen=True, slots=True)
class Correction:
    """The question whose key is taken, the ids of the form by its names, and its type."""

    asked: ItemContent
    corrected: ItemContent
    ids: Ids
    kind: ItemType


def ruled(key: SlotKey, ruling: Ruling, correction: Correction | None = None) -> SlotKey:
    """``key`` under a ruling, which takes the place of an earlier one; a corrected key stays corrected."""
    if ruling.effect == "drop":
        return replace(key, scored=False, given=False, ruling="drop")
    if correction is None:
        return replace(key, scored=True, given=ruling.effect == "give", ruling=ruling.effect)
    # What an exam decided for a type goes on, unless the correction is one of the scoring itself.
    same = correction.asked.scoring == correction.corrected.scoring
    return replace(
        key,
        key=correction.kind.key(correction.corrected, correction.ids),
        scoring=key.scoring if same else correction.corrected.scoring,
        given=False,
        ruling="correct",
        corrected_by=str(ruling.corrected_by),
    )


def require_same_question(kind: ItemType, asked: ItemContent, corrected: ItemContent) -> None:
    """Raise AsksOtherwise unless both show the same to candidates, in every language."""
    if _shown(kind, asked) != _shown(kind, corrected):
        raise AsksOtherwise


def _shown(kind: ItemType, content: ItemContent) -> Sequence[Mapping[str, object]]:
    ids = {name: name for name in kind.arrange(content, None)}
    languages = content.languages
    stems = {language: content.stem.in_(language) for language in languages}
    return [{"type": content.type}, stems, *(kind.present(content, Showing(one, ids, str)) for one in languages)]
