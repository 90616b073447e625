"""The door for saves: ahead of Flask, for the request that comes most often, and for nothing else.

It takes what is certain to be a save by its token, asks the same service, and answers what is kept. Everything else it
hands on, a refusal together with its reason: the route in ``api.saves`` stays the one definition.
"""

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson
from flask import Flask

from lms_core.assessment.api.saves import ARRIVED, LARGEST, REFUSED
from lms_core.assessment.api.shapes import receipt_answer
from lms_core.assessment.domain.attempts import Receipt
from lms_core.assessment.domain.responses import HIGHEST_SEQUENCE
from lms_core.assessment.service import SaveResponse, SaveService, SaveTokens, Speaker
from lms_core.foundation.web.headers import new_nonce, protection
from lms_core.foundation.web.house import house
from lms_core.foundation.web.logs import begin_request, end_request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATH = re.compile(r"/api/v1/assessment/attempts/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/responses/([1-9]\d{0,3})")
ENDPOINT = "assessment_api.save"
JSON = "application/json"
KNOWN = {"sequence", "response", "flagged"}


@dataclass(frozen=True, slots=True)
class _Taken:
    """A save that is certain to be one."""

    speaker: Speaker
    command: SaveResponse


class SaveDoor:
    """A WSGI application around Flask's."""

    def __init__(self, app: Flask, inner: "WSGIApplication") -> None:
        """Stand ahead of ``inner``, which is (what stands around) ``app``."""
        self._inner = inner
        here = house(app)
        self._settings, self._clock = here.settings, here.clock
        self._saves, self._tokens = here.provide(SaveService), here.provide(SaveTokens)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a save that is kept; hand on everything else."""
        found = PATH.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "PUT" else None
        if found is None:
            return self._inner(environ, start_response)
        began, arrived_at = time.perf_counter(), self._clock.now()
        environ[ARRIVED] = arrived_at
        receipt = self._kept(environ, UUID(found[1]), int(found[2]), arrived_at)
        if receipt is None:
            return self._inner(environ, start_response)
        return self._send(environ, start_response, receipt_answer(receipt, self._clock.now()).get_data(), began)

    def _kept(self, environ: "WSGIEnvironment", attempt_id: UUID, slot: int, arrived_at: datetime) -> Receipt | None:
        taken = self._taken(environ, attempt_id, slot)
        if taken is None:
            return None
        try:
            return self._saves.save(taken.speaker, taken.command, arrived_at)
        except Exception as error:  # noqa: BLE001 the route words it
            environ[REFUSED] = error
            return None

    def _taken(self, environ: "WSGIEnvironment", attempt_id: UUID, slot: int) -> _Taken | None:
        """The save in a request; None for whatever needs a closer look."""
        kind, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        length = environ.get("CONTENT_LENGTH", "")
        plain = kind == "Bearer" and environ.get("CONTENT_TYPE") == JSON and not environ.get("QUERY_STRING")
        if not plain or not length.isdecimal() or int(length) > LARGEST:
            return None
        speaker = self._tokens.read(token)
        body = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = BytesIO(body)
        told = _told(body) if speaker is not None and speaker.attempt_id == attempt_id else None
        # Whoever has to show a browser's keys is looked at by the route.
        if speaker is None or told is None or speaker.lock:
            return None
        return _Taken(speaker, SaveResponse(attempt_id, slot, told["sequence"], told["response"], told.get("flagged")))

    def _send(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", body: bytes, began: float
    ) -> Iterable[bytes]:
        number = begin_request(environ.get("HTTP_X_REQUEST_ID", ""))
        path = environ["PATH_INFO"]
        headers = [("Content-Type", JSON), ("Content-Length", str(len(body))), ("X-Request-Id", number)]
        headers += protection(self._settings, new_nonce(), path)
        start_response("200 OK", headers)
        end_request(ENDPOINT, "PUT", path, 200, time.perf_counter() - began)
        return [body]


def _told(body: bytes) -> dict[str, Any] | None:
    """What ``SaveIn`` would read from ``body`` without changing anything in it; None where it might."""
    try:
        told = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(told, dict) or not told.keys() <= KNOWN:
        return None
    sequence, response, flagged = told.get("sequence"), told.get("response"), told.get("flagged", False)
    counted = type(sequence) is int and 0 <= sequence <= HIGHEST_SEQUENCE
    named = isinstance(response, dict) and all(key.isidentifier() and key.isascii() for key in response)
    return told if counted and named and isinstance(flagged, bool) else None
