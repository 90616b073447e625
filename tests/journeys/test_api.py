"""The API keeps to what its document says, whatever is sent: as an administrator and as a trainee."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema_rs
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

from lms_core.foundation.database import metadata
from tests.support.academy import Academy, opened

POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
DOCUMENT = "/api/v1/openapi.json"
ROLES = {"administrator": "admin@example.org", "trainee": "trainee@example.org"}
ROOMS = (
    "foundation",
    "people",
    "organisation",
    "catalog",
    "enrolment",
    "assessment",
    "progress",
    "bigtech_campus",
    "cert_prep",
    "university_outreach",
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
# Where real ids come from, so that more is seen than 404.
TABLES = {
    "organisation_id": "organisation_organisation",
    "campus_id": "organisation_campus",
    "department_id": "organisation_department",
    "course_id": "catalog_course",
    "module_id": "catalog_module",
    "activity_id": "catalog_activity",
    "cohort_id": "enrolment_cohort",
    "application_id": "enrolment_application",
    "enrolment_id": "enrolment_enrolment",
    "exam_id": "assessment_exam",
    "attempt_id": "assessment_attempt",
    "bank_id": "assessment_bank",
    "item_id": "assessment_item",
    "visit_id": "university_outreach_visit",
    "agreement_id": "university_outreach_agreement",
}
KNOWN = {"plugin_id": "cert_prep", "number": 1, "slot": 1, "code": "AI-901"}
pytestmark = pytest.mark.xdist_group("api")


@pytest.fixture(scope="module")
def academy(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Academy]:
    """One academy for the module: what one request leaves behind, the next one meets."""
    with opened(planted, tmp_path_factory.mktemp("api") / "instance") as made:
        yield made


@pytest.fixture(scope="module")
def schema(academy: Academy) -> Any:
    # Who asks is the test's business: it does not generate tokens.
    config = SchemathesisConfig.from_dict({"generation": {"with-security-parameters": False}})
    return schemathesis.openapi.from_wsgi(DOCUMENT, academy.app, config=config)


@pytest.fixture(scope="module")
def operations(schema: Any) -> dict[str, Any]:
    """Every operation of the document, by method and path."""
    found = (result.ok() for result in schema.get_all_operations())
    return {f"{one.method.upper()} {one.path}": one for one in found}


@pytest.fixture(scope="module")
def ids(academy: Academy) -> dict[str, Any]:
    """What a path can really be filled with."""
    with academy.house.work.read() as uow:
        found: dict[str, UUID | None] = {
            name: uow.session.scalar(select(metadata.tables[table].c.id).limit(1)) for name, table in TABLES.items()
        }
    return KNOWN | {name: str(identifier) for name, identifier in found.items() if identifier}


@dataclass
class Trial:
    """One role at one room: what was answered, and by which operations the document was broken."""

    headers: dict[str, str]
    ids: dict[str, Any]
    examples: int
    statuses: Counter[int] = field(default_factory=Counter)
    broken: dict[str, str] = field(default_factory=dict)

    def of(self, name: str, operation: Any) -> None:
        """Send what the document allows to what there is, what it does not allow, and what leads nowhere."""
        fixed = {part: self.ids[part] for part in re.findall(r"{(\w+)}", operation.path) if part in self.ids}
        for mode, filled in ((POSITIVE, fixed), (NEGATIVE, fixed), (POSITIVE, {})):
            # Where nothing can be sent wrongly, there is nothing to send.
            with suppress(Unsatisfiable):
                self._try(name, operation.as_strategy(generation_mode=mode, path_parameters=filled or None))

    def _try(self, name: str, cases: Any) -> None:
        try:
            self._send(cases)
        except (Failure, FailureGroup) as failure:
            self.broken[name] = str(failure)

    def _send(self, cases: Any) -> None:
        @given(case=cases)
        @settings(
            max_examples=self.examples,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def send(case: Any) -> None:
            answer = case.call(headers=self.headers)
            self.statuses[answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS)

        send()


def tried(
    academy: Academy, operations: dict[str, Any], ids: dict[str, Any], room: str, role: str, examples: int
) -> Trial:
    trial = Trial({"Authorization": f"Bearer {academy.tokens[ROLES[role]]}"}, ids, examples)
    for name, operation in operations.items():
        if operation.path.startswith(f"/api/v1/{room}/"):
            trial.of(name, operation)
    assert not trial.broken, "\n\n".join(f"{name}\n{said}" for name, said in trial.broken.items())
    return trial


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("room", ROOMS)
def test_every_answer_is_one_that_the_document_names(
    academy: Academy, operations: dict[str, Any], ids: dict[str, Any], room: str, role: str
) -> None:
    statuses = tried(academy, operations, ids, room, role, 2).statuses
    # Whoever may do everything must have been let in, or nothing was tried.
    assert role == "trainee" or statuses[200], statuses
    # A wrong password is answered like this as well.
    assert room == "people" or not statuses[401], statuses


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("room", ROOMS)
def test_however_much_is_sent(
    academy: Academy, operations: dict[str, Any], ids: dict[str, Any], room: str, role: str
) -> None:
    tried(academy, operations, ids, room, role, 12)


def test_every_room_with_an_api_is_tried(operations: dict[str, Any]) -> None:
    assert {name.split("/")[3] for name in operations} == set(ROOMS)


def test_the_document_is_openapi_31_and_its_schemas_are_json_schemas(schema: Any) -> None:
    assert schema.raw_schema["openapi"].startswith("3.1")
    schema.validate()
    for told in schema.raw_schema["components"]["schemas"].values():
        jsonschema_rs.meta.validate(told | {"$schema": "https://json-schema.org/draft/2020-12/schema"})


def test_every_operation_says_what_it_is_for_and_how_it_may_fail(operations: dict[str, Any]) -> None:
    told = {name: operation.definition.raw for name, operation in operations.items()}
    assert not [name for name, one in told.items() if not one.get("summary")]
    problems = {"401", "403", "404", "409", "422", "429", "503"}
    assert not [name for name, one in told.items() if not problems <= set(one["responses"])]


def test_every_list_is_given_out_in_the_same_shape(schema: Any, operations: dict[str, Any]) -> None:
    schemas = schema.raw_schema["components"]["schemas"]
    odd = []
    for name, operation in operations.items():
        content = operation.definition.raw["responses"].get("200", {}).get("content", {})
        given = content.get("application/json", {}).get("schema", {})
        members = schemas.get(given.get("$ref", "").rpartition("/")[2], given).get("properties", {})
        listing = name.startswith("GET ") and set(members) <= {"items", "next", "total"}
        if given.get("type") == "array" or (listing and members and len(members) != 3):
            odd.append(name)
    assert not odd


def test_a_method_that_an_address_does_not_take_is_refused_with_those_it_takes(academy: Academy) -> None:
    answer = academy.app.test_client().patch("/api/v1/people/me")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.content_type == "application/problem+json"
