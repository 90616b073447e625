"""``lms plugin check``: everything that can be said of a plugin before it is installed anywhere."""

import ast
import tempfile
from collections.abc import Iterator
from pathlib import Path

from lms_core.foundation.host.checking.checked import Checked, fault, sorted_findings
from lms_core.foundation.host.checking.doors import check_doors
from lms_core.foundation.host.checking.examining import examined
from lms_core.foundation.host.checking.migrating import check_migrations
from lms_core.foundation.host.checking.own_tests import run_tests
from lms_core.foundation.host.checking.servers import empty_database
from lms_core.foundation.host.checking.speaking import check_languages, has_catalogue
from lms_core.foundation.host.checking.subject import Subject, subject_at
from lms_core.foundation.host.core import Core
from lms_core.foundation.host.discovery import discover
from lms_core.foundation.host.findings import Finding, PluginRefused
from lms_core.foundation.host.shape import check_folder, check_shape
from lms_core.foundation.host.trial import trial

__all__ = ["Checked", "check_plugin"]


# In the order they are made. Those from "registering" on need the plugin to run.
NAMES = (
    *("manifest", "syntax", "shape", "contracts", "languages", "hooks"),
    *("migrations on SQLite", "migrations on PostgreSQL"),
    *("registering", "permissions", "gates", "personal data", "tables", "faults", "tests"),
)


def check_plugin(core: Core, path: Path, overlay: Path, postgres: str = "") -> Iterator[Checked]:
    """Check the folder or wheel at ``path``, one check after the other; later ones need what earlier ones found.

    ``overlay`` is where plugins that it requires may be installed, ``postgres`` the URL of a server where databases
    may be created. Nothing of the site is touched. What could not be tried is told as left out, with what stood in
    its way.
    """
    made: list[Checked] = []
    for checked in _made(core, path, overlay, postgres):
        made.append(checked)
        yield checked
    hindered = next((one.name for one in reversed(made) if not one.passed), "")
    for name in NAMES:
        if hindered and name not in {one.name for one in made}:
            yield Checked(name, skipped=f"it needs “{hindered}” to pass first")


def _made(core: Core, path: Path, overlay: Path, postgres: str) -> Iterator[Checked]:
    with tempfile.TemporaryDirectory(prefix="lms-check-") as name:
        room = Path(name)
        try:
            with subject_at(path, room) as subject:
                yield Checked("manifest")
                for checked in _checks(core, subject, overlay, room, postgres):
                    yield checked.placed(subject.package, subject.home)
        except PluginRefused as refused:
            yield Checked("manifest", refused.findings)


def _checks(core: Core, subject: Subject, overlay: Path, room: Path, postgres: str) -> Iterator[Checked]:
    broken = tuple(_unreadable(subject))
    yield Checked("syntax", broken)
    if broken:
        return
    folders = [*subject.folders, overlay]
    installed = {one.id for one in discover()}
    yield Checked("shape", tuple(_shape(subject)))
    yield Checked("contracts", sorted_findings(check_doors(subject.manifest, subject.package, core.rooms, installed)))
    yield _languages(subject)
    hooks = Checked("hooks", trial(core, subject.id, folders).findings)
    yield hooks
    url = f"sqlite:///{room / 'check.sqlite3'}"
    yield Checked("migrations on SQLite", tuple(check_migrations(core, subject, url)))
    yield _on_server(core, subject, postgres)
    if hooks.passed:
        yield from examined(core, subject.id, folders)
        yield run_tests(subject.id, subject.source)


def _unreadable(subject: Subject) -> Iterator[Finding]:
    for module in sorted(subject.package.rglob("*.py")):
        try:
            ast.parse(module.read_bytes(), str(module))
        except SyntaxError as error:
            yield fault(subject.id, module, "syntax", "This is no Python: %(why)s", error.lineno or 0, why=error.msg)


def _shape(subject: Subject) -> Iterator[Finding]:
    yield from check_shape(subject.id, subject.home)
    if subject.source:
        yield from check_folder(subject.id, subject.source)


def _languages(subject: Subject) -> Checked:
    if not has_catalogue(subject.package):
        return Checked("languages", skipped="it has no translations/ko: Koreans will read its English")
    return Checked("languages", tuple(check_languages(subject.id, subject.package)))


def _on_server(core: Core, subject: Subject, postgres: str) -> Checked:
    name = "migrations on PostgreSQL"
    try:
        with empty_database(postgres) as url:
            return Checked(name, tuple(check_migrations(core, subject, url)))
    except LookupError as nowhere:
        return Checked(name, skipped=str(nowhere))
