"""What a reader of a whole bank would notice: cues to the key, gaps, differences between languages.

`lint` is the way in; each module holds the rules of one concern and yields findings.
"""

from lms_core.assessment.domain.lint.report import LintReport, lint

__all__ = ["LintReport", "lint"]
