"""What is checked: a source folder, a wheel, or the package of a plugin that came with the core."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lms_core.foundation.host.building import build_wheel
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.manifest import FILE_NAME, Manifest
from lms_core.foundation.host.overlay import unpack
from lms_core.foundation.host.wheels import read_wheel


@dataclass(frozen=True, slots=True)
class Subject:
    """A plugin to be checked, without having been imported.

    ``package`` is what would be imported, with ``folders`` on the path; ``home`` is that package where its author
    knows it; ``source`` is the folder around it, where there is one.
    """

    manifest: Manifest
    package: Path
    home: Path
    folders: tuple[Path, ...] = ()
    source: Path | None = None

    @property
    def id(self) -> str:
        """The plugin's id."""
        return self.manifest.id


@contextmanager
def subject_at(path: Path, room: Path) -> Iterator[Subject]:
    """The plugin at ``path``; wheels are built and unpacked in ``room``. Raises PluginRefused."""
    if bundled := _bundled(path):
        yield bundled
        return
    wheel = read_wheel(path if path.suffix == ".whl" else build_wheel(path, room))
    unpacked = room / "unpacked"
    unpack(wheel.path, unpacked)
    package = unpacked / wheel.id
    source = path.resolve() if path.is_dir() else None
    yield Subject(wheel.manifest, package, source / wheel.id if source else package, (unpacked,), source)


def _bundled(path: Path) -> Subject | None:
    """A package that is installed already, named by its own folder."""
    if not (path / FILE_NAME).is_file():
        return None
    here = path.resolve()
    found = (one for one in discover() if one.manifest and one.folder and one.folder.resolve() == here)
    return next((Subject(one.manifest, here, here) for one in found if one.manifest), None)
