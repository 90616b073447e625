"""Forms: which item versions in which order, drawn so that the specification is met, or refused with what binds."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from lms_core.assessment.domain.items import choices_of
from lms_core.foundation.errors import Refusal, Refused
from lms_core.foundation.text import text
from lms_core.hooks.assessment import CandidateItem, FormSelection
from lms_core.hooks.items import ChoiceInteraction, ItemContent


class SpecificationUnmet(Refused):
    """No form can meet the specification; ``reasons`` names each constraint that binds and the items missing."""

    code = "specification-unmet"
    default = text("The banks do not hold what this exam asks for.")


@dataclass(frozen=True, slots=True)
class Placed:
    """One slot of a form: the item version, its domain, and its choices in order as (random id, author's id)."""

    slot: int
    version_id: UUID
    item_id: UUID
    domain: str
    choices: tuple[tuple[str, str], ...]


def assemble(candidates: Sequence[CandidateItem], quotas: Mapping[str, int], seed: int) -> FormSelection:
    """Draw a form: those the person has seen least, then those shown least, then by lot.

    The same arguments give the same form. Raises SpecificationUnmet.
    """
    refuse_shortages(candidates, quotas)
    lot = Random(seed)  # noqa: S311 a draw has to be replayable; nothing secret hangs on it
    by_domain: dict[str, list[CandidateItem]] = {domain: [] for domain in quotas}
    for candidate in sorted(candidates, key=lambda one: one.version_id):
        if candidate.domain in by_domain:
            by_domain[candidate.domain].append(candidate)
    drawn: list[UUID] = []
    for domain, wanted in quotas.items():
        lot.shuffle(by_domain[domain])
        ranked = sorted(by_domain[domain], key=lambda one: (one.seen_by_person, one.exposures))
        drawn += [one.version_id for one in ranked[:wanted]]
    lot.shuffle(drawn)
    return FormSelection(tuple(drawn))


def refuse_shortages(candidates: Sequence[CandidateItem], quotas: Mapping[str, int]) -> None:
    """Raise SpecificationUnmet with every domain that has too few items."""
    there = Counter(candidate.domain for candidate in candidates)
    reasons = tuple(
        Refusal(
            "domain-short",
            text(
                "The domain “%(domain)s” needs %(wanted)s items and has %(there)s: %(missing)s are missing.",
                domain=domain,
                wanted=wanted,
                there=there[domain],
                missing=wanted - there[domain],
            ),
        )
        for domain, wanted in quotas.items()
        if there[domain] < wanted
    )
    if reasons:
        raise SpecificationUnmet(reasons=reasons)


def meets(selection: FormSelection, candidates: Sequence[CandidateItem], quotas: Mapping[str, int]) -> bool:
    """Whether ``selection`` draws candidates only, each item once, and exactly as many of each domain as wanted."""
    known = {candidate.version_id: candidate for candidate in candidates}
    if any(version_id not in known for version_id in selection.version_ids):
        return False
    drawn = [known[version_id] for version_id in selection.version_ids]
    counts = Counter(candidate.domain for candidate in drawn)
    wanted = {domain: count for domain, count in quotas.items() if count}
    return counts == wanted and len({candidate.item_id for candidate in drawn}) == len(drawn)


def place(
    selection: FormSelection,
    candidates: Sequence[CandidateItem],
    contents: Mapping[UUID, ItemContent],
    seed: int,
    new_choice_id: Callable[[], str],
    *,
    shuffle: bool,
) -> tuple[Placed, ...]:
    """The slots of a form. Choice ids are new for every form: one that sorts by authoring order tells the key."""
    known = {candidate.version_id: candidate for candidate in candidates}
    lot = Random(seed)  # noqa: S311 the order of choices has to be replayable
    return tuple(
        Placed(
            slot,
            version_id,
            known[version_id].item_id,
            known[version_id].domain,
            tuple(
                (new_choice_id(), identifier)
                for identifier in order_choices(contents[version_id], lot, shuffle=shuffle)
            ),
        )
        for slot, version_id in enumerate(selection.version_ids, start=1)
    )


def order_choices(content: ItemContent, lot: Random, *, shuffle: bool) -> tuple[str, ...]:
    """The authors' choice ids in the order shown: shuffled, with pinned ones ("all of the above") last."""
    choices = choices_of(content)
    if not shuffle or not (isinstance(content.interaction, ChoiceInteraction) and content.interaction.shuffle):
        return tuple(choice.identifier for choice in choices)
    free = [choice.identifier for choice in choices if not choice.pinned]
    lot.shuffle(free)
    return (*free, *(choice.identifier for choice in choices if choice.pinned))
