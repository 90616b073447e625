"""The engine: asks every implementation that is on in a scope, and keeps each failure where it belongs."""

import inspect
import threading
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter_ns
from typing import Any, NamedTuple, Protocol, TypeVar

import structlog
from pluggy import PluginManager

from lms_core.foundation.calling.answers import Answer, Failure, Hook, hook_of, hooks_of
from lms_core.foundation.calling.tracing import trace
from lms_core.foundation.calling.values import Verified, fault_in
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.uow import reading_hook

log = structlog.get_logger("lms.hooks")
Kind = TypeVar("Kind")
MILLISECOND = 1_000_000
RESTING = "Resting: it failed again and again, and is asked once more after a while"
NONSENSE = "Nonsense: its answer"


class Snapshot(Protocol):
    """What is enabled at one epoch; compiled plans live and die with it."""

    plans: dict[Any, Any]

    def enabled(self, plugin: str, scopes: Scopes) -> bool:
        """Whether ``plugin`` is on for an object with these scopes."""
        ...

    def anywhere(self, plugin: str) -> bool:
        """Whether there is any place where ``plugin`` is on."""
        ...


class Answered(NamedTuple):
    """A good answer and whose it is."""

    plugin: str
    value: Any


class HookAsksItself(RuntimeError):
    """An implementation caused the very hook to be asked that it is answering: this would never end."""


class HookAborted(RuntimeError):
    """An after hook tried to end the process; its work is retried as any that failed."""


class Engine:
    """Calls hooks over pluggy's registry. Thread-safe: counters may lose a count, plans are never shared."""

    def __init__(
        self,
        manager: PluginManager,
        snapshot: Callable[[], Snapshot],
        budget: float = 0.2,
        clock: Callable[[], int] = perf_counter_ns,
    ) -> None:
        """Compile the hooks of ``manager``; ``snapshot`` gives the epoch in force, ``budget`` is in seconds."""
        self.hooks = hooks_of(manager)
        self._manager = manager
        self._snapshot = snapshot
        self._budget = int(budget * 1000) * MILLISECOND
        self._clock = clock
        self._verified = Verified()

    def hook(self, name: str) -> Hook:
        """The hook with everybody who is registered by now. Raises KeyError where nobody specified it."""
        known = self.hooks.get(name)
        if known is None or not known.current:
            known = self.hooks[name] = hook_of(self._manager, name, known)
        return known

    def plan(self, hook: str, scopes: Scopes | None) -> tuple[Answer, ...]:
        """The implementations of ``hook`` that are on in ``scopes``, in order; None: that are on anywhere."""
        snapshot, known = self._snapshot(), self.hook(hook)
        key = (known, scopes)
        plan: tuple[Answer, ...] | None = snapshot.plans.get(key)
        if plan is None:
            on = snapshot.anywhere if scopes is None else lambda plugin: snapshot.enabled(plugin, scopes)
            plan = tuple(one for one in known.answers if on(one.plugin))
            if len(snapshot.plans) > 20_000:
                snapshot.plans.clear()
            snapshot.plans[key] = plan
        return plan

    def ask(self, hook: str, scopes: Scopes | None, values: tuple[Any, ...], kind: type) -> list[Answered | Failure]:
        """Ask everyone; None is silence, anything else must be a sound ``kind``. Never raises for a plugin's fault."""
        plan = self.plan(hook, scopes)
        if not plan:
            return []
        outer = reading_hook.get()
        token = reading_hook.set(_within(hook, outer) if outer else hook)
        try:
            return self._everyone(plan, values, kind, outer.count(" ") + 1 if outer else 0)
        finally:
            reading_hook.reset(token)

    def _everyone(  # noqa: C901 one flat loop: a call more for each answer would cost a fifth
        self, plan: tuple[Answer, ...], values: tuple[Any, ...], kind: type, depth: int
    ) -> list[Answered | Failure]:
        # One flat loop on purpose: this is where a page with many plugins spends its time.
        said: list[Answered | Failure] = []
        traced, budget, clock = trace.get(), self._budget, self._clock
        first = now = clock()
        for one in plan:
            breaker = one.breaker
            if breaker.open_until and breaker.refuses(now):
                said.append(Failure(one.plugin, one.hook, one.where, RESTING))
                if traced is not None:
                    traced.note(one, 0, None, RESTING, depth)
                continue
            fault, error, value = "", None, None
            try:
                value = one.function(*values) if one.exact else one.call(values)
                if value is not None:
                    if fault := fault_in(value, kind):
                        fault = f"{NONSENSE} {fault}"
                    else:
                        said.append(Answered(one.plugin, value))
            except BaseException as caught:  # noqa: BLE001 a plugin's fault stays the plugin's, sys.exit() included
                error, fault = caught, _told(caught)
            began, now = now, clock()
            spent = now - began
            one.spent += spent
            # Answer.took, written out.
            one.spread[spent.bit_length()] += 1
            if fault:
                said.append(_failed(one, fault, value, error))
            if fault or spent > budget:
                _at_fault(one, spent, now, failed=bool(fault))
            elif breaker.failures:
                breaker.succeeded()
            if traced is not None:
                traced.note(one, spent, value, fault, depth)
        if traced is not None and not depth:
            traced.asked += clock() - first
        return said

    def first(self, hook: str, scopes: Scopes, values: tuple[Any, ...], kind: type[Kind]) -> Kind | None:
        """The first answer of ``kind``; failures are passed over; wrappers may refine what was found."""
        outer = reading_hook.get()
        token = reading_hook.set(_within(hook, outer) if outer else hook)
        depth, traced, began = outer.count(" ") + 1 if outer else 0, trace.get(), self._clock()
        try:
            answers = (self._one(one, partial(one.call, values), kind, depth) for one in self.plan(hook, scopes))
            found = next((value for value in answers if value is not None), None)
            for one in self.hook(hook).wrappers:
                if self._snapshot().enabled(one.plugin, scopes):
                    refined = self._one(one, partial(_refined, one, values, found), kind, depth)
                    found = found if refined is None else refined
            return found
        finally:
            reading_hook.reset(token)
            if traced is not None and not depth:
                traced.asked += self._clock() - began

    def things(self, hook: str, scopes: Scopes, kind: type[Kind]) -> list[tuple[str, Kind]]:
        """What is registered through a hook, with whose it is, asked anew each time.

        An answer that fails, or holds anything but ``kind``, is left out as a whole and logged: the site goes on.
        """
        gathered: list[tuple[str, Kind]] = []
        for said in self.ask(hook, scopes, (), Sequence):
            if not isinstance(said, Answered):
                continue
            if wrong := self._verified.fault_in(hook, said.plugin, said.value, kind):
                log.error("hook failed", hook=hook, plugin=said.plugin, reason=f"{NONSENSE} holds one that {wrong}")
                continue
            gathered += [(said.plugin, thing) for thing in said.value]
        return gathered

    def deliver(self, plugin: str, hook: str, values: tuple[Any, ...]) -> None:
        """Call the after hook of one plugin; what it raises reaches the outbox, which retries and parks.

        No breaker stands here: the outbox has a patience of its own, and leaves no delivery out.
        """
        for one in self.hook(hook).answers:
            if one.plugin != plugin:
                continue
            traced = trace.get()
            before = (traced.asked, traced.answered) if traced else (0, 0)
            called = self._call(one, partial(one.call, values))
            if traced:
                # What its own questions took is part of it.
                traced.asked, traced.answered = before[0] + called.spent, before[1]
                traced.note(one, called.spent, None, called.fault, 0)
            if called.error:
                one.failures += 1
                if isinstance(called.error, Exception):
                    raise called.error
                # With the traceback of what happened: the outbox tells the place where it did.
                raise HookAborted(called.fault).with_traceback(called.error.__traceback__) from called.error

    def listeners(self, hook: str) -> Sequence[str]:
        """The plugins that answer ``hook``, each once, whether they are on or not (the outbox asks the gate)."""
        try:
            return tuple(dict.fromkeys(one.plugin for one in self.hook(hook).answers))
        except KeyError:
            return ()

    def _one(self, one: Answer, act: Callable[[], Any], kind: type[Kind], depth: int) -> Kind | None:
        traced, now = trace.get(), self._clock()
        if one.breaker.refuses(now):
            if traced is not None:
                traced.note(one, 0, None, RESTING, depth)
            return None
        called = self._call(one, act, kind)
        if called.fault:
            _failed(one, called.fault, called.value, called.error)
        if called.fault or called.spent > self._budget:
            _at_fault(one, called.spent, now + called.spent, failed=bool(called.fault))
        elif one.breaker.failures:
            one.breaker.succeeded()
        if traced is not None:
            traced.note(one, called.spent, called.value, called.fault, depth)
        return None if called.fault else called.value

    def _call(self, one: Answer, act: Callable[[], Any], kind: type | None = None) -> "_Called":
        """One call outside of the loop above, timed and counted, with the same care."""
        fault, error, value, began = "", None, None, self._clock()
        try:
            value = act()
            if kind and value is not None and (wrong := fault_in(value, kind)):
                fault = f"{NONSENSE} {wrong}"
        except BaseException as caught:  # noqa: BLE001 a plugin's fault stays the plugin's, sys.exit() included
            error, fault = caught, _told(caught)
        spent = self._clock() - began
        one.took(spent)
        return _Called(value, fault, error, spent)


