"""The formats that the house itself brings, which one a file has, and what is asked before any is read."""

import os
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import BinaryIO, Final

from lms_core.assessment.domain.formats.aiken import AIKEN
from lms_core.assessment.domain.formats.bank_files import BANK_FILE
from lms_core.assessment.domain.formats.comma_separated import COMMA_SEPARATED
from lms_core.assessment.domain.formats.errors import (
    BrokenFile,
    MissingAttribution,
    MissingLicence,
    UnknownFormat,
    UnknownLicence,
    too_large,
)
from lms_core.assessment.domain.formats.gift_writer import GIFT
from lms_core.assessment.domain.formats.json_lines import JSON_LINES
from lms_core.assessment.domain.formats.moodle_xml import MOODLE_XML
from lms_core.assessment.domain.formats.plus_minus import PLUS_MINUS
from lms_core.assessment.domain.formats.qti import QTI_2_1, QTI_2_2, QTI_3_0
from lms_core.assessment.domain.formats.quiz_json import QUIZ_JSON
from lms_core.assessment.domain.formats.spreadsheet import SPREADSHEET
from lms_core.assessment.domain.licences import asks_attribution, is_accepted
from lms_core.foundation.text import text
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions
from lms_core.hooks.items import Provenance

CORE_FORMATS: Final[tuple[ItemFormat, ...]] = (
    BANK_FILE,
    GIFT,
    QTI_3_0,
    QTI_2_2,
    QTI_2_1,
    MOODLE_XML,
    COMMA_SEPARATED,
    SPREADSHEET,
    AIKEN,
    PLUS_MINUS,
    QUIZ_JSON,
    JSON_LINES,
)


def format_of(formats: Sequence[ItemFormat], file: str, name: str = "") -> ItemFormat:
    """The one of `formats` called `name`, else that whose suffix says most about the file. Raises UnknownFormat."""
    if name:
        named = [(0, each) for each in formats if each.name == name]
    else:
        ends = ((suffix, each) for each in formats for suffix in each.suffixes)
        named = [(len(suffix), each) for suffix, each in ends if file.lower().endswith(suffix)]
    if not named:
        known = ", ".join(each.name for each in formats)
        reason = text("We do not know the format of “%(file)s”. Name one of: %(names)s.", file=file, names=known)
        raise UnknownFormat(reason, file)
    return max(named, key=itemgetter(0))[1]


def read_items(item_format: ItemFormat, stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every item of `stream`, streaming. Raises an error of `formats.errors` if the file is refused.

    `stream` must be seekable: its size is known before anything is read.
    """
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    if size > options.size_limit:
        raise too_large(options.file, size, options.size_limit)
    if not item_format.tells_origin:
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
