"""One vocabulary for every version of QTI: the camel case of 2.x.

QTI 3 writes `qti-response-processing` and `base-type` where 2.x writes `responseProcessing` and `baseType`.
"""

from collections.abc import Mapping
from typing import Final, Literal

Version = Literal["2.0", "2.1", "2.2", "3.0", ""]

VERSIONS: Final[Mapping[str, Version]] = {
    "http://www.imsglobal.org/xsd/imsqti_v2p0": "2.0",
    "http://www.imsglobal.org/xsd/imsqti_v2p1": "2.1",
    "http://www.imsglobal.org/xsd/imsqti_v2p2": "2.2",
    "http://www.imsglobal.org/xsd/apip/apipv1p0/qtiitem/imsqti_v2p1": "2.1",
    "http://www.imsglobal.org/xsd/imsqtiasi_v3p0": "3.0",
}
"""The namespaces of items and tests."""

PREFIX: Final = "qti-"
"""What sets QTI's own elements apart from HTML in version 3."""

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_IRREGULAR: Final = {"durationLt": "durationLT", "durationGte": "durationGTE"}
_AS_WRITTEN: Final = ("data-", "aria-", "xml:", "{")

_HTML: Final = """
a abbr acronym address article aside audio b bdi bdo blockquote br caption cite code col colgroup dd details dfn div dl
dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img kbd label li main nav object ol p param picture pre q
rb rbc rp rt rtc ruby samp section small source span strong style sub summary sup table tbody td tfoot th thead time tr
track tt u ul var video
"""

HTML: Final = frozenset(_HTML.split())
"""The elements that QTI takes over from HTML, which 2.x writes in its own namespace."""


def element_name(local: str, version: Version) -> str:
    """The name of a QTI element in the one vocabulary: `qti-map-response` is `mapResponse`."""
    return camel(local.removeprefix(PREFIX)) if version == "3.0" else local


def attribute_name(written: str, version: Version) -> str:
    """The name of an attribute: `base-type` is `baseType`. A namespace stands before it in braces, but `xml:`."""
    space, _, local = written.rpartition(" ")
    if space:
        return f"xml:{local}" if space == _XML else f"{{{space}}}{local}"
    return camel(written) if version == "3.0" and not written.startswith(_AS_WRITTEN) else written


def camel(kebab: str) -> str:
    """`map-response-point` as `mapResponsePoint`."""
    first, *rest = kebab.split("-")
    joined = first + "".join(part[:1].upper() + part[1:] for part in rest)
    return _IRREGULAR.get(joined, joined)