class _Called(NamedTuple):
    """How one call went."""

    value: Any
    fault: str
    error: BaseException | None
    spent: int


def _within(hook: str, outer: str) -> str:
    """The chain of hooks being answered, with ``hook`` at its end. Raises HookAsksItself where it is among them."""
    if hook in outer.split():
        raise HookAsksItself(f"while {outer.replace(' ', ' > ')} is answered, {hook} is asked again")
    return f"{outer} {hook}"


def _refined(one: Answer, values: tuple[Any, ...], found: Any) -> Any:
    """What a wrapper makes of ``found``; None leaves it as it is. Raises RuntimeError where it yields twice."""
    steps = one.call(values)
    try:
        next(steps)
        steps.send(found)
    except StopIteration as stop:
        return stop.value
    steps.close()
    raise RuntimeError("a wrapper yields once")


def _told(caught: BaseException) -> str:
    """An exception by kind and words. Control-C in the main thread is somebody who wants to stop: it goes on."""
    if isinstance(caught, KeyboardInterrupt) and threading.current_thread() is threading.main_thread():
        raise caught
    return f"{type(caught).__name__}: {caught}"


def _at_fault(one: Answer, spent: int, now: int, *, failed: bool) -> None:
    one.failures += 1
    one.breaker.failed(now)
    if not failed:
        log.warning("hook over budget", hook=one.hook, plugin=one.plugin, milliseconds=spent // MILLISECOND)


def _failed(one: Answer, reason: str, value: Any, error: BaseException | None) -> Failure:
    if inspect.iscoroutine(value):
        # Nobody will ever await it: without this, Python complains at some later moment, of nobody in particular.
        value.close()
    log.error("hook failed", hook=one.hook, plugin=one.plugin, where=one.where, reason=reason, exc_info=error)
    return Failure(one.plugin, one.hook, one.where, reason)
