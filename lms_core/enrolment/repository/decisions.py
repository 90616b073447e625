"""The SQL of decisions: what was decided about whom, appended and never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select

from lms_core.enrolment.domain.reasons import reasons_from_json, reasons_to_json
from lms_core.enrolment.tables import decisions
from lms_core.foundation.identity import new_id
from lms_core.foundation.policy import Decision
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Decisions:
    """Decisions inside one unit of work."""

    uow: UnitOfWork

    def add(
        self,
        application_id: UUID,
        person_id: UUID,
        occasion: str,
        decision: Decision,
        by: UUID | None,
        override: str = "",
    ) -> None:
        """Keep a decision. ``override`` is the reason why staff went on against it."""
        row = {
            "id": new_id(),
            "application_id": application_id,
            "person_id": person_id,
            "occasion": occasion,
            "verdict": decision.verdict,
            "rule": decision.rule,
            "rule_version": decision.rule_version,
            "facts": dict(decision.facts),
            "reasons": reasons_to_json(decision.reasons),
            "override": override or None,
            "decided_by": by,
            "decided_at": decision.decided_at,
        }
        self.uow.session.execute(insert(decisions), [row])

    def latest(self, application_ids: Iterable[UUID]) -> Mapping[UUID, tuple[Decision, str]]:
        """The last decision about each application, and the reason it was overridden with, if it was; in one query."""
        wanted = select(decisions).where(decisions.c.application_id.in_(list(application_ids)))
        rows = self.uow.session.execute(wanted.order_by(decisions.c.decided_at, decisions.c.id))
        return {row.application_id: (_decision(row), row.override or "") for row in rows}


def _decision(row: Row[Any]) -> Decision:
    said = reasons_from_json(row.reasons)
    return Decision(row.verdict, said, row.rule, row.rule_version, row.facts, row.decided_at)
