"""``lms plugin check``: everything that can be said of a plugin before it is installed anywhere."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect

from lms_core.foundation.database import Database
from lms_core.foundation.host import migrations
from lms_core.foundation.host.building import build_wheel
from lms_core.foundation.host.core import Core
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.findings import Finding, Findings, PluginRefused
from lms_core.foundation.host.lineage import Lineage, plugin_lineage
from lms_core.foundation.host.manifest import Manifest
from lms_core.foundation.host.order import required
from lms_core.foundation.host.overlay import unpack
from lms_core.foundation.host.shape import check_folder, check_shape
from lms_core.foundation.host.trial import tried
from lms_core.foundation.host.upgrading import lineages
from lms_core.foundation.host.wheels import Wheel, read_wheel
from lms_core.foundation.text import Text, text


@dataclass(frozen=True, slots=True)
class Checked:
    """One check and what it found."""

    name: str
    findings: Findings

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check_plugin(core: Core, path: Path, overlay: Path) -> Iterator[Checked]:
    """Check the folder or wheel at ``path``, one check after the other; later ones need what earlier ones found.

    ``overlay`` is where plugins that it requires may be installed. Nothing of the site is touched.
    """
    with tempfile.TemporaryDirectory(prefix="lms-check-") as room:
        try:
            wheel = read_wheel(path if path.suffix == ".whl" else build_wheel(path, Path(room)))
        except PluginRefused as refused:
            yield Checked("wheel", refused.findings)
            return
        unpacked = Path(room) / "unpacked"
        unpack(wheel.path, unpacked)
        yield Checked("wheel", ())
        yield Checked("shape", tuple(_shape(wheel, path, unpacked)))
        yield Checked("hooks", tried(core, wheel.id, [unpacked, overlay]))
        yield Checked("migrations", tuple(_migrations(core, wheel.manifest, unpacked / wheel.id, Path(room))))


def _shape(wheel: Wheel, path: Path, unpacked: Path) -> Iterator[Finding]:
    yield from check_shape(wheel.id, path / wheel.id if path.is_dir() else unpacked / wheel.id)
    if path.is_dir():
        yield from check_folder(wheel.id, path)


def _migrations(core: Core, manifest: Manifest, folder: Path, room: Path) -> Iterator[Finding]:
    """Up, down and up again on an empty database that the core and the required plugins have been given."""
    lineage = plugin_lineage(manifest, folder)
    if lineage is None:
        return
    with _database(core, manifest, room) as database:
        before = _tables(database)
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("up", lambda: migrations.upgrade(database.engine, lineage)),
            ("down", lambda: migrations.downgrade(database.engine, lineage)),
            ("up again", lambda: migrations.upgrade(database.engine, lineage)),
        )
        for name, step in steps:
            try:
                step()
            except migrations.MigrationFailed as failed:
                yield _fault(manifest, lineage, Text("%(step)s: %(why)s", {"step": name, "why": failed.reason}))
                return
            if name == "down" and (left := sorted(_tables(database) - before - {lineage.version_table})):
                yield _fault(manifest, lineage, text("Going down leaves %(tables)s.", tables=", ".join(left)))


@contextmanager
def _database(core: Core, manifest: Manifest, room: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{room / 'check.sqlite3'}", pool_size=1)
    found = discover()
    needed = required(manifest.id, {manifest.id: manifest} | {one.id: one.manifest for one in found if one.manifest})
    try:
        migrations.upgrade(database.engine, core.lineage())
        for lineage in lineages(one for one in found if one.id in needed):
            migrations.upgrade(database.engine, lineage)
        yield database
    finally:
        database.dispose()


def _tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())


def _fault(manifest: Manifest, lineage: Lineage, message: Text) -> Finding:
    return Finding(manifest.id, str(lineage.versions), 0, "migrations", message)
