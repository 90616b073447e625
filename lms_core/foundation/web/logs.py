"""Structured logs, and a reference number for every request that an error page can show."""

import logging
import re
import time

import structlog
from flask import Flask, Response, g, request

from lms_core.foundation.identity import new_id
from lms_core.foundation.settings import Settings
from lms_core.foundation.uow import request_id
from lms_core.foundation.web.metrics import observe

log = structlog.get_logger("lms.request")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")


def configure_logs(settings: Settings) -> None:
    """Write lines for people, or JSON for machines (``log_format = json``)."""
    json = settings.log_format == "json"
    last: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer(colors=False)
    )
    level = logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(),
        cache_logger_on_first_use=False,
    )


def install_logs(app: Flask) -> None:
    """Number, time and log every request."""
    app.before_request(_begin)
    app.after_request(_end)


def begin_request(given: str) -> str:
    """Number a request: by what its sender ``given`` it, if that is a number, else by ours."""
    number = given if GIVEN.fullmatch(given) else new_id().hex[:20]
    request_id.set(number)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=number)
    return number


def end_request(endpoint: str, method: str, path: str, status: int, seconds: float) -> None:
    """Count and log a request that was answered."""
    observe(endpoint, status, seconds)
    if status >= 500 or seconds > 1:
        log.warning("slow or failed", path=path, status=status, seconds=round(seconds, 3))
    else:
        log.debug("request", method=method, path=path, status=status)


def _begin() -> None:
    begin_request(request.headers.get("X-Request-Id", ""))
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    response.headers["X-Request-Id"] = request_id.get()
    end_request(request.endpoint or "none", request.method, request.path, response.status_code, seconds)
    return response
