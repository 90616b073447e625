"""The formats that items come in, and the one way to read any of them.

`read_items` measures a file before it reads a byte of it, asks for the licence, and streams.
"""

from lms_core.assessment.domain.formats.base import ItemFormat, ReadItem, ReadOptions
from lms_core.assessment.domain.formats.registry import FORMATS, format_of, read_items

__all__ = ["FORMATS", "ItemFormat", "ReadItem", "ReadOptions", "format_of", "read_items"]
