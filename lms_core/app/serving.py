"""What the server runs: an application with its background work begun."""

import atexit

from flask import Flask

from lms_core.app import create_app
from lms_core.foundation.outbox.background import Background
from lms_core.foundation.settings import Settings


def application() -> Flask:
    """One serving process' application. The server calls this after it has forked."""
    settings = Settings.load()
    app = create_app(settings)
    if settings.background:
        background: Background = app.extensions["lms_background"]
        background.start()
        atexit.register(background.stop)
    return app
