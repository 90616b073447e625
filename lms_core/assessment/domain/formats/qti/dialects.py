"""The versions of QTI that are written: their namespaces, and how each spells the one vocabulary."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from lms_core.assessment.domain.qti.names import Version

_CAPITAL: Final = re.compile(r"(?<=.)([A-Z])")
_SPELLED: Final = {"class_": "class", "use_": "use", "language": "xml:lang"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """One version: how elements are spelled, and the addresses that stand in items and packages."""

    version: Version
    namespace: str
    templates: str
    suffix: str
    item_type: str
    package: str
    schema: str

    @property
    def is_kebab(self) -> bool:
        """Whether elements are written `qti-choice-interaction` rather than `choiceInteraction`."""
        return self.version == "3.0"

    def tag(self, name: str, *content: str, **attributes: str | None) -> str:
        """An element of QTI around content that is XML already; attributes that are None are left out."""
        spelled = f"qti-{kebab(name)}" if self.is_kebab else name
        return element(spelled, *content, **{self._attribute(key): value for key, value in attributes.items()})

    def template(self, name: str) -> str:
        """The address of a published response processing template."""
        return f"{self.templates}{name}{self.suffix}"

    def _attribute(self, written: str) -> str:
        name = _SPELLED.get(written, written)
        return kebab(name) if self.is_kebab and ":" not in name else name


def element(name: str, *content: str, **attributes: str | None) -> str:
    """An element by the very names given."""
    written = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items() if value is not None)
    inside = "".join(content)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def kebab(camel: str) -> str:
    """`mapResponse` as `map-response`."""
    return _CAPITAL.sub(r"-\1", camel).lower()


def said(words: str) -> str:
    """Words as the text of an element."""
    return escape(words)


_IMS: Final = "http://www.imsglobal.org"
_PURL: Final = "https://purl.imsglobal.org/spec/qti/v3p0"
DIALECTS: Final[Mapping[Version, Dialect]] = {
    "2.1": Dialect(
        "2.1",
        f"{_IMS}/xsd/imsqti_v2p1",
        f"{_IMS}/question/qti_v2p1/rptemplates/",
        "",
        "imsqti_item_xmlv2p1",
        f"{_IMS}/xsd/imscp_v1p1",
        "QTIv2.1 Package",
    ),
    "2.2": Dialect(
        "2.2",
        f"{_IMS}/xsd/imsqti_v2p2",
        f"{_IMS}/question/qti_v2p2/rptemplates/",
        "",
        "imsqti_item_xmlv2p2",
        f"{_IMS}/xsd/imscp_v1p1",
        "QTIv2.2 Package",
    ),
    "3.0": Dialect(
        "3.0",
        f"{_IMS}/xsd/imsqtiasi_v3p0",
        f"{_PURL}/rptemplates/",
        ".xml",
        "imsqti_item_xmlv3p0",
        f"{_IMS}/xsd/qti/qtiv3p0/imscp_v1p1",
        "QTI Package",
    ),
}
