"""`{"text": "..."}`: written freely."""

from collections.abc import Mapping
from typing import Any, Final

from lms_core.assessment.domain.responses.reading import Answer, Checker, only, readable

LONGEST_TEXT: Final = 10_000
"""Characters. Korean takes three bytes each, six where JSON escapes them: that still fits into a save of 64 KiB."""


def checker(_expected: Mapping[str, Any]) -> Checker:
    """Any text that is not too long. Its length in words is asked for, never enforced."""

    def check(response: Mapping[str, Any]) -> Answer:
        return {"text": readable(only(response, "text", str), LONGEST_TEXT, "text")}

    return check
