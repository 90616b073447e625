"""Which items a mock exam takes: every domain's easy, medium and hard ones in turn, the least seen of each first."""

import random
from collections.abc import Iterator, Sequence

from lms_core.hooks.assessment import CandidateItem, FormRequest, FormSelection

DIFFICULTIES = ("medium", "easy", "hard")


def balanced(request: FormRequest, candidates: Sequence[CandidateItem]) -> FormSelection | None:
    """A selection that meets the quotas with difficulties in turn; None where a domain has too few items.

    Without turns a form could be all hard in one domain and all easy in another, and its domain bars would say more of
    the draw than of the person.
    """
    chance = random.Random(request.seed)  # noqa: S311 repeatable on purpose
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    chosen = []
    for domain, count in request.quotas.items():
        taken = [item for item, _ in zip(_in_turn(shuffled, domain), range(count), strict=False)]
        if len(taken) < count:
            return None
        chosen += taken
    return FormSelection(tuple(item.version_id for item in chosen))


def _in_turn(candidates: Sequence[CandidateItem], domain: str) -> Iterator[CandidateItem]:
    mine = sorted((one for one in candidates if one.domain == domain), key=_familiar)
    queues = [[one for one in mine if one.difficulty == difficulty] for difficulty in DIFFICULTIES]
    queues.append([one for one in mine if one.difficulty not in DIFFICULTIES])
    while any(queues):
        for queue in queues:
            if queue:
                yield queue.pop(0)


def _familiar(item: CandidateItem) -> tuple[int, int]:
    return (item.seen_by_person, item.exposures)
