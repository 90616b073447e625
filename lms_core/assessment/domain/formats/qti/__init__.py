"""QTI 2.1, 2.2 and 3.0: items alone and packages in, packages out.

Read in this order: `reading` (files), `items_read` (one item), the modules `*_read` (by interaction), `scorings`
(which of our rules an item's own rules are); `package_writer`, `writing`, `kinds_written` and `*_written` for the way
out. Any of the three formats reads any version.
"""

from typing import Final

from lms_core.assessment.domain.formats.qti.package_writer import writer_of
from lms_core.assessment.domain.formats.qti.reading import read_qti
from lms_core.foundation.text import Titles
from lms_core.hooks.item_formats import ItemFormat

_SUFFIXES: Final = (".qti.zip", ".qti.xml", ".zip")


QTI_3_0: Final = ItemFormat("qti-3.0", Titles("QTI 3.0", "QTI 3.0"), _SUFFIXES, read_qti, writer_of("3.0"), binary=True)
QTI_2_2: Final = ItemFormat("qti-2.2", Titles("QTI 2.2", "QTI 2.2"), _SUFFIXES, read_qti, writer_of("2.2"), binary=True)
QTI_2_1: Final = ItemFormat("qti-2.1", Titles("QTI 2.1", "QTI 2.1"), _SUFFIXES, read_qti, writer_of("2.1"), binary=True)
