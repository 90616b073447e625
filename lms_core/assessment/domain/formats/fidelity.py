"""Export that tells the truth: each item is written alone, read back, and compared before it goes into the file.

What is told as lost is therefore measured, not declared; an item that would come back as another question, or not at
all, is not written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Final

from lms_core.assessment.domain.formats.differences import differences
from lms_core.assessment.domain.formats.errors import FileRefused
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import CannotHold, ItemFormat, ReadItem, ReadOptions, WriteOptions, Writer
from lms_core.hooks.items import ItemContent

ANOTHER_QUESTION: Final = frozenset({"lost-stem", "lost-text", "lost-correct", "lost-key", "lost-value"})


@dataclass(frozen=True, slots=True)
class Exported:
    """What became of one item: whether it stands in the file, and what of it does not come back from there."""

    identifier: str
    is_written: bool
    losses: tuple[Problem, ...] = ()


def export(
    item_format: ItemFormat, stream: BinaryIO, contents: Iterable[ItemContent], options: WriteOptions
) -> Iterator[Exported]:
    """Write every item that the format can hold into `stream`, telling of each. Drain it to finish the file."""
    if item_format.write is None:
        raise ValueError(f"{item_format.name} is only read")
    writer = item_format.write(stream, options)
    for content in contents:
        told = proven(item_format, content, options)
        yield _added(writer, content) or told if told.is_written else told
    writer.close()


def _added(writer: Writer, content: ItemContent) -> Exported | None:
    """Write an item beside the others; what is told instead where it can stand alone, but not beside them."""
    try:
        writer.add(content)
    except CannotHold as refused:
        return Exported(content.identifier, is_written=False, losses=(refused.problem,))
    return None


def proven(item_format: ItemFormat, content: ItemContent, options: WriteOptions) -> Exported:
    """What `content` loses in a file of its own."""
    try:
        back = _there_and_back(item_format, content, options)
    except CannotHold as refused:
        return Exported(content.identifier, is_written=False, losses=(refused.problem,))
    if back is None or back.content is None:
        reasons = back.errors if back else ()
        return Exported(content.identifier, is_written=False, losses=reasons or (_gone(item_format),))
    losses = differences(content, back.content)
    if ANOTHER_QUESTION.intersection(one.rule for one in losses):
        return Exported(content.identifier, is_written=False, losses=(_another(item_format),))
    return Exported(content.identifier, is_written=True, losses=losses)


def _there_and_back(item_format: ItemFormat, content: ItemContent, options: WriteOptions) -> ReadItem | None:
    stream = BytesIO()
    if item_format.write is None:
        return None
    writer = item_format.write(stream, options)
    try:
        writer.add(content)
    finally:
        writer.close()
    stream.seek(0)
    given = ReadOptions("export", options.language, content.provenance)
    try:
        return next(iter(item_format.read(stream, given)), None)
    except FileRefused:
        return None


def _another(item_format: ItemFormat) -> Problem:
    reason = text("From %(format)s it would come back as another question.", format=item_format.titles)
    return Problem("another-question", reason)


def _gone(item_format: ItemFormat) -> Problem:
    return Problem("not-held", text("%(format)s cannot hold this item.", format=item_format.titles))
