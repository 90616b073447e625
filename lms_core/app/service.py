"""Plugins as those see them who look after the site: what each does, where it is on, how it fares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from time import perf_counter_ns

from lms_core.app.places import Place, Places
from lms_core.foundation.actors import Actor
from lms_core.foundation.calling.answers import Answer
from lms_core.foundation.calling.breaker import State
from lms_core.foundation.calling.engine import Engine
from lms_core.foundation.calling.spread import quantile
from lms_core.foundation.errors import Forbidden
from lms_core.foundation.host.discovery import Found, discover
from lms_core.foundation.host.findings import Findings
from lms_core.foundation.host.gates import Gates, Rule, Snapshot
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.order import requiring
from lms_core.foundation.host.repository import Installed
from lms_core.foundation.host.service import MANAGE, PluginService, PluginUnknown
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.text import Titles
from lms_core.foundation.web import house

SEE = "foundation.see_plugins"
STATES = ("quarantined", "waiting", "on", "places", "off", "blocked", "kept")
# What a person has to do something about.
TROUBLED = frozenset({"quarantined", "waiting"})


@dataclass(frozen=True, slots=True)
class HookHealth:
    """How a plugin fares at one hook in this process since it started.

    ``median`` and ``slow`` are the milliseconds within which half, and 95 of 100, of the calls ended, to within a
    factor of two. ``breaker`` is ``closed``, ``open`` or ``trying``.
    """

    hook: str
    calls: int
    failures: int
    median: float
    slow: float
    breaker: State

    @property
    def resting(self) -> bool:
        """Whether it is not asked for now."""
        return self.breaker == "open"


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule, with the name of its place (None where the place is gone)."""

    scope: Scope
    titles: Titles | None
    enabled: bool


@dataclass(frozen=True, slots=True)
class Needed:
    """Another plugin that this one requires, or that requires it, and whether that is on anywhere."""

    id: str
    titles: Titles
    on: bool


@dataclass(frozen=True, slots=True)
class PluginShown:
    """One plugin. ``state`` is one of STATES; ``manifest`` is None where it could not be read or is gone."""

    id: str
    version: str
    state: str
    maker: str
    manifest: Manifest | None = None
    findings: Findings = ()
    rules: tuple[RuleShown, ...] = ()
    requires: tuple[Needed, ...] = ()
    required_by: tuple[Needed, ...] = ()
    health: tuple[HookHealth, ...] = ()

    @property
    def titles(self) -> Titles:
        """What it is called."""
        return self.manifest.title if self.manifest else Titles(self.id, self.id)

    @property
    def runs(self) -> bool:
        """Whether it was loaded, so that it can be switched."""
        return self.state in {"on", "places", "off"}

    @property
    def site_rule(self) -> bool | None:
        """What the rule for the whole site says; None without one."""
        return next((rule.enabled for rule in self.rules if rule.scope == SITE), None)


