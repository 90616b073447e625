"""Reads ``plugin.toml`` into a Manifest: every fault at once, with file, line, key and rule."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from lms_core.foundation.host.fields import Fields
from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.manifest import FILE_NAME, ID_LENGTH, ID_PATTERN, Manifest, PersonalData
from lms_core.foundation.text import Text, text

MANIFEST_LIMIT = 256 * 1024
_URL = re.compile(r"/[a-z0-9](?:[-_]?[a-z0-9])*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL}){{0,20}}(?::\d+)?")
_HOOK = re.compile(r"lms_[a-z]+(?:_[a-z0-9]+)+")
_PERMISSION = re.compile(r"[a-z](?:_?[a-z0-9])*\.[a-z](?:_?[a-z0-9])*")
_NAME = re.compile(r"[a-z](?:_?[a-z0-9])*")


def read_manifest(file: Path, name: str, version: str) -> tuple[Manifest | None, Findings]:
    """The manifest of the plugin that its entry point calls ``name``, and every fault in it.

    With faults the manifest is still given where its id is right, so that others can be ordered around it.
    """
    try:
        return parse_manifest(_content(file), str(file), name, version)
    except OSError as unreadable:
        message = text("%(file)s cannot be read: %(why)s.", file=FILE_NAME, why=unreadable.strerror or unreadable)
    except ValueError as unreadable:
        message = text("%(file)s cannot be read: %(why)s.", file=FILE_NAME, why=unreadable)
    return None, (Finding(name, str(file), 0, "unreadable", message),)


def parse_manifest(source: str, file: str, name: str, version: str) -> tuple[Manifest | None, Findings]:
    """As ``read_manifest``, from text that was read elsewhere; ``file`` only says where."""
    page = _Page(name, file, source)
    table = page.parse()
    return (page.read(table, version) if table is not None else None, tuple(page.findings))


@dataclass
class _Page:
    """One manifest being read."""

    name: str
    file: str
    source: str
    findings: list[Finding] = field(default_factory=list)

    def parse(self) -> dict[str, object] | None:
        try:
            return tomllib.loads(self.source)
        except tomllib.TOMLDecodeError as broken:
            line = re.search(r"line (\d+)", str(broken))
            message = text("This is no TOML: %(why)s.", why=broken)
            self.findings.append(Finding(self.name, self.file, int(line[1]) if line else 0, "toml", message))
            return None

    def read(self, table: dict[str, object], version: str) -> Manifest | None:
        top = Fields(table, self.complain)
        identity = self.identity(top)
        manifest = Manifest(
            id=identity,
            version=self.version(version),
            title=top.titles("title"),
            summary=top.titles("summary"),
            core=top.range("core"),
            requires=self.requirements(top),
            hooks=top.words("hooks", _HOOK, text("A hook is named lms_<verb>_<what>.")),
            permissions=self.own(top, "permissions"),
            grants=top.words("grants", _PERMISSION, text("A permission is named <room>.<verb>_<noun>.")),
            personal_data=self.personal_data(top),
            hosts=top.words("hosts", _HOST, text("A network host is named without scheme or path.")),
            tasks=self.own(top, "tasks"),
            settings=top.words("settings", _NAME, text("A setting is named in lower_case.")),
            url_prefix=self.url_prefix(top),
            file=self.file,
        )
        top.close()
        return manifest if identity == self.name else None

    def identity(self, top: Fields) -> str:
        identity = top.string("id")
        if identity and (not ID_PATTERN.fullmatch(identity) or len(identity) > ID_LENGTH):
            top.wrong("id", "id", text("“%(id)s” is no id: lower_case words, at most 40 characters.", id=identity))
        elif identity and identity != self.name:
            message = text(
                "The id is “%(id)s”, but the entry point and the package are “%(name)s”.", id=identity, name=self.name
            )
            top.wrong("id", "one-name", message, self.name)
        return identity

    def version(self, written: str) -> Version:
        try:
            return Version(written)
        except InvalidVersion:
            self.complain((), "version", text("The distribution's version “%(v)s” is no version.", v=written), "")
            return Version("0")

    def requirements(self, top: Fields) -> dict[str, SpecifierSet]:
        requires = top.ranges("requires")
        if self.name in requires:
            top.wrong("requires", "requires-itself", text("A plugin cannot require itself."))
        return requires

    def own(self, top: Fields, key: str) -> tuple[str, ...]:
        """Names like ``<id>.<verb_noun>``: whose they are can be read from them, so nobody takes another's."""
        shape = re.compile(re.escape(self.name) + r"\.[a-z](?:_?[a-z0-9])*")
        return top.words(key, shape, text("Write %(id)s.<verb>_<noun>.", id=self.name))

    def url_prefix(self, top: Fields) -> str:
        prefix = top.string("url_prefix", f"/{self.name}")
        if not _URL.fullmatch(prefix):
            top.wrong("url_prefix", "value", text("“%(prefix)s” is not one step like /my-plugin.", prefix=prefix))
        return prefix

    def personal_data(self, top: Fields) -> tuple[PersonalData, ...]:
        return tuple(self.one_table(each) for each in top.each("personal_data"))

    def one_table(self, entry: Fields) -> PersonalData:
        found = PersonalData(entry.string("table"), entry.titles("purpose"), entry.number("retention_days"))
        if found.table and not found.table.startswith(f"{self.name}_"):
            message = text(
                "“%(table)s” is not a table of this plugin: its tables begin with %(prefix)s.",
                table=found.table,
                prefix=f"{self.name}_",
            )
            entry.wrong("table", "table-prefix", message)
        entry.close()
        return found

    def complain(self, path: tuple[str, ...], rule: str, message: Text, suggestion: str) -> None:
        line = line_of(self.source, path)
        self.findings.append(Finding(self.name, self.file, line, rule, message, suggestion))


def _content(file: Path) -> str:
    if file.stat().st_size > MANIFEST_LIMIT:
        raise ValueError(f"larger than {MANIFEST_LIMIT} bytes")
    return file.read_text(encoding="utf-8")


def line_in(file: str, path: tuple[str, ...]) -> int:
    """The line of ``file`` on which the key at ``path`` stands; 0 where there is none or no such file."""
    try:
        return line_of(_content(Path(file)), path)
    except (OSError, ValueError):
        return 0


def line_of(source: str, path: tuple[str, ...]) -> int:
    """The line on which the key at ``path`` stands, or the nearest table above it; 0 if nowhere."""
    best = 0
    inside: tuple[str, ...] = ()
    for number, line in enumerate(source.splitlines(), 1):
        if header := re.match(r"\s*\[\[?\s*([^\]]+?)\s*\]", line):
            inside = tuple(part.strip(" \"'") for part in header[1].split("."))
            found = inside
        elif pair := re.match(r"\s*([\w\"'.-]+)\s*=", line):
            found = (*inside, *(part.strip("\"'") for part in pair[1].split(".")))
        else:
            continue
        if found == path:
            return number
        if found == path[: len(found)] and found:
            best = number
    return best
