"""What rooms and plugins registered so far, and whose it is: nobody takes another's name, or links to what is not."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms_core.foundation.host.findings import Finding, nearest
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.text import Text, text
from lms_core.hooks.site import Role

# What may stand once on a site, by the hook that registers it, and what it is known by.
NAMED = {
    "lms_register_permissions": "name",
    "lms_register_tasks": "name",
    "lms_register_schedules": "name",
    "lms_register_activity_kinds": "name",
    "lms_register_search_sources": "name",
    "lms_register_scope_sources": "kind",
    "lms_register_commands": "name",
    "lms_register_curricula": "code",
    "lms_register_item_formats": "name",
}
# What the command line can do without a site stands there before anybody registers: see lms_core.cli.group.
COMMANDS = frozenset(
    {"init", "serve", "worker", "upgrade", "check", "backup", "restore", "user", "demo", "plugin", "calibrate", "item"}
)
Answers = Mapping[str, Sequence[Any]]
# File and line of the function that answers a hook.
Places = Mapping[str, tuple[str, int]]


@dataclass
class Owners:
    """Grows with each house that was found sound, the ``core``'s rooms first."""

    core: frozenset[str]
    names: dict[tuple[str, str], str] = field(
        default_factory=lambda: {("lms_register_commands", name): "core" for name in COMMANDS}
    )
    permissions: dict[str, str] = field(default_factory=dict)
    roles: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def take(self, owner: str, answers: Answers) -> None:
        """Remember what ``owner`` registered."""
        for hook, attribute in NAMED.items():
            self.names |= {(hook, getattr(one, attribute)): owner for one in answers.get(hook, ())}
        self.permissions |= {one.name: owner for one in answers.get("lms_register_permissions", ())}
        for role in answers.get("lms_register_roles", ()):
            first, kinds = self.roles.get(role.name, (owner, frozenset()))
            self.roles[role.name] = (first, kinds.union(role.scope_kinds))

    def open_to(self, manifest: Manifest) -> frozenset[str]:
        """The permissions that this plugin may speak of: its own, the core's, and those of what it requires."""
        open_ = self.core.union(manifest.requires)
        return frozenset(manifest.permissions).union(name for name, owner in self.permissions.items() if owner in open_)

    def faults(self, manifest: Manifest, answers: Answers, places: Places) -> Iterator[Finding]:
        """Names that are taken, roles that reach too far, and links to what is not there."""
        yield from self._taken(manifest, answers, places)
        yield from self._roles(manifest, answers, places)
        tasks, there = {one.name for one in answers.get("lms_register_tasks", ())}, self.open_to(manifest)
        for item in answers.get("lms_register_menus", ()):
            if item.permission and item.permission not in there:
                message = text("A menu asks for “%(name)s”; there is no such permission.", name=item.permission)
                meant = nearest(item.permission, there)
                yield _finding(manifest, "lms_register_menus", places, "unknown-permission", message, meant)
        for one in answers.get("lms_register_schedules", ()):
            if one.name not in tasks:
                message = text("A schedule runs the task “%(name)s”, which it does not register.", name=one.name)
                meant = nearest(one.name, tasks)
                yield _finding(manifest, "lms_register_schedules", places, "unknown-task", message, meant)

    def _taken(self, manifest: Manifest, answers: Answers, places: Places) -> Iterator[Finding]:
        for hook, attribute in NAMED.items():
            names = [getattr(one, attribute) for one in answers.get(hook, ())]
            for name in dict.fromkeys(names):
                if owner := self.names.get((hook, name)):
                    message = text("“%(name)s” is already registered by “%(owner)s”.", name=name, owner=owner)
                    yield _finding(manifest, hook, places, "name-taken", message)
                elif names.count(name) > 1:
                    message = text("It registers “%(name)s” twice.", name=name)
                    yield _finding(manifest, hook, places, "twice", message)

    def _roles(self, manifest: Manifest, answers: Answers, places: Places) -> Iterator[Finding]:
        hook, roles = "lms_register_roles", answers.get("lms_register_roles", ())
        for role in roles:
            for name in sorted(role.permissions.difference(manifest.permissions)):
                if told := self._carried(manifest, role, name):
                    yield _finding(manifest, hook, places, *told)
            owner, kinds = self.roles.get(role.name, ("", frozenset()))
            if owner and (more := sorted(set(role.scope_kinds) - kinds)):
                said = {"role": role.name, "owner": owner, "kinds": ", ".join(more)}
                message = text("“%(role)s” is a role of “%(owner)s”, and not given in: %(kinds)s.", **said)
                yield _finding(manifest, hook, places, "role-widened", message)
        carried = {name for role in roles for name in role.permissions}
        for name in sorted(set(manifest.grants) - carried):
            message = text("%(key)s declares “%(name)s”, which it does not register.", key="grants", name=name)
            yield _finding(manifest, hook, places, "unregistered", message, nearest(name, carried))

    def _carried(self, manifest: Manifest, role: Role, name: str) -> tuple[str, Text, str] | None:
        """What is wrong with the role carrying a permission that is not the plugin's own: rule, message, suggestion."""
        told = {"role": role.name, "name": name, "owner": self.roles.get(role.name, ("",))[0]}
        if name not in (there := self.open_to(manifest)):
            message = text("The role “%(role)s” carries “%(name)s”; there is no such permission.", **told)
            return "unknown-permission", message, nearest(name, there)
        if told["owner"]:
            message = text("“%(role)s” is a role of “%(owner)s”: it alone gives it “%(name)s”.", **told)
            return "role-widened", message, ""
        if name not in manifest.grants:
            message = text("The role “%(role)s” carries “%(name)s”, which grants does not declare.", **told)
            return "undeclared", message, nearest(name, manifest.grants)
        return None


def _finding(manifest: Manifest, hook: str, places: Places, rule: str, message: Text, suggestion: str = "") -> Finding:
    file, line = places.get(hook, (manifest.file, 0))
    return Finding(manifest.id, file, line, rule, message, suggestion)
