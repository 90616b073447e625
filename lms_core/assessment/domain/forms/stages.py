"""The way through a form: its sections, and the stages between which nobody goes back.

A stage is what is open together. What was left stays left, and what lies ahead is neither seen nor answered: an
attempt stands in one stage, whose range of slots is all that a save looks at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from lms_core.assessment.domain.forms.placing import Placed, PlacedGroup
from lms_core.assessment.domain.specifications import ExamSection
from lms_core.hooks.assessment import CandidateItem, FormSelection


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section on a form: the slots from ``first`` to ``last``. ``number`` counts the exam's sections from 1."""

    number: int
    first: int
    last: int
    returns: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """Slots that are open together."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A form without its questions: how many there are, and how they hang together."""

    slots: int
    sections: tuple[PlacedSection, ...] = ()
    groups: tuple[PlacedGroup, ...] = ()

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages in their order: they cover every slot once."""
        starts = [1, *(slot for slot in range(2, self.slots + 1) if self._parts(slot))]
        ends = [*(start - 1 for start in starts[1:]), self.slots]
        return tuple(Stage(first, last) for first, last in zip(starts, ends, strict=True))

    def stage_of(self, slot: int) -> Stage:
        """The stage that ``slot`` lies in. Raises ValueError for a slot that the form does not have."""
        for stage in self.stages:
            if stage.first <= slot <= stage.last:
                return stage
        raise ValueError(slot)

    def _parts(self, slot: int) -> bool:
        """Whether nobody goes back from ``slot`` to the one before it."""
        locks = any(section.last == slot - 1 and not section.returns for section in self.sections)
        series = (group for group in self.groups if not group.returns)
        return locks or any(group.first <= slot <= group.last + 1 for group in series)


def in_sections(
    selection: FormSelection, candidates: Sequence[CandidateItem], sections: Sequence[ExamSection]
) -> FormSelection:
    """The same items, section by section; in each they keep their order."""
    if not sections:
        return selection
    numbers = {one.version_id: section_of(one.domain, one.type, sections) for one in candidates}
    return FormSelection(tuple(sorted(selection.version_ids, key=lambda version_id: numbers[version_id])))


def sections_of(
    placed: Sequence[Placed], kinds: Mapping[UUID, str], sections: Sequence[ExamSection]
) -> tuple[PlacedSection, ...]:
    """The sections of a form in their order; one that got no item is left out. ``kinds``: item types by version."""
    if not sections:
        return ()
    found = []
    for number, members in groupby(placed, key=lambda one: section_of(one.domain, kinds[one.version_id], sections)):
        slots = [one.slot for one in members]
        found.append(PlacedSection(number, slots[0], slots[-1], sections[number - 1].returns))
    return tuple(found)


def section_of(domain: str, kind: str, sections: Sequence[ExamSection]) -> int:
    """The number of the first section that asks for such an item; what none asks for stands in the last one."""
    asking = (number for number, section in enumerate(sections, start=1) if section.takes(domain, kind))
    return next(asking, len(sections))
