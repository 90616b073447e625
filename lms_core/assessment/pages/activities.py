"""An exam as an activity of a course: it leads to the exam's page, and is done once an attempt has its score."""

from uuid import UUID

from flask import url_for

from lms_core.foundation.text import text
from lms_core.hooks.catalog import ActivityFacts, ActivityView
from lms_core.hooks.site import Link, Viewer

KIND = "assessment.exam"


def show_exam(facts: ActivityFacts, _: Viewer) -> ActivityView:
    """The way to the exam; nothing where the setting names none."""
    try:
        exam_id = UUID(str(facts.settings.get("exam_id", "")).strip())
    except ValueError:
        return ActivityView()
    return ActivityView(action=Link(url_for("assessment.exam", exam_id=exam_id), text("Go to the exam")))
