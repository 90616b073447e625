"""Practising: which questions a person wants, how many, and what was revealed before handing in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, Literal, get_args

from lms_core.assessment.domain.forms import SpecificationUnmet
from lms_core.assessment.domain.responses import HIGHEST_SEQUENCE
from lms_core.assessment.domain.specifications import MOST_ITEMS, ExamSpecification, counts_by_weight
from lms_core.foundation.errors import Conflict, Invalid, Refusal
from lms_core.foundation.text import text
from lms_core.hooks.assessment import CandidateItem, FormSelection

Pool = Literal["all", "missed", "unseen", "suited"]
POOLS: Final[tuple[Pool, ...]] = get_args(Pool)
PRACTICE: Final = "practice"
SUITED: Final = "suited"
STEP: Final = 5
"""So many questions does practice that suits oneself ask at a time, unless one says otherwise."""
FEWEST_MEASURED: Final = 10
"""With fewer measured questions there is nothing to choose from."""
NOT_MEASURED: Final = Refusal(
    "practice-not-measured",
    text(
        "Questions that suit you need at least %(fewest)s questions whose difficulty was measured. This exam does not "
        "have them yet.",
        fewest=FEWEST_MEASURED,
    ),
)
ATTEMPTS_COUNTED: Final = Refusal(
    "practice-attempts-counted",
    text("Questions that suit you come a few at a time, each time as an attempt. This exam limits attempts."),
)
ALL_ASKED: Final = Refusal(
    "practice-all-asked",
    text("You have answered every measured question of this choice. Practise all questions, or those you got wrong."),
)

FINAL_SEQUENCE: Final = HIGHEST_SEQUENCE + 1
"""The sequence of an answer whose solution was revealed: no save is newer, so that it stays as it is."""


class RevealRefused(Conflict):
    """A solution is shown before handing in to those who practise alone."""

    code = "reveal-refused"
    default = text("Solutions are shown at once in practice alone. Hand in to see them.")


@dataclass(frozen=True, slots=True)
class Practice:
    """What a person practises. No ``domains``: all; ``items`` None: as many as the exam has.

    ``pool``: all items, those answered wrong the last time, those never asked before, or those that suit what the
    person can do.
    """

    domains: tuple[str, ...] = ()
    pool: Pool = "all"
    items: int | None = None

    def require_sound(self, specification: ExamSpecification) -> None:
        """Raise Invalid for domains that the exam has not, or a length that is none."""
        if set(self.domains) - set(specification.counts):
            raise Invalid(fields={"domains": (text("Choose domains of this exam."),)})
        if self.items is not None and not 1 <= self.items <= MOST_ITEMS:
            raise Invalid(fields={"items": (text("Practise between 1 and %(most)s questions.", most=MOST_ITEMS),)})

    def wants(self, one: CandidateItem, missed: Collection[object]) -> bool:
        """Whether it asks for this item; ``missed`` holds the items last answered wrong."""
        if self.domains and one.domain not in self.domains:
            return False
        if self.pool == "missed":
            return one.item_id in missed
        return self.pool in ("all", SUITED) or not one.seen_by_person


WHOLE_EXAM: Final = Practice()


def draw_practice(
    candidates: Sequence[CandidateItem], specification: ExamSpecification, practice: Practice, seed: int
) -> FormSelection:
    """As many of the wanted items as there are, shared among the domains as the exam shares them.

    ``candidates`` are those that ``practice`` wants. What one domain lacks is taken from the others. Raises
    SpecificationUnmet where there is none.
    """
    if not candidates:
        reason = text("There is no question left for this choice. Practise another domain, or all questions.")
        raise SpecificationUnmet(reasons=(Refusal("practice-empty", reason),))
    lot = Random(seed)  # noqa: S311 a draw has to be replayable; nothing secret hangs on it
    ordered = sorted(candidates, key=lambda one: one.version_id)
    lot.shuffle(ordered)
    ordered.sort(key=lambda one: (one.seen_by_person, one.exposures))
    wanted = _shares(specification, practice)
    first = [one for domain, count in wanted.items() for one in _of(ordered, domain)[:count]]
    chosen = [*first, *(one for one in ordered if one not in first)][: sum(wanted.values())]
    lot.shuffle(chosen)
    return FormSelection(tuple(one.version_id for one in chosen))


def shares_of(specification: ExamSpecification, practice: Practice = WHOLE_EXAM) -> Mapping[str, float]:
    """The part of each practised domain, from 0 to 1. They sum to 1."""
    counts = _shares(specification, practice)
    return {name: count / sum(counts.values()) for name, count in counts.items()}


def _shares(specification: ExamSpecification, practice: Practice) -> Mapping[str, int]:
    counts = {name: count for name, count in specification.counts.items() if name in (practice.domains or (name,))}
    total = sum(counts.values())
    if not total:
        return dict.fromkeys(counts, 1)
    shared = counts_by_weight([(count, count) for count in counts.values()], practice.items or total)
    return dict(zip(counts, shared, strict=True))


def _of(candidates: Sequence[CandidateItem], domain: str) -> list[CandidateItem]:
    return [one for one in candidates if one.domain == domain]
