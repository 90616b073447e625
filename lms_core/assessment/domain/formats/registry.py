"""Which formats there are, which one a file has, and what is asked before any is read."""

import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from lms_core.assessment.domain.formats.bank_files import read_bank_file
from lms_core.assessment.domain.formats.base import ItemFormat, ReadItem, ReadOptions
from lms_core.assessment.domain.formats.comma_separated import read_comma_separated
from lms_core.assessment.domain.formats.errors import (
    BrokenFile,
    MissingAttribution,
    MissingLicence,
    UnknownFormat,
    UnknownLicence,
    too_large,
)
from lms_core.assessment.domain.formats.gift import read_gift
from lms_core.assessment.domain.formats.json_lines import read_json_lines
from lms_core.assessment.domain.formats.moodle_xml import read_moodle_xml
from lms_core.assessment.domain.licences import asks_attribution, is_accepted
from lms_core.foundation.text import Titles, text
from lms_core.hooks.items import Provenance

FORMATS: Final[tuple[ItemFormat, ...]] = (
    ItemFormat("bank", Titles("문제은행 파일", "Bank file"), (".bank.md", ".md"), read_bank_file),
    ItemFormat("gift", Titles("GIFT", "GIFT"), (".gift", ".gift.txt"), read_gift),
    ItemFormat("moodle-xml", Titles("Moodle XML", "Moodle XML"), (".moodle.xml", ".xml"), read_moodle_xml),
    ItemFormat("csv", Titles("CSV", "CSV"), (".csv",), read_comma_separated),
    ItemFormat("json-lines", Titles("JSON 줄 파일", "JSON lines"), (".jsonl", ".ndjson"), read_json_lines),
)


def format_of(file: str, name: str = "", formats: Sequence[ItemFormat] = FORMATS) -> ItemFormat:
    """The format called `name`, else the one with the file's suffix. Raises UnknownFormat."""
    for each in formats:
        if name == each.name or (not name and file.lower().endswith(each.suffixes)):
            return each
    raise UnknownFormat(
        text(
            "We do not know the format of “%(file)s”. Name one of: %(names)s.",
            file=file,
            names=", ".join(each.name for each in formats),
        ),
        file,
    )


def read_items(item_format: ItemFormat, stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every item of `stream`, streaming. Raises an error of `formats.errors` if the file is refused.

    `stream` must be seekable: its size is known before anything is read.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if size > options.size_limit:
        raise too_large(options.file, size, options.size_limit)
    if item_format.name != "bank":
        require_licence(options.provenance, options.file)
    count = 0
    for item in item_format.read(stream, options):
        count += 1
        yield item
    if not count:
        raise BrokenFile(text("There is no item in this file."), options.file)


def require_licence(provenance: Provenance, file: str = "") -> None:
    """Raise MissingLicence, UnknownLicence or MissingAttribution unless items may be shown."""
    if not provenance.licence:
        raise MissingLicence(text("Name the licence of the items by its SPDX identifier."), file)
    if not is_accepted(provenance.licence):
        raise UnknownLicence(text("Items under “%(licence)s” are not taken.", licence=provenance.licence), file)
    if asks_attribution(provenance.licence) and not provenance.attribution:
        raise MissingAttribution(
            text("“%(licence)s” asks to name whom the items come from.", licence=provenance.licence), file
        )
