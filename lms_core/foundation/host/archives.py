"""Looks into a wheel as a mere archive: nothing in it may reach outside, hide, or swell.

Nothing is unpacked before all of it was looked at.
"""

import base64
import csv
import hashlib
import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, ZipInfo

from lms_core.foundation.host.findings import Finding, PluginRefused
from lms_core.foundation.text import Text, text

ARCHIVE_LIMIT = 64 * 1024 * 1024
CONTENT_LIMIT = 256 * 1024 * 1024
ENTRY_LIMIT = 20_000


def open_archive(path: Path) -> ZipFile:
    """The wheel as an archive that is safe to read. Raises PluginRefused with everything that is wrong."""
    try:
        if path.stat().st_size > ARCHIVE_LIMIT:
            raise refusal(path, "size", text("It is larger than %(limit)d MB.", limit=ARCHIVE_LIMIT >> 20))
        archive = ZipFile(path)
    except OSError as unreadable:
        raise refusal(path, "unreadable", text("It cannot be read: %(why)s", why=unreadable)) from unreadable
    except zipfile.BadZipFile as broken:
        raise refusal(path, "archive", text("It is no wheel: %(why)s", why=broken)) from broken
    if faults := tuple(_faults(path, archive)):
        archive.close()
        raise PluginRefused(*faults)
    return archive


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Refuse the archive at ``path`` where reading a file in it fails inside: damaged, or packed in a way unknown."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as broken:
        raise refusal(path, "archive", text("It is no wheel: %(why)s", why=broken)) from broken


def tops(archive: ZipFile) -> frozenset[str]:
    """The first steps of all paths in the archive."""
    return frozenset(PurePosixPath(name).parts[0] for name in archive.namelist())


def refusal(path: Path, rule: str, message: Text, plugin: str = "") -> PluginRefused:
    """A refusal of the wheel at ``path`` for one reason."""
    return PluginRefused(Finding(plugin or path.name, str(path), 0, rule, message))


def check_record(path: Path, archive: ZipFile, info: str) -> Iterator[Finding]:
    """Whether the wheel's own list of files and hashes (RECORD) tells the truth."""
    record = f"{info}/RECORD"
    listed = _listed(archive, record)
    content = {name for name in archive.namelist() if not name.endswith("/")} - {record, *_signatures(record)}
    for name in sorted(content ^ (listed.keys() - {record, *_signatures(record)})):
        message = text("RECORD and the archive do not agree about %(name)s.", name=name)
        yield Finding(path.name, str(path), 0, "record", message)
    for name in sorted(content & listed.keys()):
        if _digest(archive, name) != listed[name]:
            yield Finding(path.name, str(path), 0, "record", text("%(name)s is not what RECORD says.", name=name))


def _faults(path: Path, archive: ZipFile) -> Iterator[Finding]:
    entries = archive.infolist()
    if len(entries) > ENTRY_LIMIT or sum(entry.file_size for entry in entries) > CONTENT_LIMIT:
        message = text("It holds more than %(limit)d MB or too many files.", limit=CONTENT_LIMIT >> 20)
        yield Finding(path.name, str(path), 0, "size", message)
    for name, times in Counter(entry.filename.casefold() for entry in entries).items():
        if times > 1:
            yield Finding(path.name, str(path), 0, "twice", text("%(name)s is in it %(n)d times.", name=name, n=times))
    for entry in entries:
        if why := _reach(entry):
            yield Finding(
                path.name, str(path), 0, "path", Text("%(name)s: %(why)s", {"name": entry.filename, "why": why})
            )


def _reach(entry: ZipInfo) -> Text | None:
    name, mode = entry.orig_filename, entry.external_attr >> 16
    steps = name.rstrip("/").split("/")
    if "\\" in name or "\0" in name or name.startswith("/") or ":" in steps[0] or {"", ".", ".."} & set(steps):
        return text("a path that leads outside")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return text("not a plain file")
    if entry.flag_bits & 0x1:
        return text("encrypted")
    return None


def _listed(archive: ZipFile, record: str) -> dict[str, str]:
    if record not in archive.namelist():
        return {}
    rows = csv.reader(io.StringIO(archive.read(record).decode(errors="replace")))
    return {row[0]: row[1] for row in rows if len(row) >= 2}


def _signatures(record: str) -> tuple[str, str]:
    return (f"{record}.jws", f"{record}.p7s")


def _digest(archive: ZipFile, name: str) -> str:
    digest = hashlib.sha256(archive.read(name)).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
