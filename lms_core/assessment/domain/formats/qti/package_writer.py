"""Packages, written as they grow: a file an item, and the manifest that names them all at the end."""

from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lms_core.assessment.domain.formats.qti.dialects import DIALECTS, Dialect, element
from lms_core.assessment.domain.formats.qti.kinds_written import KINDS
from lms_core.assessment.domain.formats.qti.metadata import metadata_of
from lms_core.assessment.domain.formats.qti.writing import item_of
from lms_core.assessment.domain.qti.names import Version
from lms_core.hooks.item_formats import WriteOptions, Writer
from lms_core.hooks.items import ItemContent

MANIFEST: Final = "imsmanifest.xml"
_IN_MEMORY: Final = 1_000_000
_CHUNK: Final = 64 * 1024
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class PackageWriter:
    """Writes a package. What the manifest says of each item waits on disk, not in memory."""

    def __init__(self, stream: BinaryIO, options: WriteOptions, dialect: Dialect) -> None:
        """Write into `stream` in the one language of the options."""
        self._dialect, self._language = dialect, options.language
        self._zip = ZipFile(stream, "w", ZIP_DEFLATED)
        self._resources = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 closed with the package
        self._count = 0

    def add(self, content: ItemContent) -> None:
        """Write one item. Raises CannotHold."""
        written = item_of(content, self._dialect, self._language, KINDS)
        self._count += 1
        name = f"items/{self._count:06}.xml"
        self._zip.writestr(_member(name), written.encode("utf-8", "xmlcharrefreplace"))
        resource = element(
            "resource",
            metadata_of(content, self._language),
            element("file", href=name),
            identifier=f"item-{self._count:06}",
            type=self._dialect.item_type,
            href=name,
        )
        self._resources.write(f"{resource}\n".encode("utf-8", "xmlcharrefreplace"))

    def close(self) -> None:
        """Write the manifest, and close the package; the stream stays open."""
        head, tail = _around(self._dialect)
        with self._zip.open(_member(MANIFEST), "w") as manifest:
            manifest.write(head.encode())
            self._resources.seek(0)
            while chunk := self._resources.read(_CHUNK):
                manifest.write(chunk)
            manifest.write(tail.encode())
        self._resources.close()
        self._zip.close()


def writer_of(version: Version) -> Callable[[BinaryIO, WriteOptions], Writer]:
    """The writer of packages of one version."""
    return lambda stream, options: PackageWriter(stream, options, DIALECTS[version])


def _member(name: str) -> ZipInfo:
    """A member without a time of its own: the same items make the same bytes."""
    member = ZipInfo(name, _EPOCH)
    member.compress_type = ZIP_DEFLATED
    return member


def _around(dialect: Dialect) -> tuple[str, str]:
    version = element("schema", dialect.schema) + element("schemaversion", f"{dialect.version}.0")
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest xmlns="{dialect.package}" identifier="package">\n'
        f"{element('metadata', version)}<organizations/>\n<resources>\n"
    )
    return head, "</resources>\n</manifest>\n"
