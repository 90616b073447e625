"""Signing in and out, joining by invitation, a new password."""

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from lms_core.foundation.text import text
from lms_core.foundation.web import PUBLIC, SIGNED_IN, access, current_actor, provide
from lms_core.foundation.web.forms import form_view
from lms_core.foundation.web.languages import say
from lms_core.foundation.web.limits import limiter
from lms_core.people.domain import ChoosePassword, Credentials, Issued
from lms_core.people.pages import pages
from lms_core.people.schemas import JoinIn, PasswordIn, ResetAskIn, SignInIn
from lms_core.people.service import AccountService, SignInService

# Looked for in this order: every browser also claims to be those after it.
BROWSERS: tuple[tuple[str, str], ...] = (
    ("Whale", "Whale"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: tuple[tuple[str, str], ...] = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@pages.route("/people/sign-in", methods=["GET", "POST"])
@access(PUBLIC)
@limiter.limit("30/minute", methods=["POST"], key_func=lambda: request.form.get("email", "").lower() or "nobody")
def sign_in() -> ResponseReturnValue:
    """Sign in with an e-mail address and a password."""
    if current_actor().person_id is not None:
        return redirect(_inside(request.args.get("next", "")))

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        credentials = Credentials(data["email"], data["password"], device())
        _enter(provide(SignInService).sign_in(credentials))
        return redirect(_inside(data["next"]))

    return form_view(SignInIn(), "people/sign_in.html", act, values={"next": request.args.get("next", "")})


@pages.post("/people/sign-out")
@access(SIGNED_IN, scope="own")
def sign_out() -> ResponseReturnValue:
    """End this session."""
    provide(SignInService).sign_out(current_actor())
    session.clear()
    return redirect(url_for("people.sign_in"))


@pages.route("/people/invitation/<token>", methods=["GET", "POST"])
@access(PUBLIC)
@limiter.limit("60/minute")
def join(token: str) -> ResponseReturnValue:
    """Take an invitation up."""
    invited = provide(AccountService).invited(token, "invitation")

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        person_id = provide(AccountService).accept(ChoosePassword(token, data["password"], data["display_name"]))
        _enter(provide(SignInService).open_session(person_id, device()))
        flash(say(text("Welcome. Your account is ready.")), "success")
        return redirect(url_for("people.home"))

    return form_view(JoinIn(), "people/join.html", act, values={"display_name": invited.display_name}, invited=invited)


@pages.route("/people/reset", methods=["GET", "POST"])
@access(PUBLIC)
@limiter.limit("20/minute", methods=["POST"])
def ask_reset() -> ResponseReturnValue:
    """Ask for a link to choose a new password."""

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        provide(AccountService).ask_reset(data["email"])
        return render_template("people/reset_sent.html", email=data["email"])

    return form_view(ResetAskIn(), "people/ask_reset.html", act)


@pages.route("/people/reset/<token>", methods=["GET", "POST"])
@access(PUBLIC)
@limiter.limit("60/minute")
def reset(token: str) -> ResponseReturnValue:
    """Choose a new password by a link."""
    provide(AccountService).invited(token, "reset")

    def act(data: dict[str, Any]) -> ResponseReturnValue:
        provide(AccountService).reset(ChoosePassword(token, data["password"]))
        session.clear()
        flash(say(text("Your new password is set. Sign in with it.")), "success")
        return redirect(url_for("people.sign_in"))

    return form_view(PasswordIn(), "people/reset.html", act)


def device() -> str:
    """The browser and the system as people call them, such as "Chrome, Windows"."""
    told = str(request.user_agent)
    browser = next((name for sign, name in BROWSERS if sign in told), "")
    system = next((name for sign, name in SYSTEMS if sign in told), "")
    return ", ".join(part for part in (browser, system) if part)


def _enter(issued: Issued) -> None:
    # A fresh session: nothing that was planted before signing in survives it.
    chosen = session.get("language")
    session.clear()
    session.permanent = True
    session["key"] = issued.token
    if chosen:
        session["language"] = chosen


def _inside(address: str) -> str:
    """``address`` if it lies on this site, else home."""
    safe = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if safe else url_for("people.home")
