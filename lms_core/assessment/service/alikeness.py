"""Questions of a file that are nearly those of another item, as far as comparing them is bounded."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from lms_core.assessment.domain.duplicates import near_duplicates
from lms_core.assessment.domain.imports import PlannedRow
from lms_core.assessment.repository.upkeep import Upkeep
from lms_core.foundation.text import text
from lms_core.foundation.uow import UnitOfWork
from lms_core.hooks.findings import Problem, warning

NEAR_LIMIT: Final = 5_000
"""Questions, of the bank and the file together, that are compared at most: each takes some 10 KB while it is."""


class NearStems:
    """Takes the questions of a plan, and tells which are alike; of too many none, and says so by ``compared``."""

    def __init__(self, uow: UnitOfWork, bank_id: UUID | None) -> None:
        """Compare with what the bank holds, if there is one."""
        held = Upkeep(uow).named_stems(bank_id, NEAR_LIMIT + 1) if bank_id else ()
        self._stems: dict[str, Mapping[str, str]] = dict(held)
        self._kept: set[str] = set()
        self.compared = len(self._stems) <= NEAR_LIMIT

    def add(self, row: PlannedRow) -> None:
        """One row more; what is not kept is not compared."""
        if row.content is None or not self.compared:
            return
        self._stems.pop(row.read.identifier, None)
        self._stems[row.read.identifier] = row.content.stem
        self._kept.add(row.read.identifier)
        if len(self._stems) > NEAR_LIMIT:
            self.compared = False
            self._stems.clear()

    def told(self) -> Mapping[str, Sequence[Problem]]:
        """A warning at each kept row whose question is nearly that of an earlier row or of an item of the bank."""
        found: dict[str, list[Problem]] = defaultdict(list)
        if not self.compared:
            return found
        for language in dict.fromkeys(language for stem in self._stems.values() for language in stem):
            asked = [(name, stem[language]) for name, stem in self._stems.items() if language in stem]
            for pair in near_duplicates(asked):
                if pair.second in self._kept:
                    found[pair.second].append(_nearly(pair.first, pair.similarity))
        return found


def _nearly(name: str, similarity: float) -> Problem:
    percent = int(similarity * 100)
    message = text("The question is %(percent)s %% the same as “%(name)s”.", percent=percent, name=name)
    return warning("near-duplicate", message)
