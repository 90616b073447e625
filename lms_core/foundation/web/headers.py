"""Headers of every response: a strict content security policy with a nonce, and what belongs to it."""

import secrets
from collections.abc import Iterator

from flask import Flask, Response, g, request

from lms_core.foundation.settings import Settings
from lms_core.foundation.web.house import house

POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "worker-src 'self'; manifest-src 'self'"
)
ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)


def install_headers(app: Flask) -> None:
    """Add the headers to every response, and ``csp_nonce`` to every template."""
    app.after_request(_protect)
    app.context_processor(lambda: {"csp_nonce": nonce()})


def nonce() -> str:
    """This request's nonce for the page's own script elements."""
    if "csp_nonce" not in g:
        g.csp_nonce = new_nonce()
    return str(g.csp_nonce)


def new_nonce() -> str:
    """A nonce that nobody can guess."""
    return secrets.token_urlsafe(16)


def protection(settings: Settings, said: str, path: str) -> Iterator[tuple[str, str]]:
    """The headers that protect the answer from ``path``, with ``said`` as its nonce."""
    yield "Content-Security-Policy", POLICY.format(nonce=said)
    yield from ALWAYS
    if settings.secure_cookies:
        yield "Strict-Transport-Security", "max-age=31536000"
    # What a signed-in person sees belongs into no cache, neither theirs nor a proxy's.
    if not path.startswith("/static/"):
        yield "Cache-Control", "no-store"


def _protect(response: Response) -> Response:
    for name, value in protection(house().settings, nonce(), request.path):
        response.headers.setdefault(name, value)
    return response
