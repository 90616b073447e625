"""The JSON API: flask-smorest with our errors, OpenAPI 3.1 at /api/v1/openapi.json, a page at /api/v1/docs."""

from functools import cache
from threading import RLock
from typing import Any

import structlog
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_smorest import Api as SmorestApi
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import INCLUDE
from marshmallow import Schema as MarshmallowSchema

from lms_core.foundation.web import fields
from lms_core.foundation.web.access import PUBLIC, access
from lms_core.foundation.web.errors import TITLES
from lms_core.foundation.web.schemas import PageIn

log = structlog.get_logger("lms.api")
VERSION = "v1"


class Problem(MarshmallowSchema):
    """A problem after RFC 9457: what it is, in words, by field, with every reason; ids to act on may stand beside."""

    class Meta:
        """Each kind of problem may say more, such as the version that is stored now."""

        unknown = INCLUDE

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String()
    reference = fields.String()
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))
    reasons = fields.List(fields.Dict())


# What any operation may answer instead of what it is for, and what those that change something may answer besides.
ALWAYS = (401, 403, 404, 409, 422, 429, 503)
CHANGING = (400, 413, 415)


class Api(SmorestApi):
    """flask-smorest, leaving errors to ``foundation.web.errors``: its own handler drops ``Allow`` on 405.

    Blueprints are mounted at once, and written into the document when it is first read: that takes longer than all
    else of a boot, and most processes never show it. One that cannot be written is left out and logged.
    """

    ERROR_SCHEMA = Problem
    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, app: Flask, **options: Any) -> None:
        """Set up on ``app``."""
        self._unwritten: list[ApiBlueprint] = []
        self._writing = RLock()
        super().__init__(app, **options)

    def register_blueprint(self, blp: "ApiBlueprint", **options: Any) -> None:
        """Mount the API of a room."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp, **options)
        self._unwritten.append(blp)

    @property
    def spec(self) -> APISpec:
        """The document, with everything that is mounted."""
        with self._writing:
            while self._unwritten:
                self._write(self._unwritten.pop(0))
        return self._spec

    @spec.setter
    def spec(self, empty: APISpec) -> None:
        self._spec = empty

    def _write(self, blueprint: "ApiBlueprint") -> None:
        self._spec.tag({"name": blueprint.name, "description": blueprint.description})
        try:
            blueprint.register_views_in_doc(self, self._app, self._spec, name=blueprint.name, parameters=None)
        except Exception:
            log.exception("an API is missing from the document", blueprint=blueprint.name)

    def _register_error_handlers(self) -> None:
        """The house answers errors."""


class ApiBlueprint(SmorestBlueprint):
    """The API of one room, under /api/v1/<room>/."""

    def __init__(self, room: str, import_name: str, description: str) -> None:
        """Name it ``<room>_api`` and mount it."""
        super().__init__(f"{room}_api", import_name, url_prefix=f"/api/{VERSION}/{room}", description=description)
        self._prepare_doc_cbks.append(_document_problems)


def _document_problems(doc: dict[str, Any], _: Any, *, method: str, **__: Any) -> dict[str, Any]:
    """Say of every operation which problems it may answer with; a view's own words for one of them stay."""
    answers = {str(status): told for status, told in doc.get("responses", {}).items()}
    for status in ALWAYS if method in {"get", "head"} else ALWAYS + CHANGING:
        own = answers.get(str(status))
        words = own.get("description") if isinstance(own, dict) else None
        answers[str(status)] = _problem(words) if words else {"$ref": f"#/components/responses/Problem{status}"}
    return doc | {"responses": answers}


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/problem+json": {"schema": Problem}}}


def install_api(app: Flask) -> Api:
    """Set the API up; blueprints are registered by the factory."""
    app.config |= {
        "API_TITLE": "LMS Core",
        "API_VERSION": VERSION,
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": f"/api/{VERSION}",
        "OPENAPI_JSON_PATH": "openapi.json",
    }
    names = MarshmallowPlugin(schema_name_resolver=schema_name)
    api = Api(app, spec_kwargs={"security": [{"token": []}], "marshmallow_plugin": names})
    app.extensions["lms_api"] = api
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for status in ALWAYS + CHANGING:
        api.spec.components.response(f"Problem{status}", _problem(str(TITLES[status])))
    app.add_url_rule(f"/api/{VERSION}/docs", "api-docs.page", access(PUBLIC)(_docs))
    for endpoint, view in app.view_functions.items():
        if endpoint.startswith("api-docs."):
            view.__dict__.setdefault("access", access(PUBLIC)(_docs).__dict__["access"])
    return api


def schema_name(schema: Any) -> str:
    """A schema's name in the document: that of its room first, since two rooms may have a ``TitlesOut``."""
    kind = schema if isinstance(schema, type) else type(schema)
    package, _, rest = str(kind.__module__).partition(".")
    owner = rest.partition(".")[0] if package == "lms_core" else package
    return f"{owner}.{kind.__name__}" if owner else str(kind.__name__)


def _docs() -> ResponseReturnValue:
    api: Api = current_app.extensions["lms_api"]
    spec = api.spec.to_dict()
    rooms: dict[str, list[dict[str, Any]]] = {}
    for path, methods in spec["paths"].items():
        for method, told in methods.items():
            if method != "parameters":
                shown = {"method": method.upper(), "path": path, **told}
                rooms.setdefault(path.split("/")[3], []).append(shown)
    return render_template("layout/api.html", rooms=rooms, spec=spec)


@cache
def page_of(item: type[MarshmallowSchema]) -> type[MarshmallowSchema]:
    """The schema of one page of ``item``: ``{items, next, total}``."""
    name = item.__name__.removesuffix("Out")
    members: dict[str, Any] = {
        "items": fields.List(fields.Nested(item), required=True),
        "next": fields.Integer(required=True, allow_none=True),
        "total": fields.Integer(required=True),
    }
    page = MarshmallowSchema.from_dict(members, name=f"{name}PageOut")
    page.__module__ = item.__module__
    return page


__all__ = ["Api", "ApiBlueprint", "PageIn", "Problem", "install_api", "page_of"]
