"""Forms with difficulties in turn."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cert_prep.domain.forms import balanced
from lms_core.foundation.identity import new_id
from lms_core.hooks.assessment import CandidateItem, FormRequest

DOMAINS = ("a.1", "a.2")


def item(domain: str, difficulty: str, seen: int = 0, exposures: int = 0) -> CandidateItem:
    return CandidateItem(new_id(), new_id(), domain, difficulty, exposures, seen)


def request(seed: int = 1, **quotas: int) -> FormRequest:
    return FormRequest(new_id(), None, {name.replace("_", "."): count for name, count in quotas.items()}, seed)


difficulties = st.sampled_from(["easy", "medium", "hard", ""])
pools = st.lists(
    st.builds(item, st.sampled_from(DOMAINS), difficulties, st.integers(0, 3), st.integers(0, 9)), max_size=40
)


@given(pools, st.integers(0, 8), st.integers(0, 8), st.integers())
def test_a_selection_meets_every_quota_without_repeating_or_is_left_to_the_core(pool, first, second, seed) -> None:
    wanted = {"a.1": first, "a.2": second}
    found = balanced(FormRequest(new_id(), None, wanted, seed), pool)
    have = Counter(one.domain for one in pool)
    if any(have[domain] < count for domain, count in wanted.items()):
        assert found is None
        return
    domains = {one.version_id: one.domain for one in pool}
    assert len(set(found.version_ids)) == len(found.version_ids) == first + second
    assert Counter(domains[one] for one in found.version_ids) == Counter({k: v for k, v in wanted.items() if v})


def test_difficulties_come_in_turn() -> None:
    pool = [item("a.1", difficulty) for difficulty in ("easy", "medium", "hard") for _ in range(5)]
    difficulty = {one.version_id: one.difficulty for one in pool}
    found = balanced(request(a_1=6), pool)
    assert Counter(difficulty[one] for one in found.version_ids) == {"easy": 2, "medium": 2, "hard": 2}


def test_what_the_person_has_not_seen_comes_first() -> None:
    old, new = [item("a.1", "medium", seen=1) for _ in range(5)], [item("a.1", "medium") for _ in range(5)]
    found = balanced(request(a_1=5), [*old, *new])
    assert set(found.version_ids) == {one.version_id for one in new}


def test_a_seed_repeats_its_selection() -> None:
    pool = [item("a.1", "easy") for _ in range(20)]
    assert balanced(request(7, a_1=5), pool).version_ids == balanced(request(7, a_1=5), pool).version_ids
