"""What the views of this room share: who looks, what is chosen from, a form that is opened on what is stored."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from lms_core.foundation.text import Text, Titles, text
from lms_core.foundation.web import current_actor
from lms_core.foundation.web.forms import Option, form_view
from lms_core.foundation.web.languages import language, say
from lms_core.hooks.site import Viewer
from lms_core.organisation.domain import ChangedMeanwhile

SAVED = text("Saved.")


def viewer() -> Viewer:
    """Who looks at this page, for slots."""
    actor = current_actor()
    return Viewer(actor.require_person(), actor.language, actor.places)


def options(things: Any, first: Text) -> list[Option]:
    """Things with ``id`` and ``titles`` as the choices of a field, ``first`` standing for none of them."""
    return [("", say(first)), *((str(one.id), one.titles.in_(language())) for one in things)]


def told(url: str, message: Text = SAVED) -> ResponseReturnValue:
    """Go on to ``url`` and say there what was done."""
    flash(say(message), "success")
    return redirect(url)


def values_of(stored: Any) -> dict[str, Any]:
    """What is stored, as the values of a form."""
    values = asdict(stored) if is_dataclass(stored) and not isinstance(stored, type) else {}
    titles: Titles = stored.titles
    return values | {"title_ko": titles.ko, "title_en": titles.en}


def edit_view(
    schema: Schema,
    template: str,
    act: Callable[[dict[str, Any]], ResponseReturnValue],
    stored: Any,
    choices: Mapping[str, list[Option]] | None = None,
    **context: Any,
) -> ResponseReturnValue:
    """A form opened on what is ``stored``. Where that is newer than what was opened, both are shown, and the next
    save counts: by then the person has seen what it replaces.
    """
    stale: dict[str, str] = {}

    def guarded(data: dict[str, Any]) -> ResponseReturnValue:
        try:
            return act(data)
        except ChangedMeanwhile as conflict:
            stale.update(conflict.facts)
            raise

    return form_view(
        schema, template, guarded, values_of(stored), choices, stored=stored, stale=stale, adding=False, **context
    )
