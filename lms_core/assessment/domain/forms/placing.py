"""Placing items on a form: a slot for each question, and for each part that can be named in an answer a random id."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from random import Random
from uuid import UUID

from lms_core.hooks.assessment import CandidateItem, FormSelection
from lms_core.hooks.item_types import GroupType, Ids, ItemType
from lms_core.hooks.items import GroupInteraction, ItemContent

Types = Mapping[str, ItemType | GroupType]
"""The registered types by name."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One slot of a form: the item version, its domain, and its parts in order as (random id, author's name).

    The questions of a case stand in slots of their own, one after another: ``part`` counts them from 1, and ``group``
    is the id of the case on this form. A question that stands alone has part 0 and no group.
    """

    slot: int
    version_id: UUID
    item_id: UUID
    domain: str
    choices: tuple[tuple[str, str], ...]
    part: int = 0
    group: str = ""

    @property
    def ids(self) -> Ids:
        """The random ids by the author's names, in the order shown."""
        return {name: chosen for chosen, name in self.choices}


@dataclass(frozen=True, slots=True)
class PlacedGroup:
    """A case on a form: its slots from ``first`` to ``last``. ``returns`` False: what was left stays left."""

    id: str
    type: str
    version_id: UUID
    first: int
    last: int
    returns: bool


def question_of(content: ItemContent, part: int) -> ItemContent:
    """The question that a slot asks: the item itself, or one of its case."""
    if part and isinstance(content.interaction, GroupInteraction):
        return content.interaction.items[part - 1]
    return content


def questions_of(content: ItemContent) -> Sequence[ItemContent]:
    """What is asked: the questions of a case, or the item itself."""
    return content.interaction.items if isinstance(content.interaction, GroupInteraction) else (content,)


def place(
    selection: FormSelection,
    candidates: Sequence[CandidateItem],
    contents: Mapping[UUID, ItemContent],
    types: Types,
    seed: int,
    new_id: Callable[[], str],
    *,
    shuffle: bool,
) -> tuple[Placed, ...]:
    """The slots of a form. Ids are new for every form: one that sorts by authoring order tells the key."""
    known = {candidate.version_id: candidate for candidate in candidates}
    lot = Random(seed)  # noqa: S311 the order of parts has to be replayable
    slots: list[Placed] = []
    for version_id in selection.version_ids:
        candidate, content = known[version_id], contents[version_id]
        group = new_id() if isinstance(content.interaction, GroupInteraction) else ""
        for part, question in enumerate(questions_of(content), start=1 if group else 0):
            kind = types[question.type]
            if not isinstance(kind, ItemType):
                raise TypeError(f"a case cannot stand inside another case: {content.identifier}")
            names = kind.arrange(question, lot if shuffle else None)
            parts = tuple((new_id(), name) for name in names)
            slots.append(Placed(len(slots) + 1, version_id, candidate.item_id, candidate.domain, parts, part, group))
    return tuple(slots)


def groups_of(placed: Sequence[Placed], contents: Mapping[UUID, ItemContent], types: Types) -> tuple[PlacedGroup, ...]:
    """The cases of a form in their order."""
    found = []
    for group, members in groupby(placed, key=lambda one: one.group):
        slots = list(members)
        if group:
            version_id = slots[0].version_id
            name = contents[version_id].type
            kind = types[name]
            returns = kind.returns if isinstance(kind, GroupType) else True
            found.append(PlacedGroup(group, name, version_id, slots[0].slot, slots[-1].slot, returns))
    return tuple(found)
