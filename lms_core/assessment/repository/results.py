"""Results: frozen rows, of which the one with the highest revision counts. The SQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select

from lms_core.assessment.domain.results import Result, scaled_from_json, slot_from_json
from lms_core.assessment.domain.scoring import SectionScore
from lms_core.assessment.tables.attempts import results
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Results:
    """Results inside one unit of work."""

    uow: UnitOfWork

    def add(self, result: Result) -> None:
        """Keep a new revision."""
        self.add_all((result,))

    def add_all(self, made: Sequence[Result]) -> None:
        """Keep new revisions of several attempts, in one statement."""
        plain = ("attempt_id", "revision", "points", "possible", "rule", "rule_version", "graded_at")
        rows = [{**{name: getattr(one, name) for name in plain}, **one.to_json()} for one in made]
        if rows:
            self.uow.session.execute(insert(results), rows)

    def get(self, attempt_id: UUID) -> Result | None:
        """The revision that counts, if the attempt was graded."""
        return self.of((attempt_id,)).get(attempt_id)

    def of(self, attempt_ids: Sequence[UUID]) -> Mapping[UUID, Result]:
        """The revisions that count of several attempts, in one query."""
        theirs = select(results).where(results.c.attempt_id.in_(attempt_ids)).order_by(results.c.revision)
        newest = {row.attempt_id: row for row in self.uow.session.execute(theirs)}
        return {attempt_id: _result(row) for attempt_id, row in newest.items()}

    def history(self, attempt_id: UUID) -> Sequence[Result]:
        """Every revision of an attempt's result, the first one first."""
        theirs = select(results).where(results.c.attempt_id == attempt_id).order_by(results.c.revision)
        return [_result(row) for row in self.uow.session.execute(theirs)]


def _result(row: Row[Any]) -> Result:
    return Result(
        attempt_id=row.attempt_id,
        revision=row.revision,
        points=row.points,
        possible=row.possible,
        scaled=scaled_from_json(row.scaled),
        sections=tuple(SectionScore(**each) for each in row.sections),
        slots=tuple(slot_from_json(each) for each in row.slots),
        graded_at=row.graded_at,
        rule=row.rule,
        rule_version=row.rule_version,
    )
