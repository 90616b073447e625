"""Who sent a request: the people room knows, the foundation only asks."""

from collections.abc import Callable

from flask import Flask, Request, session

from lms_core.foundation.actors import Actor
from lms_core.foundation.web.house import house
from lms_core.people.service import SignInService


def identify(app: Flask) -> Callable[[Request], Actor]:
    """A function from a request to its actor, by bearer token or by the browser's session."""
    service = house(app).provide(SignInService)

    def find(request: Request) -> Actor:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer" and token:
            return service.by_token(token.strip())
        return service.by_session(session.get("key", ""))

    return find
