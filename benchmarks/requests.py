"""What a request costs before anybody asks the database: a bare Flask view beside one of ours."""

import tempfile

from flask import Flask

from benchmarks.measure import Figure, microseconds
from lms_core.app import create_app
from lms_core.cli.site import migrate
from lms_core.foundation.settings import Settings
from lms_core.foundation.web.access import PUBLIC, access


def measure() -> list[Figure]:
    """Microseconds of an empty view with everything the house puts around it, over an empty Flask application."""
    bare = Flask("bare")
    bare.add_url_rule("/empty", "empty", _empty)
    with tempfile.TemporaryDirectory(prefix="lms-bench-") as folder:
        given = {"instance_path": folder, "secret_key": "x" * 40, "background": False, "log_level": "ERROR"}
        settings = Settings.load({}, **given)
        migrate(settings)
        house = create_app(settings)
        house.add_url_rule("/empty", "empty", _empty)
        ours, theirs = _cost(house), _cost(bare)
    return [Figure("a request without the database", ours, "us", "an empty Flask application", ours / theirs)]


@access(PUBLIC)
def _empty() -> str:
    return ""


def _cost(app: Flask) -> float:
    client = app.test_client()
    return microseconds(lambda: client.get("/empty"), times=300)