@dataclass(frozen=True)
class PluginDesk:
    """Looking at plugins and switching them: ``foundation.see_plugins``, ``foundation.manage_plugins``."""

    plugins: PluginService
    loaded: LoadedPlugins
    gates: Gates
    engine: Engine
    places: Places

    def listed(self, actor: Actor, request: PageRequest) -> Page[PluginShown]:
        """Those that are installed or whose data is kept, what needs a person first. Filter: state."""
        every = sorted(self._every(actor), key=lambda one: (one.state not in TROUBLED, one.id))
        state, words = request.filtered("state"), request.search.casefold().split()
        found = [one for one in every if state in {"", one.state} and all(word in _words(one) for word in words)]
        begin = (request.number - 1) * request.size
        return Page(found[begin : begin + request.size], len(found), request.number, request.size)

    def one(self, actor: Actor, plugin: str) -> PluginShown:
        """One of them. Raises PluginUnknown."""
        for shown in self._every(actor):
            if shown.id == plugin:
                return shown
        raise PluginUnknown

    def where(
        self, actor: Actor, plugin: str, kind: str, request: PageRequest
    ) -> Page[tuple[Place, bool, bool | None]]:
        """Places of ``kind``: each with whether the plugin is on there, and what a rule of its own says."""
        now = self.gates.refresh()
        own = {rule.scope: rule.enabled for rule in self.plugins.rules() if rule.plugin == plugin}
        found = self.places.find(kind, actor, request)
        return found.map(lambda one: (one, now.enabled(plugin, one.scopes), own.get(one.scope)))

    def switch(self, actor: Actor, plugin: str, place: str, *, enabled: bool) -> Scope:
        """Switch ``plugin`` on or off in ``place``. Raises PluginUnknown, PluginRequired, Invalid, Forbidden."""
        scope = self._ruled(actor, place)
        (self.plugins.enable if enabled else self.plugins.disable)(actor, plugin, scope)
        self.gates.refresh()
        return scope

    def clear(self, actor: Actor, plugin: str, place: str) -> Scope:
        """Take the rule for ``place`` away. Raises PluginUnknown, PluginRequired, Invalid, Forbidden."""
        scope = self._ruled(actor, place)
        self.plugins.clear(actor, plugin, scope)
        self.gates.refresh()
        return scope

    def _ruled(self, actor: Actor, place: str) -> Scope:
        if not actor.almighty and not actor.where(MANAGE):
            raise Forbidden
        return self.places.read(place)

    def _every(self, actor: Actor) -> list[PluginShown]:
        now, rules = self.gates.refresh(), self._rules(actor)
        found = {each.id: each for each in discover()}
        kept = [record for name, record in self.plugins.records().items() if name not in found]
        return [*(self._shown(each, now, rules) for each in found.values()), *map(_kept, kept)]

    def _rules(self, actor: Actor) -> dict[str, tuple[RuleShown, ...]]:
        everywhere = SITE in actor.where(SEE)
        seen = [one for one in self.plugins.rules() if everywhere or actor.may(SEE, self.places.scopes(one.scope))]
        titles = house().titles_of(rule.scope for rule in seen)
        shown: dict[str, tuple[RuleShown, ...]] = {}
        for rule in sorted(seen, key=_order):
            one = RuleShown(rule.scope, titles.get(rule.scope), rule.enabled)
            shown[rule.plugin] = (*shown.get(rule.plugin, ()), one)
        return shown

    def _shown(self, found: Found, now: Snapshot, rules: Mapping[str, tuple[RuleShown, ...]]) -> PluginShown:
        manifest, known = found.manifest, self.loaded.manifests
        needs = [name for name in manifest.requires if name in known] if manifest else []
        return PluginShown(
            found.id,
            found.version,
            self._state(found.id, now),
            _maker(found.distribution),
            manifest,
            self.loaded.quarantined.get(found.id, ()),
            rules.get(found.id, ()),
            self._needed(needs, now),
            self._needed(sorted(requiring({found.id}, known.values())), now),
            self._health(found.id),
        )

    def _state(self, plugin: str, now: Snapshot) -> str:
        if plugin in self.loaded.quarantined:
            return "quarantined"
        if plugin not in self.loaded.ids:
            return "blocked" if plugin in self.loaded.blocked else "waiting"
        if now.everywhere(plugin):
            return "on"
        return "places" if now.anywhere(plugin) else "off"

    def _needed(self, names: Iterable[str], now: Snapshot) -> tuple[Needed, ...]:
        return tuple(Needed(name, self.loaded.manifests[name].title, now.anywhere(name)) for name in names)

    def _health(self, plugin: str) -> tuple[HookHealth, ...]:
        every = (one for hook in self.engine.hooks.values() for one in (*hook.answers, *hook.wrappers))
        answers = (one for one in every if one.plugin == plugin)
        return tuple(_health(one) for one in answers if not one.hook.startswith("lms_register_") or one.failures)


def _health(one: Answer) -> HookHealth:
    median, slow = (round(quantile(one.spread, share) * 1_000, 3) for share in (0.5, 0.95))
    return HookHealth(one.hook, one.calls, one.failures, median, slow, one.breaker.state(perf_counter_ns()))


def _kept(record: Installed) -> PluginShown:
    return PluginShown(record.id, record.version, "kept", "")


def _maker(distribution: str) -> str:
    """Who signs for the distribution; where nobody does, its name."""
    try:
        told = metadata(distribution).json if distribution else {}
    except PackageNotFoundError:
        told = {}
    email = str(told.get("author_email") or "").partition("<")[0].strip(' "')
    return str(told.get("author") or email or distribution)


def _order(rule: Rule) -> tuple[str, bool, Scope]:
    return rule.plugin, rule.scope != SITE, rule.scope


def _words(one: PluginShown) -> str:
    said = (one.titles, one.manifest.summary) if one.manifest else ()
    return " ".join((one.id, one.maker, *(words for title in said for words in (title.ko, title.en)))).casefold()
