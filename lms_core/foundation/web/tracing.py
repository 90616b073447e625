"""Keeps what hooks did for each request, and shows it at the foot of a page to staff who ask for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, g, request, session

from lms_core.foundation.calling.records import TraceFile, TraceRecord
from lms_core.foundation.calling.tracing import Trace, trace
from lms_core.foundation.scopes import EVERYWHERE
from lms_core.foundation.uow import request_id
from lms_core.foundation.web.house import current_actor, house

SEE_TRACES = "foundation.see_traces"
SHOWING = "trace"


def install_tracing(app: Flask) -> None:
    """Trace every request. Has to be called after the logs, which number it, and before anything that asks hooks."""
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)


def hook_trace() -> TraceRecord | None:
    """What hooks did for this page so far, for staff who switched it on with ``?trace=1``; None for all others."""
    running = trace.get()
    wanted = request.args.get(SHOWING)
    if running is None or (wanted is None and SHOWING not in session):
        return None
    if not current_actor().may(SEE_TRACES, EVERYWHERE):
        return None
    if wanted == "0":
        session.pop(SHOWING, None)
        return None
    if wanted == "1":
        session[SHOWING] = True
    return _record(running)


@contextmanager
def traced_work(app: Flask, name: str) -> Iterator[None]:
    """An application context for the task or hook ``name``, whose trace is kept when it ends."""
    running, began = Trace(), time.perf_counter_ns()
    token = trace.set(running)
    try:
        with app.app_context():
            yield
    finally:
        trace.reset(token)
        if running.total:
            here, took = house(app), time.perf_counter_ns() - began
            here.tools[TraceFile].write(TraceRecord.of(running, request_id.get(), "task", name, here.clock.now(), took))


def _begin() -> None:
    g.traced_from = time.perf_counter_ns()
    trace.set(Trace())


def _end(response: Response) -> Response:
    running = trace.get()
    if running is not None and running.total:
        here = house()
        here.tools[TraceFile].write(_record(running))
    return response


def _forget(_: Any) -> None:
    trace.set(None)


def _record(running: Trace) -> TraceRecord:
    took = time.perf_counter_ns() - g.get("traced_from", time.perf_counter_ns())
    return TraceRecord.of(running, request_id.get(), "request", request.endpoint or "none", house().clock.now(), took)
