"""Two items of a bank that ask nearly the same: what differs between their questions, and what was decided on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final, Literal
from uuid import UUID

from lms_core.assessment.domain.duplicates import near_duplicates
from lms_core.foundation.events import Event

MOST_COMPARED: Final = 5_000
"""Questions of a bank that are compared at most: each takes some 10 KB while it is."""
Likeness = Literal["same", "different"]
LIKENESSES: Final[tuple[Likeness, ...]] = ("same", "different")


@dataclass(eq=False)
class LikenessDecision:
    """Somebody read two items and said whether they ask the same. ``first_id`` is the smaller id of the two."""

    first_id: UUID
    second_id: UUID
    bank_id: UUID
    verdict: Likeness
    decided_by: UUID | None
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class AlikePair:
    """Two items whose questions are nearly equal in at least one language; ``similarity`` is the highest, up to 1."""

    first_id: UUID
    second_id: UUID
    similarity: float


@dataclass(frozen=True, slots=True)
class LikenessDecided(Event):
    """Somebody said whether two items ask the same."""

    name: ClassVar[str] = "assessment.likeness_decided"

    first_id: UUID
    second_id: UUID


def in_order(one: UUID, another: UUID) -> tuple[UUID, UUID]:
    """The two ids of a pair as they are kept: the smaller first."""
    return (one, another) if one.bytes < another.bytes else (another, one)


def alike_pairs(stems: Mapping[UUID, Mapping[str, str]]) -> Sequence[AlikePair]:
    """Every pair of items whose questions (by language) are nearly equal, the most alike first."""
    found: dict[tuple[UUID, UUID], float] = {}
    for language in dict.fromkeys(language for stem in stems.values() for language in stem):
        for first, second, similarity in _near(stems, language):
            pair = in_order(first, second)
            found[pair] = max(similarity, found.get(pair, 0.0))
    pairs = (AlikePair(*pair, similarity) for pair, similarity in found.items())
    return sorted(pairs, key=lambda pair: (-pair.similarity, pair.first_id.bytes, pair.second_id.bytes))


def _near(stems: Mapping[UUID, Mapping[str, str]], language: str) -> Iterable[tuple[UUID, UUID, float]]:
    asked = [(str(item_id), stem[language]) for item_id, stem in stems.items() if language in stem]
    return ((UUID(pair.first), UUID(pair.second), pair.similarity) for pair in near_duplicates(asked))
