"""Finds installed plugins without importing any of them.

Entry points say which there are; ``find_spec`` of a top-level package says where its files lie, in wheels and in
editable installs alike, and runs none of them (``Distribution.files`` misses editable ones, and
``importlib.resources`` imports).
"""

import importlib
import sys
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.manifest import FILE_NAME, Manifest
from lms_core.foundation.host.manifest_file import read_manifest
from lms_core.foundation.text import Text, text

GROUP = "lms.plugins"


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin that is installed: its name, what to import, where it lies, what it says, what is wrong with it."""

    id: str
    module: str
    distribution: str
    version: str
    folder: Path | None = None
    manifest: Manifest | None = None
    findings: Findings = ()

    @property
    def package(self) -> str:
        """The top package, which bears the plugin's name."""
        return self.module.partition(".")[0]


def add_overlay(folder: Path) -> None:
    """Let plugins installed in ``folder`` be found: last in line, so that they shadow nothing of the core's."""
    if str(folder) not in sys.path:
        sys.path.append(str(folder))


def discover(group: str = GROUP) -> tuple[Found, ...]:
    """Every installed plugin by name, with its manifest read and its faults gathered. Imports nothing."""
    # Import caches know folders by the moment of their last change, and one that did not exist for ever.
    importlib.invalidate_caches()
    points = sorted(entry_points(group=group), key=lambda point: point.name)
    names = [point.name for point in points]
    found = {point.name: _look(point) for point in reversed(points)}
    return tuple(_alone(each, names.count(each.id)) for _, each in sorted(found.items()))


def _look(point: EntryPoint) -> Found:
    distribution = point.dist.name if point.dist else ""
    found = Found(point.name, point.module, distribution, point.dist.version if point.dist else "0")
    if found.package != found.id:
        message = text("The entry point is “%(id)s”, but it opens the package “%(p)s”.", id=found.id, p=found.package)
        return _with(found, "one-name", message)
    folder = folder_of(found.package)
    if folder is None:
        return _with(found, "no-package", text("There is no package “%(package)s”.", package=found.package))
    manifest, findings = read_manifest(folder / FILE_NAME, found.id, found.version)
    return replace(found, folder=folder, manifest=manifest, findings=findings)


def folder_of(package: str) -> Path | None:
    """The folder of a top-level package, found without importing it; None if there is none."""
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):  # ValueError: already in sys.modules, and without a spec
        return None
    # Without an origin it is a mere folder of that name that happens to lie on the path, such as a project's own.
    places = list(spec.submodule_search_locations or ()) if spec and spec.origin else []
    return Path(places[0]) if places else None


def _alone(found: Found, times: int) -> Found:
    if times == 1:
        return found
    return _with(
        found, "one-owner", text("%(times)d distributions offer the plugin “%(id)s”.", times=times, id=found.id)
    )


def _with(found: Found, rule: str, message: Text) -> Found:
    place = str(found.folder or found.distribution)
    return replace(found, findings=(*found.findings, Finding(found.id, place, 0, rule, message)))
