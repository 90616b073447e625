"""The engine: asks every implementation that is on in a scope, and keeps each failure where it belongs."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from time import perf_counter_ns
from typing import Any, NamedTuple, Protocol, TypeVar

import structlog
from pluggy import PluginManager

from lms_core.foundation.calling.answers import Answer, Failure, hooks_of
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.uow import reading_hook

log = structlog.get_logger("lms.hooks")
Kind = TypeVar("Kind")
MILLISECOND = 1_000_000


class Traced(NamedTuple):
    """One call in a trace: which hook, whose answer, how long in nanoseconds, and whether it failed."""

    hook: str
    plugin: str
    spent: int
    failed: bool


trace: ContextVar[list[Traced] | None] = ContextVar("lms_trace", default=None)


class Snapshot(Protocol):
    """What is enabled at one epoch; compiled plans live and die with it."""

    plans: dict[Any, Any]

    def enabled(self, plugin: str, scopes: Scopes) -> bool:
        """Whether ``plugin`` is on for an object with these scopes."""
        ...


class Answered(NamedTuple):
    """A good answer and whose it is."""

    plugin: str
    value: Any


class Engine:
    """Calls hooks over pluggy's registry. Thread-safe: counters may lose a count, plans are never shared."""

    def __init__(self, manager: PluginManager, snapshot: Callable[[], Snapshot], budget: float = 0.2) -> None:
        """Compile the hooks of ``manager``; ``snapshot`` gives the epoch in force, ``budget`` is in seconds."""
        self.hooks = hooks_of(manager)
        self._snapshot = snapshot
        self._budget = int(budget * 1000) * MILLISECOND

    def plan(self, hook: str, scopes: Scopes) -> tuple[Answer, ...]:
        """The implementations of ``hook`` that are on in ``scopes``, in order."""
        snapshot = self._snapshot()
        key = (id(self), hook, scopes)
        plan: tuple[Answer, ...] | None = snapshot.plans.get(key)
        if plan is None:
            plan = tuple(one for one in self.hooks[hook].answers if snapshot.enabled(one.plugin, scopes))
            if len(snapshot.plans) > 20_000:
                snapshot.plans.clear()
            snapshot.plans[key] = plan
        return plan

    def ask(self, hook: str, scopes: Scopes, values: tuple[Any, ...], kind: type) -> list[Answered | Failure]:
        """Ask everyone; None is silence, anything else must be a ``kind``. Never raises for a plugin's fault."""
        plan = self.plan(hook, scopes)
        if not plan:
            return []
        token = reading_hook.set(hook)
        try:
            return self._everyone(plan, values, kind)
        finally:
            reading_hook.reset(token)

    def _everyone(  # noqa: C901 one flat loop: a call more for each answer would cost a fifth
        self, plan: tuple[Answer, ...], values: tuple[Any, ...], kind: type
    ) -> list[Answered | Failure]:
        # One flat loop on purpose: this is where a page with many plugins spends its time.
        said: list[Answered | Failure] = []
        calls, budget, now = trace.get(), self._budget, perf_counter_ns()
        for one in plan:
            if one.breaker.open_until > now:
                said.append(Failure(one.plugin, one.hook, one.where, "its breaker is open after repeated failures"))
                continue
            fault = ""
            try:
                value = one.function(*values) if one.exact else one.call(values)
                if value is not None:
                    if isinstance(value, kind):
                        said.append(Answered(one.plugin, value))
                    else:
                        fault = f"answered {type(value).__name__}, not {kind.__name__}"
            except Exception as error:  # noqa: BLE001 a plugin's fault stays the plugin's
                fault = f"{type(error).__name__}: {error}"
            began, now = now, perf_counter_ns()
            spent = now - began
            one.calls += 1
            one.spent += spent
            if fault:
                said.append(_failed(one, fault))
            if fault or spent > budget:
                _at_fault(one, spent, now, failed=bool(fault))
            elif one.breaker.failures:
                one.breaker.succeeded()
            if calls is not None:
                calls.append(Traced(one.hook, one.plugin, spent, bool(fault)))
        return said

    def first(self, hook: str, scopes: Scopes, values: tuple[Any, ...], kind: type[Kind]) -> Kind | None:
        """The first answer of ``kind``; failures are passed over; wrappers may refine what was found."""
        token = reading_hook.set(hook)
        try:
            found = next((got for one in self.plan(hook, scopes) if (got := self._one(one, values, kind))), None)
            return self._wrapped(hook, scopes, values, kind, found)
        finally:
            reading_hook.reset(token)

    def things(self, hook: str, scopes: Scopes, kind: type[Kind]) -> list[tuple[str, Kind]]:
        """What is registered through a hook that a plugin opened, with whose it is, asked anew each time.

        An answer that fails, or holds anything but ``kind``, is left out as a whole and logged: the site goes on.
        """
        gathered: list[tuple[str, Kind]] = []
        for said in self.ask(hook, scopes, (), Sequence):
            if not isinstance(said, Answered):
                continue
            if wrong := [thing for thing in said.value if not isinstance(thing, kind)]:
                reason = f"registers {type(wrong[0]).__name__}, not {kind.__name__}"
                log.error("hook failed", hook=hook, plugin=said.plugin, reason=reason)
                continue
            gathered += [(said.plugin, thing) for thing in said.value]
        return gathered

    def deliver(self, plugin: str, hook: str, values: tuple[Any, ...]) -> None:
        """Call the after hook of one plugin; what it raises reaches the outbox, which retries and parks."""
        for one in self.hooks[hook].answers:
            if one.plugin == plugin:
                self._timed(one, values)

    def listeners(self, hook: str) -> Sequence[str]:
        """The plugins that answer ``hook``, each once, whether they are on or not (the outbox asks the gate)."""
        known = self.hooks.get(hook)
        return tuple(dict.fromkeys(one.plugin for one in known.answers)) if known else ()

    def _one(self, one: Answer, values: tuple[Any, ...], kind: type[Kind]) -> Kind | None:
        if one.breaker.is_open(perf_counter_ns()):
            return None
        try:
            value = self._timed(one, values)
        except Exception as error:  # noqa: BLE001 a plugin's fault stays the plugin's
            _failed(one, f"{type(error).__name__}: {error}")
            return None
        if value is None or isinstance(value, kind):
            return value
        one.breaker.failed(perf_counter_ns())
        _failed(one, f"answered {type(value).__name__}, not {kind.__name__}")
        return None

    def _timed(self, one: Answer, values: tuple[Any, ...]) -> Any:
        began, failed = perf_counter_ns(), True
        try:
            value = one.call(values)
            failed = False
        finally:
            ended = perf_counter_ns()
            self._count(one, ended - began, ended, failed=failed)
        return value

    def _count(self, one: Answer, spent: int, now: int, *, failed: bool) -> None:
        one.calls += 1
        one.spent += spent
        if failed or spent > self._budget:
            _at_fault(one, spent, now, failed=failed)
        elif one.breaker.failures:
            one.breaker.succeeded()
        calls = trace.get()
        if calls is not None:
            calls.append(Traced(one.hook, one.plugin, spent, failed))

    def _wrapped(
        self, hook: str, scopes: Scopes, values: tuple[Any, ...], kind: type[Kind], found: Kind | None
    ) -> Kind | None:
        for plugin, wrapper in self.hooks[hook].wrappers:
            if self._snapshot().enabled(plugin, scopes):
                found = _refined(plugin, hook, wrapper(values), kind, found)
        return found


def _refined(plugin: str, hook: str, steps: Any, kind: type[Kind], found: Kind | None) -> Kind | None:
    try:
        next(steps)
        steps.send(found)
    except StopIteration as stop:
        if isinstance(stop.value, kind):
            return stop.value
    except Exception:
        log.exception("wrapper failed", hook=hook, plugin=plugin)
    return found


def _at_fault(one: Answer, spent: int, now: int, *, failed: bool) -> None:
    one.failures += 1
    one.breaker.failed(now)
    if not failed:
        log.warning("hook over budget", hook=one.hook, plugin=one.plugin, milliseconds=spent // MILLISECOND)


def _failed(one: Answer, reason: str) -> Failure:
    log.error("hook failed", hook=one.hook, plugin=one.plugin, where=one.where, reason=reason, exc_info=True)
    return Failure(one.plugin, one.hook, one.where, reason)
