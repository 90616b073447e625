"""What the views of this room share: saying what was done, choices, a form opened on something stored."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from lms_core.enrolment.domain.cohorts import Cohort, CohortChangedMeanwhile
from lms_core.foundation.text import Text, Titles, text
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import language, say

SAVED = text("Saved.")
TOLD = ("number", "capacity", "applications_from", "applications_until", "starts_on", "ends_on", "version")


def told(url: str, message: Text = SAVED, category: str = "success") -> ResponseReturnValue:
    """Go on to ``url`` and say there what was done."""
    flash(say(message), category)
    return redirect(url)


def options(known: Mapping[UUID, Titles], first: Text) -> list[Option]:
    """Things by id and title as the choices of a field, ``first`` standing for none of them."""
    return [("", say(first)), *((str(key), titles.in_(language())) for key, titles in known.items())]


def values_of(cohort: Cohort) -> dict[str, Any]:
    """What is stored, as the values of a form."""
    titles = {"title_ko": cohort.titles.ko, "title_en": cohort.titles.en}
    return {name: getattr(cohort, name) for name in TOLD} | titles


def edit_view(
    schema: Schema,
    template: str,
    act: Callable[[dict[str, Any]], ResponseReturnValue],
    values: Mapping[str, Any],
    **context: Any,
) -> ResponseReturnValue:
    """A form opened on what is stored. Where that is newer than what was opened, both are shown, and the next save
    counts: by then the person has seen what it replaces.
    """
    stale: dict[str, str] = {}

    def guarded(data: dict[str, Any]) -> ResponseReturnValue:
        try:
            return act(data)
        except CohortChangedMeanwhile as conflict:
            stale.update(conflict.facts)
            raise

    return form_view(schema, template, guarded, values, stale=stale, **context)
