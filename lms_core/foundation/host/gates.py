"""Whether a plugin is on in a given place, answered from memory.

What is installed is loaded at boot; what is on is a set of rules at one epoch. The rules are swapped as a whole, so
that no request sees half of a change.
"""

import threading
import time
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import structlog

from lms_core.foundation.scopes import KINDS, SITE, Scope, Scopes

log = structlog.get_logger("lms.host")
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}
# Answers kept per snapshot. A site has far fewer scope sets in use at a time; past it, we begin anew.
MEMORY = 65_536
INTERVAL = 1.0


class Rule(NamedTuple):
    """Somebody's decision that a plugin is on, or off, in one place."""

    plugin: str
    scope: Scope
    enabled: bool


class Snapshot:
    """The rules of one epoch. Immutable but for its memory of what was asked.

    A rule for a narrower place goes before one for a wider place, except that a "no" for the site is final; of two
    rules for places of the same kind, the "no" goes first. Without a rule for the site a plugin is on only where a
    rule says so. A plugin is off where one that it requires is off. The core's own rooms are always on.
    """

    def __init__(
        self,
        epoch: int,
        rules: Iterable[Rule],
        plugins: Mapping[str, Set[str]],
        core: Set[str] = frozenset({"core"}),
    ) -> None:
        """``plugins`` are those that run, each with all it requires, directly or through others."""
        self.epoch = epoch
        self.plugins = tuple(plugins)
        self.core = frozenset(core)
        self._required = {name: frozenset(needed) - self.core for name, needed in plugins.items()}
        self._rules: dict[str, dict[Scope, bool]] = {name: {} for name in plugins}
        for plugin, scope, enabled in rules:
            if plugin in self._rules:
                self._rules[plugin][scope] = enabled
        self._answers: dict[tuple[str, Scopes], bool] = {}
        # What callers compile for this epoch lives and dies with it; each caller keys its own.
        self.plans: dict[Any, Any] = {}

    def enabled(self, plugin: str, scopes: Scopes) -> bool:
        """Whether ``plugin`` is on for an object with these ``scopes`` (the site is always among them)."""
        answer = self._answers.get((plugin, scopes))
        return self._decide(plugin, scopes) if answer is None else answer

    def everywhere(self, plugin: str) -> bool:
        """Whether it is on for the site as a whole: what has no scope of its own asks this."""
        return self.enabled(plugin, frozenset({SITE}))

    def anywhere(self, plugin: str) -> bool:
        """Whether there is any place where it may be on."""
        if plugin in self.core:
            return True
        return all(self._somewhere(name) for name in (plugin, *self._required.get(plugin, ())))

    def _decide(self, plugin: str, scopes: Scopes) -> bool:
        if plugin in self.core:
            answer = True
        elif plugin not in self._rules:
            answer = False
        else:
            answer = all(self._says(name, scopes) for name in (plugin, *self._required[plugin]))
        if len(self._answers) >= MEMORY:
            self._answers.clear()
        self._answers[plugin, scopes] = answer
        return answer

    def _says(self, plugin: str, scopes: Scopes) -> bool:
        rules = self._rules.get(plugin)
        if not rules or rules.get(SITE) is False:
            return False
        spoken = [(_RANK[scope.kind], not rules[scope]) for scope in (*scopes, SITE) if scope in rules]
        return not max(spoken)[1] if spoken else False

    def _somewhere(self, plugin: str) -> bool:
        rules = self._rules.get(plugin, {})
        return rules.get(SITE) is not False and any(rules.values())


class EpochStore(Protocol):
    """Where the rules are kept for all processes of a site."""

    def epoch(self) -> int:
        """The number of the present epoch; every change makes it greater."""
        ...

    def rules(self) -> tuple[int, tuple[Rule, ...]]:
        """The present epoch and its rules, read together."""
        ...


@dataclass(eq=False)
class Gates:
    """Holds the snapshot in force; looks for a newer epoch at most once a second.

    One thread looks while the others go on with the old snapshot. Where the store does not answer, the old
    snapshot stays: a site does not lose its plugins because its database is down for a moment.
    """

    store: EpochStore
    plugins: Mapping[str, Set[str]]
    core: Set[str] = frozenset({"core"})
    interval: float = INTERVAL
    _snapshot: Snapshot = field(init=False)
    _due: float = 0.0
    _looking: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._snapshot = Snapshot(-1, (), self.plugins, self.core)

    def snapshot(self) -> Snapshot:
        """The snapshot in force, no older than about a second."""
        if time.monotonic() >= self._due and self._looking.acquire(blocking=self._snapshot.epoch < 0):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._snapshot

    def enabled(self, plugin: str, scopes: Scopes) -> bool:
        """Whether ``plugin`` is on for these ``scopes`` now."""
        return self.snapshot().enabled(plugin, scopes)

    def refresh(self) -> Snapshot:
        """Look at once: after a change made by this very process. Waits for a thread that may have looked before it."""
        with self._looking:
            self._look()
        return self._snapshot

    def _look(self) -> None:
        # Set first: an error below must not make every request of the next second try again.
        self._due = time.monotonic() + self.interval
        try:
            if self.store.epoch() != self._snapshot.epoch:
                epoch, rules = self.store.rules()
                self._snapshot = Snapshot(epoch, rules, self.plugins, self.core)
        except Exception:
            if self._snapshot.epoch < 0:
                raise
            log.exception("the gates' epoch cannot be read; the old one stays")
