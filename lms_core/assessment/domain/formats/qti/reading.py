"""QTI files, whatever version: one item alone, or a package of items and tests, one member after the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from lms_core.assessment.domain.formats import errors
from lms_core.assessment.domain.formats.base import rejected
from lms_core.assessment.domain.formats.markup import Element, elements
from lms_core.assessment.domain.formats.qti.archives import Archive, archive, within
from lms_core.assessment.domain.formats.qti.items_read import read_content
from lms_core.assessment.domain.formats.qti.metadata import NOTHING, Metadata, read_metadata
from lms_core.assessment.domain.formats.qti.package_writer import MANIFEST
from lms_core.assessment.domain.formats.qti.tests_read import Asked, asked_by
from lms_core.assessment.domain.qti.document import SIZE_LIMIT, read_document
from lms_core.assessment.domain.qti.errors import UnreadableDocument
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ReadItem, ReadOptions

_ZIP: Final = b"PK"
_REFUSALS: Final[dict[str, type[errors.FileRefused]]] = {
    "truncated": errors.TruncatedFile,
    "wrong-encoding": errors.WrongEncoding,
    "xml-entities": errors.EntitiesRefused,
}


@dataclass(frozen=True, slots=True)
class _Resource:
    """A line of the manifest: the member it names, of which type, and what is told beside it."""

    name: str
    type: str
    metadata: Metadata


def read_qti(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every item as one of ours, or refused with its place. Raises an error of `formats.errors`."""
    start = stream.read(len(_ZIP))
    stream.seek(0)
    if start != _ZIP:
        yield _alone(stream, options)
        return
    with archive(stream, options.file) as package:
        for number, item in enumerate(_items(package, options), 1):
            yield replace(item, line=number)


def _alone(stream: BinaryIO, options: ReadOptions) -> ReadItem:
    data = stream.read(SIZE_LIMIT + 1)
    try:
        document = read_document(data)
    except UnreadableDocument as refused:
        kind = _REFUSALS.get(refused.rule, errors.BrokenFile)
        raise kind(refused.reason, options.file, refused.line) from refused
    if document.root.kind != "qti" or document.root.name != "assessmentItem":
        reason = text(
            "The file starts with “%(name)s”, not with “%(root)s”.", name=document.root.name, root="assessmentItem"
        )
        raise errors.BrokenFile(reason, options.file, document.root.line)
    return read_content(document, document.root.line, options)


def _items(package: Archive, options: ReadOptions) -> Iterator[ReadItem]:
    """Those of tests in their order, then the others in that of the manifest."""
    if not package.has(MANIFEST):
        raise errors.BrokenFile(text("The package holds no file “%(name)s”.", name=MANIFEST), options.file)
    asked = [
        one
        for resource in _resources(package, options)
        if resource.type.startswith("imsqti_test")
        for one in asked_by(package, resource.name, options.file)
    ]
    taken = {one.name: one for one in reversed(asked)}
    beside = {one.name: one.metadata for one in _resources(package, options) if one.name in taken} if taken else {}
    for name in dict.fromkeys(one.name for one in asked):
        yield _item(package, taken[name], beside.get(name, NOTHING), options)
    for resource in _resources(package, options):
        if resource.name not in taken and resource.type.startswith("imsqti_item"):
            yield _item(package, Asked(resource.name, ()), resource.metadata, options)


def _item(package: Archive, asked: Asked, metadata: Metadata, options: ReadOptions) -> ReadItem:
    try:
        document = read_document(package.read(asked.name))
    except UnreadableDocument as refused:
        return rejected(0, asked.name, Problem(refused.rule, refused.reason))
    except errors.BrokenFile as refused:
        return rejected(0, asked.name, Problem(refused.code, refused.reason))
    read = read_content(document, 0, options, asked.tags)
    content = metadata.beside(read.content) if read.content else None
    return replace(read, content=content, problems=(*asked.told, *read.problems))


def _resources(package: Archive, options: ReadOptions) -> Iterator[_Resource]:
    """The manifest, a resource at a time."""
    with package.opened(MANIFEST) as manifest:
        for found in elements(manifest, options.file, "manifest", "resource"):
            yield _resource(found)


def _resource(found: Element) -> _Resource:
    given = found.attributes
    href = given.get("href") or next((one.attributes.get("href", "") for one in found.all("file")), "")
    return _Resource(within(MANIFEST, href), given.get("type", ""), read_metadata(found))
