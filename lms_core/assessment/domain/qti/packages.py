"""One file out of a package (a zip), measured before it is unpacked and unpacked no further than is read."""

import os
import zlib
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from lms_core.assessment.domain.qti.document import SIZE_LIMIT, require_size
from lms_core.assessment.domain.qti.errors import UnreadableDocument
from lms_core.foundation.text import Text, text

PACKAGE_LIMIT: Final = 512_000_000
"""Bytes of a package that is opened at most."""
MEMBER_LIMIT: Final = 20_000
_NAMED: Final = 10
_ENCRYPTED: Final = 0x1


def read_member(stream: BinaryIO, name: str) -> bytes:
    """The bytes of the file `name` inside the package. Raises UnreadableDocument."""
    require_size(stream.seek(0, os.SEEK_END), PACKAGE_LIMIT)
    stream.seek(0)
    try:
        with ZipFile(stream) as package:
            return _unpacked(package, _member(package, name))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise _unreadable("broken-package", text("The package is no zip file that can be read.")) from error


def _member(package: ZipFile, name: str) -> ZipInfo:
    members = package.infolist()
    if len(members) > MEMBER_LIMIT:
        reason = text("The package holds more than %(limit)s files.", limit=MEMBER_LIMIT)
        raise _unreadable("too-many-files", reason)
    found = [member for member in members if member.filename == name.removeprefix("/")]
    if not found:
        known = sorted(member.filename for member in members if member.filename.endswith(".xml"))
        reason = text(
            "The package holds no file “%(name)s”. Name one of: %(known)s.", name=name, known=", ".join(known[:_NAMED])
        )
        raise _unreadable("no-such-file", reason)
    if found[0].flag_bits & _ENCRYPTED:
        raise _unreadable("encrypted", text("“%(name)s” is encrypted. Export the package without.", name=name))
    require_size(found[0].file_size)
    return found[0]


def _unpacked(package: ZipFile, member: ZipInfo) -> bytes:
    with package.open(member) as inside:
        data = inside.read(SIZE_LIMIT + 1)
    # A package may lie about the size of what it holds.
    require_size(len(data))
    return data


def _unreadable(rule: str, reason: Text) -> UnreadableDocument:
    return UnreadableDocument(rule, reason)
