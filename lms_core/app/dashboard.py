"""How the site stands in a few numbers: what there is, what goes on, and what waits for a person."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter_ns

from lms_core.app.service import SEE
from lms_core.assessment.domain.exams import AUTHOR_EXAM, EXTEND_DEADLINE
from lms_core.assessment.service import DeadlineService, ExamService
from lms_core.enrolment.domain.names import SEE_COHORT
from lms_core.enrolment.service import CohortService
from lms_core.foundation.actors import Actor
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.outbox.rows import PARKED
from lms_core.foundation.outbox.service import PERMISSION, OutboxService
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.people.domain import SEE_PERSON
from lms_core.people.service import AccountService


@dataclass(frozen=True, slots=True)
class Figure:
    """A number by its name, one of those that `DashboardService` counts; ``wrong`` where it should be nought."""

    name: str
    count: int
    wrong: bool = False


@dataclass(frozen=True)
class DashboardService:
    """Counts through the rooms that know, each number only for those who may see what it counts."""

    accounts: AccountService
    cohorts: CohortService
    exams: ExamService
    deadlines: DeadlineService
    outbox: OutboxService
    loaded: LoadedPlugins
    engine: Engine

    def figures(self, actor: Actor) -> tuple[Figure, ...]:
        """What goes on within the actor's reach. The number of queries never grows with what is counted."""
        counts: tuple[tuple[str, bool, Callable[[], int]], ...] = (
            ("people", _anywhere(actor, SEE_PERSON), lambda: self.accounts.listed(actor, _one()).total),
            ("cohorts", _anywhere(actor, SEE_COHORT), lambda: self.cohorts.find(actor, _one(phase="running")).total),
            ("exams", _anywhere(actor, AUTHOR_EXAM), lambda: self._open_exams(actor)),
            ("attempts", actor.may(EXTEND_DEADLINE, EVERYWHERE), lambda: self.deadlines.running(actor)),
        )
        return tuple(Figure(name, count()) for name, may, count in counts if may)

    def faults(self, actor: Actor) -> tuple[Figure, ...]:
        """What should be nought: parked work, plugins that were kept out, hooks this process has stopped asking."""
        counts: dict[str, int] = {}
        if actor.may(PERMISSION, EVERYWHERE):
            counts["parked"] = self.outbox.backlog().counts.get(PARKED, 0)
        if actor.may(SEE, EVERYWHERE):
            resting = sum(self._resting(plugin) for plugin in self.loaded.ids)
            counts |= {"quarantined": len(self.loaded.quarantined), "breakers": resting}
        return tuple(Figure(name, count, count > 0) for name, count in counts.items())

    def _open_exams(self, actor: Actor) -> int:
        return self.exams.find(actor, _one(state="published", to="write")).total

    def _resting(self, plugin: str) -> int:
        every = (one for hook in self.engine.hooks.values() for one in (*hook.answers, *hook.wrappers))
        return sum(one.plugin == plugin and one.breaker.state(perf_counter_ns()) == "open" for one in every)


def _one(**filters: str) -> PageRequest:
    return PageRequest(size=1, filters=tuple(filters.items()))


def _anywhere(actor: Actor, permission: str) -> bool:
    return actor.almighty or bool(actor.where(permission))
