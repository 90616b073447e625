"""Declarations of responses, written: the correct response, and the mapping where parts earn their share."""

from collections.abc import Mapping, Sequence

from lms_core.assessment.domain.formats.qti.dialects import Dialect, said


def response(
    dialect: Dialect,
    identifier: str,
    base_type: str,
    correct: Sequence[str],
    *,
    cardinality: str = "single",
    mapping: str = "",
) -> str:
    """The declaration of one response variable."""
    values = "".join(dialect.tag("value", said(each)) for each in correct)
    key = dialect.tag("correctResponse", values) if values else ""
    return dialect.tag(
        "responseDeclaration", key, mapping, identifier=identifier, cardinality=cardinality, baseType=base_type
    )


def mapping(
    dialect: Dialect,
    entries: Mapping[str, str],
    default: float = 0.0,
    least: float | None = None,
    most: float | None = None,
) -> str:
    """What each value earns, and the bounds of all of them together; no mapping where nothing earns."""
    if not entries:
        return ""
    return dialect.tag(
        "mapping",
        *(dialect.tag("mapEntry", mapKey=key, mappedValue=value) for key, value in entries.items()),
        defaultValue=repr(default),
        lowerBound=None if least is None else repr(least),
        upperBound=None if most is None else repr(most),
    )


def text_mapping(dialect: Dialect, entries: Sequence[tuple[str, str, bool]]) -> str:
    """Accepted words with what they earn, and whether case counts."""
    written = (
        dialect.tag("mapEntry", mapKey=words, mappedValue=value, caseSensitive=str(is_exact).lower())
        for words, value, is_exact in entries
    )
    return dialect.tag("mapping", *written, defaultValue="0")
