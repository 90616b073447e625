"""The formats that are on somewhere, and what is told where one of them fails: it may be a plugin's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

import structlog

from lms_core.assessment.domain.formats import Exported, export, format_of, read_items
from lms_core.assessment.domain.formats.errors import FormatFailed, UnknownFormat
from lms_core.assessment.domain.formats.fidelity import proven
from lms_core.foundation.calling.values import fault_in
from lms_core.foundation.errors import Invalid, LmsError
from lms_core.foundation.scopes import Scopes
from lms_core.foundation.text import text
from lms_core.hooks.caller import Hooks
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import ItemContent

log = structlog.get_logger("lms.formats")


@dataclass(frozen=True)
class KnownFormats:
    """Every format that was registered when the site came up, with its plugin, be it on or off."""

    registered: Sequence[tuple[str, ItemFormat]] = ()


@dataclass(frozen=True)
class FormatService:
    """The one way to a format: by the gate of the place where items come or go."""

    hooks: Hooks
    known: KnownFormats = field(default_factory=KnownFormats)

    def at(self, scopes: Scopes) -> Sequence[ItemFormat]:
        """Every format that is on there, the core's first."""
        return self.hooks.item_formats(scopes)

    def written_at(self, scopes: Scopes) -> Sequence[ItemFormat]:
        """Those in which items go out."""
        return [each for each in self.at(scopes) if each.write]

    def of(self, scopes: Scopes, file: str, name: str = "") -> ItemFormat:
        """The format called ``name``, else the one of the file's suffix. Raises UnknownFormat.

        A file whose own format is off there is not taken for one of another format whose suffix is shorter.
        """
        here = self.at(scopes)
        if not name:
            self._require_on(here, file)
        return format_of(here, file, name)

    def _require_on(self, here: Sequence[ItemFormat], file: str) -> None:
        names = {one.name for one in here}
        off = [(plugin, each) for plugin, each in self.known.registered if each.name not in names]
        fitting = {each.name: (plugin, each) for plugin, each in off if file.lower().endswith(each.suffixes)}
        own = format_of((*here, *(each for _, each in fitting.values())), file) if fitting else None
        if own is not None and own.name in fitting:
            raise _is_off(file, *fitting[own.name])

    def written(self, scopes: Scopes, name: str) -> ItemFormat:
        """The format of that name. Raises UnknownFormat, and Invalid where it is none that is written."""
        found = self.of(scopes, name, name or " ")
        if found.write is None:
            raise Invalid(fields={"format": (text("%(format)s is only read.", format=found.titles),)})
        return found


def reading(item_format: ItemFormat, stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every item of a file, streaming. Raises what `read_items` raises, and FormatFailed where the reader fails."""
    try:
        for item in read_items(item_format, stream, options):
            yield _sound(item)
    except LmsError:
        raise
    except Exception as error:
        raise _failed(item_format, error, options.file) from error


def writing(
    item_format: ItemFormat, stream: BinaryIO, contents: Iterable[ItemContent], options: WriteOptions
) -> Iterator[Exported]:
    """Write what the format can hold, telling of each item. Raises FormatFailed where the writer fails."""
    try:
        yield from export(item_format, stream, contents, options)
    except LmsError:
        raise
    except Exception as error:
        raise _failed(item_format, error) from error


def proving(item_format: ItemFormat, content: ItemContent, options: WriteOptions) -> Exported:
    """What one item would lose. Raises FormatFailed where the format fails."""
    try:
        return proven(item_format, content, options)
    except Exception as error:
        raise _failed(item_format, error) from error


def _sound(item: ReadItem) -> ReadItem:
    if fault := fault_in(item, ReadItem):
        raise TypeError(f"it {fault}")
    return item


def _is_off(file: str, plugin: str, item_format: ItemFormat) -> UnknownFormat:
    reason = text(
        "“%(file)s” is a file of %(format)s, which the plugin %(plugin)s reads. It is off here: ask an operator to "
        "switch it on, or name another format.",
        file=file,
        format=item_format.titles,
        plugin=plugin,
    )
    return UnknownFormat(reason, file)


def _failed(item_format: ItemFormat, error: Exception, file: str = "") -> FormatFailed:
    log.error("format failed", format=item_format.name, exc_info=error)
    reason = text(
        "%(format)s failed, so nothing was kept. Choose another format, and please tell the operator.",
        format=item_format.titles,
    )
    return FormatFailed(reason, file)
