"""One's own account: name and language, sessions and tokens, one's data."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.text import text
from lms_core.foundation.web import SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.json import dumps
from lms_core.foundation.web.languages import say
from lms_core.people.pages import pages
from lms_core.people.schemas import ProfileIn
from lms_core.people.service import AccountService, PrivacyService, SignInService


@pages.route("/people/account", methods=["GET", "POST"])
@access(SIGNED_IN, scope="own")
def account() -> ResponseReturnValue:
    """Name, language, and where one is signed in."""
    actor = current_actor()
    sessions, tokens = provide(SignInService).keys(actor)

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        provide(AccountService).rename(actor, **data)
        flash(say(text("Saved.")), "success")
        return redirect(url_for("people.account"))

    values = {"display_name": actor.name, "language": actor.language}
    return form_view(ProfileIn(), "people/account.html", act, values=values, sessions=sessions, tokens=tokens)


@pages.post("/people/account/keys/<uuid:key_id>/end")
@access(SIGNED_IN, scope="own")
def end_key(key_id: UUID) -> ResponseReturnValue:
    """End one of one's own sessions or tokens."""
    provide(SignInService).revoke(current_actor(), key_id)
    flash(say(text("That session has ended.")), "success")
    return redirect(url_for("people.account"))


@pages.get("/people/account/data.json")
@access(SIGNED_IN, scope="own")
def own_data() -> ResponseReturnValue:
    """Everything the site keeps about oneself, as a file."""
    actor = current_actor()
    rows = provide(PrivacyService).export(actor, actor.require_person())
    headers = {"Content-Disposition": "attachment; filename=my-data.json"}
    return Response(dumps(rows), content_type="application/json", headers=headers)
