"""What is wrong with XML that expat refuses, in the terms that formats and QTI refuse it in."""

import codecs
from typing import Final, Literal
from xml.parsers import expat

XmlFault = Literal["truncated", "xml-entities", "wrong-encoding", "broken-file"]

_CODES = expat.errors.codes
_CUT_OFF: Final = {
    _CODES[expat.errors.XML_ERROR_NO_ELEMENTS],
    _CODES[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    _CODES[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    _CODES[expat.errors.XML_ERROR_PARTIAL_CHAR],
}
_ENCODING: Final = {
    _CODES[expat.errors.XML_ERROR_UNKNOWN_ENCODING],
    _CODES[expat.errors.XML_ERROR_INCORRECT_ENCODING],
}
_INVALID: Final = _CODES[expat.errors.XML_ERROR_INVALID_TOKEN]
_UNDEFINED: Final = _CODES[expat.errors.XML_ERROR_UNDEFINED_ENTITY]
_CONTINUED: Final = bytes(range(0x80, 0xC0))


def fault_of(error: expat.ExpatError, read: bytes) -> XmlFault:
    """What `error` says of the bytes that were `read` when it came."""
    if error.code in _CUT_OFF:
        return "truncated"
    if error.code == _UNDEFINED:
        return "xml-entities"
    if error.code in _ENCODING or (error.code == _INVALID and not _is_utf_8(read)):
        return "wrong-encoding"
    return "broken-file"


def _is_utf_8(read: bytes) -> bool:
    """Whether a piece of a file is UTF-8, whichever characters its ends cut through."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(read.lstrip(_CONTINUED))
    except UnicodeDecodeError:
        return False
    return True
