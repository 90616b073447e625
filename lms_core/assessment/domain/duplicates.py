"""Texts that say nearly the same, found fast: shared three-letter shingles, rarest first.

Two texts alike to the threshold must share one of their rarest shingles (prefix filtering), so only
such pairs are compared. The result is exact, whatever the number of texts.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms_core.assessment.domain.items import normalised

ALIKE = 0.9
_LENGTH = 3


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two names whose texts are alike; `similarity` is 1.0 for texts that read the same."""

    first: str
    second: str
    similarity: float


def near_duplicates(texts: Sequence[tuple[str, str]], threshold: float = ALIKE) -> Iterator[NearPair]:
    """Every pair of (name, text) alike at least to `threshold`, the earlier name first."""
    shingles = [_shingles(words) for _, words in texts]
    frequency = Counter(shingle for each in shingles for shingle in each)
    ordered = [sorted(each, key=lambda shingle: (frequency[shingle], shingle)) for each in shingles]
    index: dict[str, list[int]] = {}
    for number, each in enumerate(ordered):
        prefix = each[: _prefix_length(len(each), threshold)]
        for other in sorted({earlier for shingle in prefix for earlier in index.get(shingle, ())}):
            similarity = _similarity(shingles[number], shingles[other], threshold)
            if similarity >= threshold:
                yield NearPair(texts[other][0], texts[number][0], similarity)
        for shingle in prefix:
            index.setdefault(shingle, []).append(number)


def similarity(one: str, another: str) -> float:
    """How alike two texts are: the share of shingles they have in common (Dice), 0.0 to 1.0."""
    return _dice(_shingles(one), _shingles(another))


def names_alike(pairs: Iterator[NearPair]) -> Mapping[str, tuple[NearPair, ...]]:
    """The pairs by their later name."""
    by_name: dict[str, tuple[NearPair, ...]] = {}
    for pair in pairs:
        by_name[pair.second] = (*by_name.get(pair.second, ()), pair)
    return by_name


def _shingles(words: str) -> frozenset[str]:
    plain = normalised(words).casefold()
    count = max(1, len(plain) - _LENGTH + 1)
    return frozenset(plain[start : start + _LENGTH] for start in range(count))


def _prefix_length(count: int, threshold: float) -> int:
    """How many of the rarest shingles suffice: sharing fewer than all the others cannot reach the threshold."""
    least_shared = math.ceil(threshold * count / (2 - threshold))
    return count - least_shared + 1


def _similarity(one: frozenset[str], another: frozenset[str], threshold: float) -> float:
    smaller, larger = sorted((len(one), len(another)))
    if 2 * smaller < threshold * (smaller + larger):
        return 0.0
    return _dice(one, another)


def _dice(one: frozenset[str], another: frozenset[str]) -> float:
    return 2 * len(one & another) / (len(one) + len(another))
