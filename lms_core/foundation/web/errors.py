"""One table from the kinds of error to what a client gets: problem JSON under /api, a page elsewhere."""

from typing import Any

import structlog
from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from sqlalchemy.exc import InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from lms_core.foundation import errors
from lms_core.foundation.errors import LmsError
from lms_core.foundation.text import Text, text
from lms_core.foundation.uow import request_id
from lms_core.foundation.web.json import dumps
from lms_core.foundation.web.languages import say

log = structlog.get_logger("lms.web")

STATUS: dict[type[LmsError], int] = {
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Refused: 409,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
CODES = {status: kind.code for kind, status in STATUS.items() if kind is not errors.Refused}
RETRY_AFTER = "2"
TITLES = {
    400: text("The request could not be read."),
    401: errors.Unauthenticated.default,
    403: errors.Forbidden.default,
    404: errors.NotFound.default,
    405: text("This address does not take that method."),
    409: text("This cannot be done as things stand."),
    413: errors.TooLarge.default,
    415: text("This address does not take that kind of content."),
    422: errors.Invalid.default,
    429: errors.TooMany.default,
    500: text("Something went wrong on our side. We have recorded it."),
    503: errors.Unavailable.default,
}


def install_errors(app: Flask) -> None:
    """Answer every error of the house, of Werkzeug, of the database, and the unexpected."""
    app.register_error_handler(LmsError, _known)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(InterfaceError, _database)
    app.register_error_handler(Exception, _unexpected)


def status_of(error: LmsError) -> int:
    """The status code for ``error``: that of its nearest kind."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def _known(error: LmsError) -> AnyResponse:
    status = status_of(error)
    if status == 401 and not _wants_json() and request.method == "GET":
        return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
    fields = {name: [say(one) for one in said] for name, said in error.fields.items()}
    reasons = [{"code": one.code, "reason": say(one.reason), "plugin": one.plugin} for one in error.reasons]
    body = {"detail": say(error.reason), "errors": fields, "reasons": reasons, **error.facts}
    answer = _answer(status, error.code, {key: value for key, value in body.items() if value})
    if status in {429, 503}:
        answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _http(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    data: dict[str, Any] = getattr(error, "data", None) or {}
    found = data.get("errors") or data.get("messages") or {}
    body = {"errors": _flat(found)} if found else {}
    answer = _answer(status, CODES.get(status, str(error.name).lower().replace(" ", "-")), body)
    for name, value in error.get_headers(request.environ):
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    if retry := (data.get("headers") or {}):
        answer.headers.extend(retry)
    return answer


def _database(error: Exception) -> AnyResponse:
    log.error("database unavailable", exc_info=error)
    answer = _answer(503, errors.Unavailable.code, {"detail": say(errors.Unavailable.default)})
    answer.headers["Retry-After"] = RETRY_AFTER
    return answer


def _unexpected(error: Exception) -> AnyResponse:
    log.error("unexpected error", exc_info=error, path=request.path)
    return _answer(500, "unexpected", {})


def _answer(status: int, code: str, body: dict[str, Any]) -> Response:
    title = say(TITLES.get(status, TITLES[500]))
    if _wants_json():
        problem = {"type": code, "title": title, "status": status, "reference": request_id.get(), **body}
        return Response(dumps(problem), status, content_type="application/problem+json")
    page = render_template("layout/error.html", status=status, title=title, code=code, body=body)
    return make_response(page, status)


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _flat(found: Any, at: str = "") -> dict[str, list[str]]:
    """webargs nests its messages by location and index; ours are flat: ``responses.0.slot``."""
    if isinstance(found, dict):
        flat: dict[str, list[str]] = {}
        for key, value in found.items():
            inside = at if not at and key in {"json", "query", "files", "form", "headers"} else f"{at}.{key}".strip(".")
            flat |= _flat(value, inside)
        return flat
    said = found if isinstance(found, list) else [found]
    return {at or "body": [say(one if isinstance(one, Text) else Text(str(one))) for one in said]}
