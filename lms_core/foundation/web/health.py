"""/healthz says we are alive, /readyz that we can work, /metrics how we are doing."""

import hmac

from flask import Blueprint, Response, request
from sqlalchemy import func, select

from lms_core.foundation import tables
from lms_core.foundation.errors import NotFound
from lms_core.foundation.web.access import PUBLIC, access
from lms_core.foundation.web.house import House, house
from lms_core.foundation.web.json import dumps
from lms_core.foundation.web.metrics import exposition

health = Blueprint("health", __name__)


@health.get("/healthz")
@access(PUBLIC)
def alive() -> Response:
    """Alive: the process answers."""
    return _json({"status": "ok"}, 200)


@health.get("/readyz")
@access(PUBLIC)
def ready() -> Response:
    """Ready: database, migrations, outbox and plugins, each with its reason if it is not."""
    found = {name: check() for name, check in house().ready_checks.items()}
    wrong = any(found.values())
    return _json(
        {"status": "unready" if wrong else "ok", "checks": {k: v or "ok" for k, v in found.items()}},
        503 if wrong else 200,
    )


@health.get("/metrics")
@access(PUBLIC)
def figures() -> Response:
    """Figures for Prometheus; hidden from whoever lacks the token, if one is set."""
    wanted = house().settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if wanted and not hmac.compare_digest(wanted, given):
        raise NotFound
    return Response(
        exposition(_gauges(house()), house().figures), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _gauges(here: House) -> dict[str, float]:
    with here.work.read() as uow:
        counted = uow.session.execute(select(tables.outbox.c.state, func.count()).group_by(tables.outbox.c.state))
        return {f"outbox_{state}": float(number) for state, number in counted}


def _json(body: object, status: int) -> Response:
    return Response(dumps(body), status, content_type="application/json")
