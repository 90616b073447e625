"""The document of the API is written when it is first read, and one room's mistake leaves the others in it."""

import pytest
from flask import Flask
from structlog.testing import capture_logs

from lms_core.foundation.web.api import ApiBlueprint, install_api


def an_api_of(room: str) -> ApiBlueprint:
    blueprint = ApiBlueprint(room, __name__, f"What {room} does")
    blueprint.get("/things")(lambda: "")
    return blueprint


@pytest.fixture
def api():
    return install_api(Flask("documented"))


def test_what_is_mounted_stands_in_the_document(api):
    api.register_blueprint(an_api_of("labs"))
    assert "/api/v1/labs/things" in api.spec.to_dict()["paths"]
    api.register_blueprint(an_api_of("tours"))
    assert {"/api/v1/labs/things", "/api/v1/tours/things"} == set(api.spec.to_dict()["paths"])


def test_an_api_that_cannot_be_written_down_answers_and_is_missing_from_the_document_alone(api):
    broken = an_api_of("broken")

    def refuse(*_, **__):
        raise TypeError("no such schema")

    broken._prepare_doc_cbks.append(refuse)
    api.register_blueprint(broken)
    api.register_blueprint(an_api_of("labs"))
    with capture_logs() as logs:
        assert set(api.spec.to_dict()["paths"]) == {"/api/v1/labs/things"}
    assert [line["blueprint"] for line in logs] == ["broken_api"]
    assert api._app.test_client().get("/api/v1/broken/things").status_code == 200
