"""Protection from forged requests: tokens for forms, and where the browser says a request came from."""

from flask import Flask, request
from flask_wtf.csrf import CSRFError, CSRFProtect

from lms_core.foundation.errors import Forbidden
from lms_core.foundation.text import text

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ELSEWHERE = text("This request came from another site, so it was refused. Open the page here and try again.")
STALE = text("This page was open for too long, or in another session. Load it again, then repeat what you did.")


def install_forgery_protection(app: Flask) -> CSRFProtect:
    """Check every change that a browser's session sends. Bearer tokens are not sent by themselves: exempt."""
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    app.config.setdefault("WTF_CSRF_CHECK_DEFAULT", False)
    protection = CSRFProtect(app)
    app.before_request(lambda: _check(protection))
    return protection


def by_bearer() -> bool:
    """Whether this request speaks for itself by an Authorization header."""
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def _check(protection: CSRFProtect) -> None:
    if request.method in SAFE or by_bearer() or not request.cookies:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden(ELSEWHERE)
    try:
        protection.protect()
    except CSRFError as stale:
        raise Forbidden(STALE) from stale
