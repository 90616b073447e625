"""The bare structure: Flask, the database, the clock, and the house that holds them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import lms_core.foundation.web
from lms_core.foundation.calling.records import TraceFile
from lms_core.foundation.clock import Clock
from lms_core.foundation.database import Database
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import Work
from lms_core.foundation.web.house import House

WEB = Path(lms_core.foundation.web.__file__).parent


def new_flask(settings: Settings) -> Flask:
    """Flask with its folders, cookies and limits set."""
    app = Flask(
        "lms_core",
        static_folder=str(WEB / "static"),
        template_folder=str(WEB / "templates"),
        instance_path=str(settings.instance_path),
    )
    app.config |= _config(settings)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's own documented way
    return app


def build_house(app: Flask, settings: Settings, clock: Clock) -> House:
    """The tools that everything else is made with; services find them by type."""
    database = Database(settings.database, settings.pool_size)
    work = Work(database, clock)
    here = House(settings, database, clock, work)
    here.tools |= {Settings: settings, Database: database, Clock: clock, Work: work}
    here.tools[TraceFile] = TraceFile.of(settings.instance_path)
    app.extensions["lms"] = here
    return here


def _config(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.require_secret(),
        "MAX_CONTENT_LENGTH": settings.max_body,
        "SESSION_COOKIE_NAME": "lms_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "PERMANENT_SESSION_LIFETIME": timedelta(days=settings.session_days),
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
    }
