"""The questions of a report as HTML: drawn once a question and answer, however many people read it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from flask import current_app
from markupsafe import Markup

from lms_core.assessment.domain.exams import Exam
from lms_core.assessment.pages.answers import with_lines
from lms_core.foundation.remembered import Remembered
from lms_core.foundation.web.languages import language
from lms_core.hooks.caller import Hooks
from lms_core.hooks.item_types import ItemType

Key = tuple[str, str, bytes]
KEPT = 4_000


@dataclass(frozen=True)
class ReportItems:
    """Draws questions from their lines of JSON, and keeps what it drew last: a form is sat by many."""

    hooks: Hooks
    _drawn: Remembered[Key, Markup] = field(
        default_factory=lambda: Remembered(KEPT), init=False, repr=False, compare=False
    )

    def drawn(self, exam: Exam, line: bytes, domain: str) -> Markup:
        """The question in ``line``, which lies in ``domain``, in the reader's language."""
        quota = exam.specification.quota(domain)
        title = quota.titles.in_(language()) if quota else ""
        key = (language(), title, line)
        return self._drawn.of(key, lambda: self._draw(exam, line, title))

    def case(self, group: Mapping[str, Any]) -> Markup:
        """What the questions of a case share."""
        drawn: Markup = self._macros.report_case(group)  # type: ignore[attr-defined]  # a macro
        return drawn

    def reporting(self, attempt_id: UUID, slot: int, state: str) -> Markup:
        """The way to report a question, or to read what was answered: it is the person's own, and never kept."""
        drawn: Markup = self._macros.reporting(attempt_id, slot, state)  # type: ignore[attr-defined]  # a macro
        return drawn

    def _draw(self, exam: Exam, line: bytes, title: str) -> Markup:
        types = {one.name: one for one in self.hooks.item_types(exam.scopes) if isinstance(one, ItemType)}
        shown = with_lines(orjson.loads(line), types)
        drawn: Markup = self._macros.report_item(shown, title)  # type: ignore[attr-defined]  # a macro
        return drawn

    @property
    def _macros(self) -> object:
        return current_app.jinja_env.get_template("assessment/report_item.html").module
