"""Switching plugins on and off, and keeping account of which are installed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound, Refusal, Refused, refuse_if
from lms_core.foundation.host.consent import disclosed
from lms_core.foundation.host.events import PluginChanged, PluginDisabled, PluginEnabled, PluginRuleTaken
from lms_core.foundation.host.findings import nearest
from lms_core.foundation.host.gates import Rule, Snapshot
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.order import required, requiring
from lms_core.foundation.host.repository import REGISTERED, Installed, PluginRecords
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope
from lms_core.foundation.text import text
from lms_core.foundation.uow import Work

MANAGE = "foundation.manage_plugins"


class PluginUnknown(NotFound):
    """No plugin of that name is installed."""

    code = "plugin-unknown"


class PluginRequired(Refused):
    """Other plugins, or the site's own rule, stand in the way."""

    code = "plugin-required"


@dataclass(frozen=True)
class PluginService:
    """The use cases of the host. ``manifests`` are those of all installed plugins, running or not."""

    work: Work
    manifests: Mapping[str, Manifest] = field(default_factory=dict)

    def enable(self, actor: Actor, plugin: str, scope: Scope = SITE) -> None:
        """Switch ``plugin`` on in ``scope``. Raises PluginRequired where what it requires is off there."""
        self._switch(actor, Rule(plugin, scope, enabled=True))

    def disable(self, actor: Actor, plugin: str, scope: Scope = SITE) -> None:
        """Switch ``plugin`` off in ``scope``. Raises PluginRequired where what requires it is on."""
        self._switch(actor, Rule(plugin, scope, enabled=False))

    def clear(self, actor: Actor, plugin: str, scope: Scope) -> None:
        """Take the rule for ``scope`` away: wider rules hold there again, and may switch it there.

        Raises PluginRequired where that switches off what another plugin, which is on, requires.
        """
        here = frozenset({SITE, scope})
        actor.require(MANAGE, here)
        with self.work.write() as uow:
            rules = PluginRecords(uow).rules()
            left = tuple(rule for rule in rules if (rule.plugin, rule.scope) != (plugin, scope))
            refuse_if(self._stranded(plugin, rules, left), PluginRequired)
            PluginRecords(uow).clear(plugin, scope)
            PluginRecords(uow).begin_epoch()
            uow.record(PluginRuleTaken(plugin=plugin, scope=str(scope)), by=actor, scopes=here)
            then, now = (self._snapshot(kept).enabled(plugin, here) for kept in (rules, left))
            if then is not now:
                uow.record(_switched(Rule(plugin, scope, now)), by=actor, scopes=here)
            uow.commit()

    def rules(self) -> tuple[Rule, ...]:
        """Every rule in force."""
        with self.work.read() as uow:
            return PluginRecords(uow).rules()

    def records(self) -> dict[str, Installed]:
        """What the database knows of plugins, by id: also of those whose files are gone but whose data is kept."""
        with self.work.read() as uow:
            return PluginRecords(uow).every()

    def remember(self, actor: Actor, manifest: Manifest, registered: Iterable[Mapping[str, Any]] = ()) -> Installed:
        """Note that ``manifest`` was consented to and its plugin installed, and what it registered as personal data.

        By the latter a person's data is exported and erased while the plugin's code is away.
        """
        actor.require(MANAGE, EVERYWHERE)
        with self.work.write() as uow:
            now = self.work.clock.now()
            before = PluginRecords(uow).every().get(manifest.id)
            since = before.installed_at if before else now
            consent = disclosed(manifest) | {REGISTERED: [dict(one) for one in registered]}
            record = Installed(manifest.id, str(manifest.version), "installed", consent, since, now)
            PluginRecords(uow).put(record)
            PluginRecords(uow).begin_epoch()
            uow.record(PluginChanged(plugin=record.id, version=record.version, state=record.state), by=actor)
            uow.commit()
        return record

    def forget(self, actor: Actor, plugin: str, *, keep: bool) -> None:
        """Note that the plugin's files are gone; its gates go too. Without ``keep`` so do its settings."""
        actor.require(MANAGE, EVERYWHERE)
        with self.work.write() as uow:
            before = PluginRecords(uow).every().get(plugin)
            PluginRecords(uow).remove(plugin)
            version = before.version if before else ""
            if keep and before:
                now = self.work.clock.now()
                kept = Installed(plugin, version, "kept", before.consent, before.installed_at, now)
                PluginRecords(uow).put(kept)
            if not keep:
                PluginRecords(uow).remove_settings(plugin)
            uow.record(PluginChanged(plugin=plugin, version=version, state="kept" if keep else "dropped"), by=actor)
            PluginRecords(uow).begin_epoch()
            uow.commit()

    def _known(self, plugin: str) -> None:
        if plugin not in self.manifests:
            meant = nearest(plugin, self.manifests)
            reason = text("There is no plugin “%(id)s”. Did you mean “%(meant)s”?", id=plugin, meant=meant)
            raise PluginUnknown(reason if meant else text("There is no plugin “%(id)s”.", id=plugin))

    def _switch(self, actor: Actor, rule: Rule) -> None:
        self._known(rule.plugin)
        here = frozenset({SITE, rule.scope})
        actor.require(MANAGE, here)
        with self.work.write() as uow:
            records = PluginRecords(uow)
            refuse_if(self._against(rule, records.rules()), PluginRequired)
            records.switch(rule, self.work.clock.now(), actor.person_id)
            records.begin_epoch()
            uow.record(_switched(rule), by=actor, scopes=here)
            uow.commit()

    def _stranded(self, plugin: str, before: tuple[Rule, ...], after: tuple[Rule, ...]) -> tuple[Refusal, ...]:
        then, now = self._snapshot(before), self._snapshot(after)
        places = [frozenset({SITE, rule.scope}) for rule in before]
        others = sorted(requiring({plugin}, self.manifests.values()))
        lost = (name for name in others if any(then.enabled(name, on) > now.enabled(name, on) for on in places))
        return tuple(_required_by(plugin, name) for name in lost)

    def _snapshot(self, rules: tuple[Rule, ...]) -> Snapshot:
        return Snapshot(0, rules, {name: required(name, self.manifests) for name in self.manifests})

    def _against(self, rule: Rule, rules: tuple[Rule, ...]) -> tuple[Refusal, ...]:
        now = self._snapshot(rules)
        here = frozenset({SITE, rule.scope})
        if rule.enabled:
            off = (name for name in sorted(required(rule.plugin, self.manifests)) if not now.enabled(name, here))
            return (*_final(rule, rules), *(_requires(rule.plugin, name) for name in off))
        others = sorted(requiring({rule.plugin}, self.manifests.values()))
        on = (name for name in others if (now.anywhere(name) if rule.scope == SITE else now.enabled(name, here)))
        return tuple(_required_by(rule.plugin, name) for name in on)


def _switched(rule: Rule) -> PluginEnabled | PluginDisabled:
    return (PluginEnabled if rule.enabled else PluginDisabled)(rule.plugin, str(rule.scope))


def _final(rule: Rule, rules: Iterable[Rule]) -> tuple[Refusal, ...]:
    if rule.scope == SITE or Rule(rule.plugin, SITE, enabled=False) not in rules:
        return ()
    reason = text(
        "“%(id)s” is off for the whole site, and that is final. Take that rule away first: "
        "lms plugin disable %(id)s --unset",
        id=rule.plugin,
    )
    return (Refusal("off-for-site", reason),)


def _requires(plugin: str, other: str) -> Refusal:
    reason = text("“%(id)s” requires “%(other)s”, which is off there.", id=plugin, other=other)
    return Refusal("requires", reason, plugin)


def _required_by(plugin: str, other: str) -> Refusal:
    reason = text("“%(other)s” is on there and requires “%(id)s”.", id=plugin, other=other)
    return Refusal("required-by", reason, other)
