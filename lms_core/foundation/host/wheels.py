"""Reads a plugin's wheel without running any of it, and refuses one that is more than a plugin."""

import configparser
import email
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.tags import sys_tags
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from lms_core.foundation.host.archives import check_record, open_archive, readable, refusal, tops
from lms_core.foundation.host.discovery import GROUP
from lms_core.foundation.host.findings import Finding, PluginRefused
from lms_core.foundation.host.manifest import FILE_NAME, Manifest
from lms_core.foundation.host.manifest_file import MANIFEST_LIMIT, parse_manifest
from lms_core.foundation.text import Text, text


@dataclass(frozen=True, slots=True)
class Wheel:
    """A plugin's wheel that was looked through: what it says, what it needs, which names it would place."""

    path: Path
    manifest: Manifest
    distribution: str
    sha256: str
    requirements: tuple[Requirement, ...]
    names: frozenset[str]

    @property
    def id(self) -> str:
        """The plugin's id."""
        return self.manifest.id


def read_wheel(path: Path) -> Wheel:
    """The plugin in the wheel at ``path``. Raises PluginRefused with every reason against it."""
    with open_archive(path) as archive, readable(path):
        return _Reading(path, archive).wheel()


def sha256_of(path: Path) -> str:
    """The hash of a file, in hexadecimal."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


class _EntryPoints(configparser.ConfigParser):
    """Entry points, whose names are taken as they are written."""

    def optionxform(self, optionstr: str) -> str:
        return optionstr


@dataclass
class _Reading:
    """One wheel being read."""

    path: Path
    archive: ZipFile

    def wheel(self) -> Wheel:
        info = self.info()
        plugin = self.plugin(info)
        metadata = email.message_from_bytes(self.content(f"{info}/METADATA"))
        manifest, findings = self.manifest(plugin, str(metadata["Version"]))
        faults = (
            *findings,
            *self.strays(plugin, info),
            *self.tags(metadata),
            *check_record(self.path, self.archive, info),
        )
        if manifest is None or faults:
            raise PluginRefused(*faults)
        requirements = tuple(self.requirements(metadata))
        name = canonicalize_name(str(metadata["Name"]))
        return Wheel(self.path, manifest, name, sha256_of(self.path), requirements, tops(self.archive))

    def info(self) -> str:
        found = sorted(name for name in tops(self.archive) if name.endswith(".dist-info"))
        if len(found) != 1:
            raise self.refused("dist-info", text("It has %(times)d .dist-info folders, not one.", times=len(found)))
        return found[0]

    def plugin(self, info: str) -> str:
        """The plugin's id from the only entry point a plugin may have."""
        points = _EntryPoints(delimiters=("=",), interpolation=None)
        try:
            points.read_string(self.content(f"{info}/entry_points.txt").decode())
        except (configparser.Error, UnicodeDecodeError) as broken:
            raise self.refused("entry-points", text("Its entry points cannot be read: %(w)s", w=broken)) from broken
        offered = [(group, name) for group in points.sections() for name in points[group]]
        if len(offered) != 1 or offered[0][0] != GROUP:
            groups = ", ".join(f"{group}: {name}" for group, name in offered) or "-"
            message = text("A plugin has one entry point, in %(group)s; this has %(found)s.", group=GROUP, found=groups)
            raise self.refused("entry-points", message)
        return offered[0][1]

    def manifest(self, plugin: str, version: str) -> tuple[Manifest | None, tuple[Finding, ...]]:
        name = f"{plugin}/{FILE_NAME}"
        source = self.content(name)
        return parse_manifest(source.decode(errors="replace"), f"{self.path}/{name}", plugin, version)

    def strays(self, plugin: str, info: str) -> Iterator[Finding]:
        for name in sorted(tops(self.archive) - {plugin, info}):
            message = text("“%(name)s” lies outside the plugin's own package “%(id)s”.", name=name, id=plugin)
            yield self.fault("stray", message)
        if f"{plugin}/__init__.py" not in self.archive.namelist():
            yield self.fault("no-package", text("There is no package “%(package)s”.", package=plugin))

    def tags(self, metadata: Message) -> Iterator[Finding]:
        try:
            name, version, _, tags = parse_wheel_filename(self.path.name)
        except InvalidWheelFilename as wrong:
            yield self.fault("file-name", text("It is not named as a wheel: %(why)s", why=wrong))
            return
        if (name, str(version)) != (canonicalize_name(str(metadata["Name"])), str(metadata["Version"])):
            yield self.fault("file-name", text("Its file name and its metadata do not agree."))
        if not tags & set(sys_tags()):
            yield self.fault("platform", text("It is made for another platform."))
        if not _runs_here(str(metadata["Requires-Python"] or "")):
            wanted = metadata["Requires-Python"]
            yield self.fault("python", text("It is made for Python %(wanted)s.", wanted=wanted))

    def requirements(self, metadata: Message) -> Iterator[Requirement]:
        for line in metadata.get_all("Requires-Dist") or ():
            try:
                requirement = Requirement(line)
            except InvalidRequirement as wrong:
                raise self.refused("requirement", text("“%(line)s” is no requirement.", line=line)) from wrong
            if requirement.url:
                message = text("“%(line)s” names an address: requirements are named by version.", line=line)
                raise self.refused("requirement", message)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                yield requirement

    def content(self, name: str) -> bytes:
        try:
            entry = self.archive.getinfo(name)
        except KeyError:
            raise self.refused("missing-file", text("It holds no %(name)s.", name=name)) from None
        if entry.file_size > MANIFEST_LIMIT:
            raise self.refused("size", text("%(name)s is too large.", name=name))
        return self.archive.read(entry)

    def fault(self, rule: str, message: Text) -> Finding:
        return Finding(self.path.name, str(self.path), 0, rule, message)

    def refused(self, rule: str, message: Text) -> PluginRefused:
        return refusal(self.path, rule, message)


def _runs_here(wanted: str) -> bool:
    try:
        return SpecifierSet(wanted).contains(".".join(map(str, sys.version_info[:3])))
    except InvalidSpecifier:
        return False
