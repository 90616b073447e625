"""The archive file: written whole or not at all, and opened with every sum checked."""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from lms_core.foundation.backup.errors import ArchiveDamaged
from lms_core.foundation.backup.manifest import NAME, Manifest, Sum
from lms_core.foundation.text import text

CHUNK = 1 << 20
# What zipfile raises for files that are cut, altered, encrypted or no zip at all.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError)


class Archive:
    """An archive that is being written."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        self.sums: dict[str, Sum] = {}

    def add(self, name: str, path: Path) -> None:
        """Put the file at ``path`` in as ``name``. One that has just been deleted is left out."""
        try:
            source = path.open("rb")
        except FileNotFoundError:
            return
        with source, self._zip.open(name, "w", force_zip64=True) as target:
            self.sums[name] = _copy(source, target)

    def add_text(self, name: str, content: str) -> None:
        """Put ``content`` in as ``name``."""
        raw = content.encode()
        self._zip.writestr(name, raw)
        self.sums[name] = Sum(hashlib.sha256(raw).hexdigest(), len(raw))

    def seal(self, manifest: Manifest) -> None:
        """Put the manifest in, at the end."""
        self._zip.writestr(NAME, manifest.json())


@contextmanager
def written(target: Path) -> Iterator[Archive]:
    """An archive that appears at ``target`` once it is complete and on the disk."""
    half = target.with_name(f".{target.name}.part")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    try:
        with half.open("r+b") as raw:
            with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as opened:
                yield Archive(opened)
            raw.flush()
            os.fsync(raw.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """An archive and its manifest, with which its table of contents agrees. Raises ArchiveDamaged."""
    with _read(path) as archive:
        with _readable():
            manifest = Manifest.read(archive.read(NAME))
        manifest.require_safe()
        if sorted(archive.namelist()) != sorted([NAME, *manifest.files]):
            raise ArchiveDamaged(text("The archive does not hold what its manifest says."))
        yield archive, manifest


def unpack(archive: zipfile.ZipFile, sums: Mapping[str, Sum], folder: Path) -> None:
    """Write the files of ``archive`` under ``folder``, each checked. Raises ArchiveDamaged."""
    for name, wanted in sums.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with _readable():
            _unpack_one(archive, name, wanted, target)


def _unpack_one(archive: zipfile.ZipFile, name: str, wanted: Sum, target: Path) -> None:
    # Before writing, for a small archive may say that it unpacks to a full disk.
    if archive.getinfo(name).file_size != wanted.size:
        raise _damaged(name)
    with archive.open(name) as source, target.open("xb") as sink:
        if _copy(source, sink) != wanted:
            raise _damaged(name)
        sink.flush()
        os.fsync(sink.fileno())


def _read(path: Path) -> zipfile.ZipFile:
    with _readable():
        return zipfile.ZipFile(path)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except UNREADABLE as wrong:
        raise ArchiveDamaged from wrong


def _copy(source: IO[bytes], target: IO[bytes]) -> Sum:
    digest, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        target.write(chunk)
        digest.update(chunk)
        size += len(chunk)
    return Sum(digest.hexdigest(), size)


def _damaged(name: str) -> ArchiveDamaged:
    return ArchiveDamaged(text("The archive is damaged: %(name)s is not what it was. Nothing was changed.", name=name))
