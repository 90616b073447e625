"""Headers of every response: a strict content security policy with a nonce, and what belongs to it."""

import secrets

from flask import Flask, Response, g, request

from lms_core.foundation.web.house import house

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "worker-src 'self'; manifest-src 'self'"
)


def install_headers(app: Flask) -> None:
    """Add the headers to every response, and ``csp_nonce`` to every template."""
    app.after_request(_protect)
    app.context_processor(lambda: {"csp_nonce": nonce()})


def nonce() -> str:
    """This request's nonce for the page's own script elements."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def _protect(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce()))
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if house().settings.secure_cookies:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    # What a signed-in person sees belongs into no cache, neither theirs nor a proxy's.
    if not request.path.startswith("/static/"):
        headers.setdefault("Cache-Control", "no-store")
    return response
