"""What the server runs: an application with its background work begun, and the door for saves ahead of it."""

import atexit
from collections.abc import Iterable
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from lms_core.app import create_app
from lms_core.assessment.api.door import SaveDoor
from lms_core.foundation.outbox.background import Background
from lms_core.foundation.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Saves sleep in their threads until their commit is done: these are many. Pages compute: more of them at a time than
# this would only take the interpreter from each other.
PAGES = 8


def application() -> SaveDoor:
    """One serving process' application. The server calls this after it has forked."""
    settings = Settings.load()
    app = create_app(settings)
    if settings.background:
        background: Background = app.extensions["lms_background"]
        background.start()
        atexit.register(background.stop)
    return SaveDoor(app, Turns(app, PAGES))


class Turns:
    """Lets a few requests at a time into ``inner``; the others wait for their turn."""

    def __init__(self, inner: "WSGIApplication", most: int) -> None:
        """Let ``most`` in."""
        self._inner = inner
        self._turns = BoundedSemaphore(most)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """The answer of ``inner``, when its turn has come."""
        with self._turns:
            return self._inner(environ, start_response)
