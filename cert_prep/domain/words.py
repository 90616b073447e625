"""What people call the words that catalogues are written in."""

from collections.abc import Iterable, Mapping
from typing import Final

from lms_core.foundation.text import Text, text

LEVELS: Final[Mapping[str, Text]] = {
    "fundamentals": text("Fundamentals"),
    "foundational": text("Foundational"),
    "associate": text("Associate"),
    "professional": text("Professional"),
    "expert": text("Expert"),
    "skillshop": text("Online assessment"),
    "course-certificate": text("Course certificate"),
}
CONFIDENCE: Final[Mapping[str, Text]] = {
    "high": text("from the vendor itself"),
    "medium": text("from several secondary sources"),
    "low": text("from a single secondary source"),
}
KOREAN: Final[Mapping[str, Text]] = {
    "yes": text("offered"),
    "no": text("not offered"),
    "likely": text("probably offered, not verified"),
    "unknown": text("not verified"),
}
SCALES: Final[Mapping[str, Text]] = {
    "scaled-1000": text("scaled score from 1 to 1000"),
    "pass-fail": text("pass or fail, without a published cut"),
    "percent": text("percent"),
}
LANGUAGES: Final[Mapping[str, Text]] = {
    "ko": text("Korean"),
    "en": text("English"),
    "ja": text("Japanese"),
    "es": text("Spanish"),
    "pt": text("Portuguese"),
    "fr": text("French"),
}


def languages_of(codes: Iterable[str]) -> tuple[Text, ...]:
    """What languages are called; one without a name here by its code."""
    return tuple(LANGUAGES.get(code, Text(code)) for code in codes)
