"""Home answers "what now?": panels from rooms and plugins, the most urgent first. And help."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.web import PUBLIC, SIGNED_IN, access, current_actor, provide
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import Viewer
from lms_core.people.pages import pages

URGENT = 100


@pages.get("/")
@access(PUBLIC)
def front() -> ResponseReturnValue:
    """The front door: home for those who are signed in."""
    return redirect(url_for("people.home" if current_actor().person_id else "people.sign_in"))


@pages.get("/home")
@access(SIGNED_IN, scope="own")
def home() -> ResponseReturnValue:
    """What to do next, then how far one has come, then everything else."""
    viewer = current_viewer()
    shown = provide(Hooks).show_home(viewer)
    now = [one.panel for one in shown if one.panel and one.panel.rank < URGENT]
    rest = [one for one in shown if one.panel and one.panel.rank >= URGENT]
    failed = [one for one in shown if one.failure]
    return render_template("people/home.html", now=now, rest=rest, failed=failed)


@pages.get("/help")
@access(PUBLIC)
def help_page() -> ResponseReturnValue:
    """Help, in the same place on every page."""
    return render_template("people/help.html")


def current_viewer() -> Viewer:
    """Who looks at this page, for slots."""
    actor = current_actor()
    return Viewer(actor.require_person(), actor.language, actor.places)
