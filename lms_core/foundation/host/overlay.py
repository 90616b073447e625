"""The overlay: the folder that holds installed plugins, last on the path, changed as a whole or not at all."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lms_core.foundation.host.archives import open_archive, readable

_SWAP = ".swap-"


@dataclass(frozen=True, slots=True)
class Placed:
    """A distribution in the overlay: by which hash it came, and which names there are its own."""

    distribution: str
    version: str
    sha256: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A plugin in the lock: its own wheel first, then what came with it."""

    plugin: str
    wheel: Placed
    needed: tuple[Placed, ...] = ()


@dataclass(frozen=True)
class Overlay:
    """The folder and its lock file, ``<folder>.lock``."""

    folder: Path

    @property
    def lock_file(self) -> Path:
        """Where it is written down what was installed, from which hashes."""
        return self.folder.with_name(f"{self.folder.name}.lock")

    def entries(self) -> dict[str, Entry]:
        """What is installed, by plugin."""
        if not self.lock_file.is_file():
            return {}
        written = json.loads(self.lock_file.read_text(encoding="utf-8"))["plugins"]
        return {plugin: _entry(plugin, value) for plugin, value in written.items()}

    def versions(self, without: str = "") -> dict[str, str]:
        """The distributions in the overlay by name and version, but for those that only ``without`` brought."""
        placed = [each for name, entry in self.entries().items() if name != without for each in _all(entry)]
        return {each.distribution: each.version for each in placed}

    def place(self, entry: Entry, wheels: Iterable[Path]) -> None:
        """Unpack ``wheels`` in place of what was there of this plugin."""
        with self._alone():
            entries = self.entries()
            self._swap(self._names(entries, entry.plugin), wheels, entries | {entry.plugin: entry})

    def remove(self, plugin: str) -> bool:
        """Take a plugin's files away, and those of what only it needed; whether there were any."""
        with self._alone():
            entries = self.entries()
            if plugin not in entries:
                return False
            staying = {name: entry for name, entry in entries.items() if name != plugin}
            self._swap(self._names(entries, plugin), (), staying)
            return True

    def mend(self) -> None:
        """Undo, or finish, what a change left that was killed. To be called before plugins are looked for."""
        if any(self.folder.glob(f"{_SWAP}*")):
            with self._alone():
                pass

    def _names(self, entries: Mapping[str, Entry], plugin: str) -> frozenset[str]:
        """The names in the folder that are this plugin's and nobody else's."""
        own = {name for each in _all(entries.get(plugin)) for name in each.names}
        others = {name for other, entry in entries.items() if other != plugin for e in _all(entry) for name in e.names}
        return frozenset(own - others)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.folder / ".busy", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            self._mend()
            yield
        finally:
            os.close(descriptor)

    def _swap(self, leaving: Iterable[str], wheels: Iterable[Path], entries: Mapping[str, Entry]) -> None:
        """Move ``leaving`` out and the content of ``wheels`` in, then note ``entries``.

        Killed at any step, the next one who comes finds the swap and undoes it, or finishes it once it is done.
        """
        swap = self.folder / f"{_SWAP}{secrets.token_hex(8)}"
        (swap / "new").mkdir(parents=True)
        (swap / "old").mkdir()
        try:
            for wheel in wheels:
                unpack(wheel, swap / "new")
            coming = sorted(path.name for path in (swap / "new").iterdir())
            (swap / "names.json").write_text(json.dumps(coming), encoding="utf-8")
            (swap / "lock.json").write_text(_written(entries), encoding="utf-8")
            self._move({*leaving, *coming}, self.folder, swap / "old")
            self._move(coming, swap / "new", self.folder)
            (swap / "done").touch()
        finally:
            self._mend()

    def _move(self, names: Iterable[str], here: Path, there: Path) -> None:
        for name in sorted(names):
            if (here / name).exists():
                (here / name).rename(there / name)

    def _mend(self) -> None:
        for swap in self.folder.glob(f"{_SWAP}*"):
            if not (swap / "done").exists():
                self._undo(swap)
            elif (swap / "lock.json").exists():
                (swap / "lock.json").replace(self.lock_file)
            shutil.rmtree(swap)

    def _undo(self, swap: Path) -> None:
        if not (swap / "names.json").exists():
            return
        for name in json.loads((swap / "names.json").read_text(encoding="utf-8")):
            # No longer among the new, so it had been moved in. What it replaced is among the old.
            if not (swap / "new" / name).exists() and (self.folder / name).exists():
                _erase(self.folder / name)
        self._move([path.name for path in (swap / "old").iterdir()], swap / "old", self.folder)


def unpack(wheel: Path, into: Path) -> None:
    """Write the files of ``wheel`` into the folder ``into``; raises PluginRefused before the first, if it is unsafe."""
    with open_archive(wheel) as archive, readable(wheel):
        for entry in archive.infolist():
            if not entry.is_dir():
                target = into / entry.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(entry))


def _erase(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _all(entry: Entry | None) -> tuple[Placed, ...]:
    return (entry.wheel, *entry.needed) if entry else ()


def _written(entries: Mapping[str, Entry]) -> str:
    plugins = {
        name: {"wheel": asdict(entry.wheel), "needed": [asdict(each) for each in entry.needed]}
        for name, entry in sorted(entries.items())
    }
    return json.dumps({"version": 1, "plugins": plugins}, indent=2) + "\n"


def _entry(plugin: str, written: Mapping[str, Any]) -> Entry:
    return Entry(plugin, _placed(written["wheel"]), tuple(_placed(each) for each in written["needed"]))


def _placed(written: Mapping[str, Any]) -> Placed:
    return Placed(written["distribution"], written["version"], written["sha256"], tuple(written["names"]))
