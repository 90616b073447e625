"""Adaptive practice asks what tells most, keeps the shares of the domains, and lets worn items rest."""

from collections import Counter
from random import Random

import pytest

from lms_core.assessment.domain.measurement.adaptive import Exposure, Practice, is_over, next_item, next_step
from lms_core.assessment.domain.measurement.posterior import Answer, Item, Posterior

POOL = [Item(f"i{at}", 1.0 + at % 3 / 4, (at % 41 - 20) / 8, "abc"[at % 3]) for at in range(120)]
FRESH = Exposure(0, {})
SHARES = Practice({"a": 0.5, "b": 0.3, "c": 0.2}, longest=20)


def session(ability: float, practice: Practice = SHARES, exposure: Exposure = FRESH, seed: int = 1) -> list[Answer]:
    chance, answers = Random(seed), list[Answer]()
    while not is_over(answers, practice):
        item = next_item(POOL, answers, practice, exposure, chance)
        assert item is not None
        answers.append(Answer(item, chance.random() < item.probability(ability)))
    return answers


def test_no_item_is_asked_twice_and_the_shares_are_kept() -> None:
    asked = [one.item for one in session(0.5, Practice(SHARES.shares, longest=20, error=0.0))]
    assert len({one.name for one in asked}) == 20
    assert Counter(one.domain for one in asked) == {"a": 10, "b": 6, "c": 4}


def test_stronger_people_are_asked_harder_items() -> None:
    weak, strong = (sum(one.item.difficulty for one in session(able)[5:]) for able in (-1.5, 1.5))
    assert strong > weak + 10


def test_it_ends_when_the_ability_is_known_well_enough() -> None:
    answers = session(0.0, Practice(SHARES.shares, longest=60, error=0.45))
    assert Posterior.of(answers).error <= 0.45
    assert Posterior.of(answers[:-1]).error > 0.45


def test_items_over_their_cap_rest_while_there_are_others() -> None:
    worn = Exposure(100, {f"i{at}": 90 for at in range(0, 120, 2)})
    assert all(int(one.item.name[1:]) % 2 for one in session(0.0, exposure=worn))


def test_the_cap_yields_when_nothing_else_is_left() -> None:
    worn = Exposure(10, {one.name: 10 for one in POOL})
    assert next_item(POOL, [], SHARES, worn, Random(1)) is not None


def test_a_pool_that_is_used_up_has_no_next_item() -> None:
    assert next_item(POOL[:1], [Answer(POOL[0], right=True)], SHARES, FRESH, Random(1)) is None


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_seed_asks_the_same_items(seed: int) -> None:
    assert session(0.3, seed=seed) == session(0.3, seed=seed)


def test_a_step_asks_nothing_again_and_keeps_its_own_shares() -> None:
    before = [Answer(one, right=True) for one in POOL[:60] if one.domain == "a"]
    step = next_step(POOL, before, Practice(SHARES.shares, longest=10), FRESH, Random(1))
    assert not {one.name for one in step} & {one.item.name for one in before}
    assert Counter(one.domain for one in step) == {"a": 5, "b": 3, "c": 2}


def test_a_step_is_as_hard_as_the_person_is_able() -> None:
    right, wrong = ([Answer(one, right) for one in POOL[:20]] for right in (True, False))
    hard, easy = (next_step(POOL, one, SHARES, FRESH, Random(1)) for one in (right, wrong))
    assert sum(one.difficulty for one in hard) > sum(one.difficulty for one in easy) + 10


def test_a_step_is_shorter_where_the_pool_ends_and_the_same_for_the_same_seed() -> None:
    assert len(next_step(POOL[:7], [], SHARES, FRESH, Random(1))) == 7
    assert next_step(POOL, [], SHARES, FRESH, Random(3)) == next_step(POOL, [], SHARES, FRESH, Random(3))


def test_steps_of_five_tell_nearly_as_much_as_one_at_a_time() -> None:
    stepped, single = [], []
    for seed in range(20):
        chance, answers = Random(seed), list[Answer]()
        while len(answers) < 15:
            step = next_step(POOL, answers, Practice(SHARES.shares, longest=5), FRESH, chance)
            answers += [Answer(item, chance.random() < item.probability(1.0)) for item in step]
        stepped.append(Posterior.of(answers).error)
        single.append(Posterior.of(session(1.0, Practice(SHARES.shares, longest=15, error=0.0), seed=seed)).error)
    assert sum(stepped) < 1.1 * sum(single)
