"""Installs a plugin into the overlay: look at it, resolve what it needs, ask, then place all of it at once."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lms_core.foundation.host.archives import refusal
from lms_core.foundation.host.building import wheel_from
from lms_core.foundation.host.claims import clashes
from lms_core.foundation.host.discovery import discover, folder_of
from lms_core.foundation.host.findings import Finding, PluginRefused
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.manifest_file import line_in
from lms_core.foundation.host.order import arrange
from lms_core.foundation.host.overlay import Entry, Overlay, Placed
from lms_core.foundation.host.resolving import Needed, closure, resolve, taken
from lms_core.foundation.host.wheels import Wheel, read_wheel
from lms_core.foundation.text import text


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plugin that could be placed now: its wheel, and the wheels it needs besides."""

    wheel: Wheel
    needed: tuple[Needed, ...] = ()

    @property
    def manifest(self) -> Manifest:
        """What the plugin says of itself."""
        return self.wheel.manifest

    @property
    def entry(self) -> Entry:
        """How it will stand in the lock."""
        own = Placed(
            self.wheel.distribution,
            str(self.manifest.version),
            self.wheel.sha256,
            tuple(sorted(self.wheel.names)),
        )
        others = (Placed(e.distribution, e.version, e.sha256, tuple(sorted(e.names))) for e in self.needed)
        return Entry(self.wheel.id, own, tuple(others))


@dataclass(frozen=True)
class Installer:
    """Prepares and places plugins. ``manifests`` are those installed now, ``rooms`` the core's own names."""

    overlay: Overlay
    manifests: Mapping[str, Manifest]
    rooms: frozenset[str] = frozenset()

    @contextmanager
    def prepared(self, source: str) -> Iterator[Prepared]:
        """A wheel, folder or name, looked through and resolved; its files live as long as the context does.

        Raises PluginRefused with every reason it could not run here, or would change what is not its own.
        """
        with tempfile.TemporaryDirectory(prefix="lms-plugin-") as room:
            wheel = read_wheel(wheel_from(source, Path(room)))
            self._refuse_misfit(wheel)
            held = closure() | self.overlay.versions(without=wheel.id)
            prepared = Prepared(wheel, resolve(wheel, held, Path(room), self.overlay.folder))
            self._refuse_taken(prepared)
            yield prepared

    def place(self, prepared: Prepared) -> None:
        """Put the files where they are found at the next boot."""
        self.overlay.place(prepared.entry, [prepared.wheel.path, *(each.path for each in prepared.needed)])

    def _refuse_misfit(self, wheel: Wheel) -> None:
        every = {**self.manifests, wheel.id: wheel.manifest}
        faults = clashes(every.values(), self.rooms).get(wheel.id, ())
        refused = arrange(every.values()).refused.get(wheel.id, ())
        stopped = tuple(_stopped(wheel.manifest, self.manifests.values()))
        if faults or refused or stopped:
            raise PluginRefused(*faults, *refused, *stopped)

    def _refuse_taken(self, prepared: Prepared) -> None:
        if elsewhere := self._elsewhere(prepared.wheel.id):
            message = text("“%(id)s” is there already, in %(folder)s.", id=prepared.wheel.id, folder=elsewhere)
            raise refusal(prepared.wheel.path, "installed-elsewhere", message, prepared.wheel.id)
        names = {name for each in prepared.needed for name in each.names}
        if owners := taken(names, self.overlay.folder):
            clash = ", ".join(f"{name} ({owner})" for name, owner in sorted(owners.items()))
            message = text("What it needs would place names that others have: %(clash)s", clash=clash)
            raise refusal(prepared.wheel.path, "clash", message, prepared.wheel.id)

    def _elsewhere(self, plugin: str) -> Path | None:
        """Where the plugin's package would be found before the overlay's; its source before us is not one."""
        installed = [each.folder for each in discover() if each.id == plugin and each.folder]
        found = folder_of(plugin)
        places = [*installed, *([found] if found and found.parent.resolve() != Path.cwd() else [])]
        return next((place for place in places if not self._is_ours(place)), None)

    def _is_ours(self, folder: Path) -> bool:
        return folder.resolve().is_relative_to(self.overlay.folder.resolve())


def _stopped(coming: Manifest, installed: Iterable[Manifest]) -> Iterator[Finding]:
    """Who runs with the version that is there, and could not with the one that is coming."""
    for other in sorted(installed, key=lambda manifest: manifest.id):
        wanted = other.requires.get(coming.id)
        if wanted is not None and not wanted.contains(coming.version, prereleases=True):
            message = text(
                "“%(other)s” requires “%(id)s” %(range)s, and this is %(version)s. Upgrade “%(other)s” first.",
                other=other.id,
                id=coming.id,
                range=wanted,
                version=coming.version,
            )
            yield Finding(other.id, other.file, line_in(other.file, ("requires", coming.id)), "would-stop", message)
