"""A run over what people answered: groups for whom an item is harder are found where forms differ."""

from math import exp
from random import Random
from uuid import UUID

from lms_core.assessment.domain.measurement.bank_run import run
from lms_core.assessment.domain.measurement.runs import ABILITIES, information
from lms_core.assessment.domain.measurement.sittings import Asked
from lms_core.foundation.identity import new_id

ITEMS: list[Asked] = [(new_id(), 0) for _ in range(12)]


def answered(people: list[UUID], against: frozenset[UUID]) -> dict[UUID, dict[Asked, float]]:
    """Each is given nine of twelve items; the first is much harder for those ``against`` whom it works."""
    lot, found = Random(3), {}
    for person in people:
        ability = lot.gauss(0, 1)
        given = [ITEMS[0], *lot.sample(ITEMS[1:], 8)]
        found[person] = {
            item: float(
                lot.random() < 1 / (1 + exp(-(ability - (2.0 if item == ITEMS[0] and person in against else 0))))
            )
            for item in given
        }
    return found


def test_an_item_that_is_harder_for_one_language_is_found_and_the_others_are_not() -> None:
    people = [new_id() for _ in range(400)]
    english = frozenset(people[::2])
    korean = frozenset(people) - english | {new_id()}
    found = run(answered(people, english), "rasch", {("language", "en"): english, ("language", "ko"): korean})
    by_item = {one.item: one for one in found.items}
    (first,) = by_item[ITEMS[0]].groups
    assert (first.size, first.group) == ("C", "en")
    assert first.delta < 0
    assert sum(one.groups[0].size == "C" for one in found.items[1:] if one.groups) <= 1
    assert found.calibrated == 12
    assert found.abilities is not None
    assert sum(found.abilities.counts) == 400
    assert len(information(found.items)) == len(ABILITIES)


def test_nobody_to_measure_by_leaves_every_item_with_a_reason() -> None:
    people = [new_id() for _ in range(3)]
    found = run(answered(people, frozenset()), "2pl", {})
    assert found.calibrated == 0
    assert found.abilities is None
    assert all(one.reason for one in found.items)
