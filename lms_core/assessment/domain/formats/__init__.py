"""The formats that items come and go in, and the one way to read and to write any of them.

`read_items` measures a file before it reads a byte of it, asks for the licence, and streams. `export` writes, and tells
of each item what the format loses.
"""

from lms_core.assessment.domain.formats.fidelity import Exported, export
from lms_core.assessment.domain.formats.registry import CORE_FORMATS, format_of, read_items

__all__ = [
    "CORE_FORMATS",
    "Exported",
    "export",
    "format_of",
    "read_items",
]
