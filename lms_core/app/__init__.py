"""The roof: the application factory, a table of contents of the house. Nothing is done at import."""

from flask import Flask

from lms_core.app.identity import identify
from lms_core.app.registration import load_plugins
from lms_core.app.structure import build_house, new_flask
from lms_core.app.wiring import (
    install_background,
    install_hooks,
    mount_rooms,
    open_gates,
    watch_health,
)
from lms_core.foundation.clock import Clock, SystemClock
from lms_core.foundation.settings import Settings
from lms_core.foundation.web.api import install_api
from lms_core.foundation.web.assets import install_assets
from lms_core.foundation.web.errors import install_errors
from lms_core.foundation.web.forgery import install_forgery_protection
from lms_core.foundation.web.gate import install_gate
from lms_core.foundation.web.headers import install_headers
from lms_core.foundation.web.json import install_json
from lms_core.foundation.web.limits import install_limits
from lms_core.foundation.web.logs import configure_logs, install_logs
from lms_core.foundation.web.templating import install_templating
from lms_core.foundation.web.tracing import install_tracing


def create_app(settings: Settings | None = None, clock: Clock | None = None) -> Flask:
    """Build one application. It neither migrates nor starts a thread; ``lms serve`` does."""
    settings = settings or Settings.load()
    configure_logs(settings)
    app = new_flask(settings)
    build_house(app, settings, clock or SystemClock())

    # The order of these is the order in which they see a request.
    install_logs(app)
    install_tracing(app)
    install_json(app)
    install_errors(app)
    install_headers(app)
    install_gate(app)
    install_forgery_protection(app)
    install_limits(app)
    install_assets(app)

    # Below this point plugins are available.
    registered = load_plugins(settings)
    install_hooks(app, registered.plugins)
    open_gates(app, registered)
    install_templating(app)
    mount_rooms(app, install_api(app), registered)
    install_background(app, registered)
    watch_health(app)
    app.extensions["lms"].identify = identify(app)
    return app
