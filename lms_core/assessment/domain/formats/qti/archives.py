"""Packages as archives that nobody vouches for: measured and looked over before anything of them is unpacked."""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Final
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from lms_core.assessment.domain.formats.errors import BrokenFile, FileRefused, TruncatedFile, too_large
from lms_core.assessment.domain.qti.document import SIZE_LIMIT
from lms_core.foundation.text import Text, text

MEMBER_LIMIT: Final = 200_000
UNPACKED_LIMIT: Final = 2_000_000_000
RATIO_LIMIT: Final = 200
_SMALL: Final = 10_000_000
_ENCRYPTED: Final = 0x1
_BROKEN: Final = (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError)


class EncryptedFile(FileRefused):
    """A file of the package is locked with a password."""

    code = "encrypted"


class UnsafePath(FileRefused):
    """A file of the package names a place outside of it."""

    code = "unsafe-path"


class Archive:
    """An open package. `file` is how it is called in refusals."""

    def __init__(self, package: ZipFile, file: str) -> None:
        """Look the package over. Raises a refusal of `formats.errors`."""
        self._zip, self._file = package, file
        self._check(package.infolist())

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self._zip.NameToInfo

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        """The file as a stream. Raises BrokenFile where it is not there or cannot be unpacked."""
        if not self.has(name):
            raise self._refused(BrokenFile, text("The package holds no file “%(name)s”.", name=name))
        try:
            with self._zip.open(name) as member:
                yield member
        except _BROKEN as error:
            raise self._refused(BrokenFile, text("“%(name)s” cannot be unpacked.", name=name)) from error

    def read(self, name: str, limit: int = SIZE_LIMIT) -> bytes:
        """The bytes of a file, one more than `limit` at most: a package may lie about sizes."""
        with self.opened(name) as member:
            return member.read(limit + 1)

    def _check(self, members: list[ZipInfo]) -> None:
        if len(members) > MEMBER_LIMIT:
            reason = text("The package holds more than %(limit)s files.", limit=MEMBER_LIMIT)
            raise self._refused(BrokenFile, reason)
        packed = sum(one.compress_size for one in members) or 1
        unpacked = sum(one.file_size for one in members)
        if unpacked > UNPACKED_LIMIT or (unpacked > _SMALL and unpacked / packed > RATIO_LIMIT):
            raise too_large(self._file, unpacked, UNPACKED_LIMIT)
        for one in members:
            self._check_member(one)

    def _check_member(self, member: ZipInfo) -> None:
        path = PurePosixPath(member.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in path.parts[:1]:
            reason = text("“%(name)s” names a place outside of the package.", name=member.filename)
            raise self._refused(UnsafePath, reason)
        if member.flag_bits & _ENCRYPTED:
            reason = text("“%(name)s” is encrypted. Export the package without.", name=member.filename)
            raise self._refused(EncryptedFile, reason)

    def _refused(self, kind: type[FileRefused], reason: Text) -> FileRefused:
        return kind(reason, self._file)


@contextmanager
def archive(stream: BinaryIO, file: str) -> Iterator[Archive]:
    """The package of a stream. Raises TruncatedFile or BrokenFile where it is none, or cut off."""
    try:
        package = ZipFile(stream)
    except _BROKEN as error:
        raise _no_archive(stream, file) from error
    with package:
        yield Archive(package, file)


def within(name: str, href: str) -> str:
    """The member that a reference inside the member `name` leads to; empty where it leads outside of the package."""
    plain = unquote(href.partition("#")[0].partition("?")[0])
    if "://" in plain or plain.startswith("/"):
        return ""
    path = os.path.normpath((PurePosixPath(name).parent / plain).as_posix())
    return "" if path.startswith("..") else path


def _no_archive(stream: BinaryIO, file: str) -> FileRefused:
    stream.seek(0)
    if stream.read(2) == b"PK":
        return TruncatedFile(text("The package is cut off or broken."), file)
    return BrokenFile(text("The package is no zip file that can be read."), file)
