"""What the views of this room share: who looks, saying what was done, a form opened on something stored."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from lms_core.catalog.domain import CourseChanged
from lms_core.foundation.text import Text, text
from lms_core.foundation.web import current_actor
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import say
from lms_core.hooks.site import Viewer

SAVED = text("Saved.")


def viewer() -> Viewer:
    """Who looks at this page, for slots."""
    actor = current_actor()
    return Viewer(actor.require_person(), actor.language, actor.places)


def told(url: str, message: Text = SAVED) -> ResponseReturnValue:
    """Go on to ``url`` and say there what was done."""
    flash(say(message), "success")
    return redirect(url)


def titles_of(stored: Any) -> dict[str, str]:
    """The titles of something stored, as the values of a form."""
    return {"title_ko": stored.titles.ko, "title_en": stored.titles.en}


def edit_view(
    schema: Schema,
    template: str,
    act: Callable[[dict[str, Any]], ResponseReturnValue],
    values: Mapping[str, Any],
    options: Mapping[str, list[Option]] | None = None,
    **context: Any,
) -> ResponseReturnValue:
    """A form opened on what is stored. Where that is newer than what was opened, both are shown, and the next save
    counts: by then the author has seen what it replaces.
    """
    stale: dict[str, str] = {}

    def guarded(data: dict[str, Any]) -> ResponseReturnValue:
        try:
            return act(data)
        except CourseChanged as conflict:
            stale.update(conflict.facts)
            raise

    return form_view(schema, template, guarded, values, options, stale=stale, **context)
