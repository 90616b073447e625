"""Every URL is visited as every role, and every URL with an id as someone from elsewhere."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from lms_core.foundation.database import metadata
from lms_core.foundation.identity import new_id
from lms_core.foundation.web.access import BY_TOKEN, PUBLIC, SIGNED_IN, declared
from tests.support.academy import Academy

ROLES = {
    "stranger": "",
    "trainee": "trainee@example.org",
    "instructor": "instructor@example.org",
    "operator": "operator@example.org",
    "operator of another campus": "operator.seongbuk@example.org",
    "partner manager": "partner@example.org",
    "university coordinator": "university@example.org",
    "city official": "city@example.org",
    "administrator": "admin@example.org",
}
FINE = {200, 201, 204, 302, 303, 401, 403, 404, 405, 409, 413, 415, 422, 428}
# The sample banks belong to the whole site: whoever writes items anywhere shares them.
SHARED = {"organisation_id", "bank_id", "item_id", "import_id"}
OPEN = {PUBLIC, BY_TOKEN, SIGNED_IN}
# What an id in a URL may be the id of: the table it is looked up in.
TABLES = {
    "person_id": "people_person",
    "key_id": "people_session",
    "organisation_id": "organisation_organisation",
    "campus_id": "organisation_campus",
    "course_id": "catalog_course",
    "cohort_id": "enrolment_cohort",
    "application_id": "enrolment_application",
    "enrolment_id": "enrolment_enrolment",
    "exam_id": "assessment_exam",
    "attempt_id": "assessment_attempt",
    "bank_id": "assessment_bank",
    "item_id": "assessment_item",
}


def rules(academy: Academy) -> Iterator[tuple[Rule, str]]:
    for rule in academy.app.url_map.iter_rules():
        # Signing out would end the visit; /readyz misses the migrations, which test databases are made without.
        if rule.endpoint.endswith("static") or rule.endpoint in {"people.sign_out", "health.ready"}:
            continue
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


@pytest.fixture
def ids(academy: Academy) -> dict[str, UUID]:
    """The first id of each kind that the sample academy has."""
    with academy.house.work.read() as uow:
        found = {
            name: uow.session.scalar(select(metadata.tables[table].c.id).limit(1))
            for name, table in TABLES.items()
            if table in metadata.tables
        }
    return {name: identifier for name, identifier in found.items() if identifier}


def filled(rule: Rule, ids: dict[str, UUID]) -> str:
    """The URL of ``rule`` with real ids where there are any."""
    url = re.sub(r"<uuid:(\w+)>", lambda match: str(ids.get(match[1], new_id())), str(rule))
    url = re.sub(r"<int:\w+>", "1", url)
    return re.sub(r"<(?:\w+(?:\([^)]*\))?:)?\w+>", "unknown", url)


def body(rule: Rule, method: str) -> dict[str, str] | None:
    """An empty object for the API's changes; forms are sent without one."""
    return {} if method != "GET" and "/api/" in str(rule) else None


def visited(client: Any, url: str, method: str, sent: dict[str, str] | None = None) -> int:
    """How a visit ends; files that are sent along are closed."""
    with client.open(url, method=method, json=sent) as answer:
        return int(answer.status_code)


@pytest.mark.parametrize("role", ROLES)
def test_every_url_answers_every_role_in_a_known_way(academy: Academy, ids: dict[str, UUID], role: str) -> None:
    client: Any = academy.as_program(ROLES[role])
    odd = {}
    for rule, method in rules(academy):
        if method == "DELETE" or "erase" in str(rule):
            continue
        status = visited(client, filled(rule, ids), method, body(rule, method))
        if status not in FINE:
            odd[f"{method} {rule}"] = status
    assert not odd


def test_a_stranger_gets_in_nowhere_but_at_the_front_door(academy: Academy, ids: dict[str, UUID]) -> None:
    client: Any = academy.as_program()
    open_doors = {}
    for rule, method in rules(academy):
        access = declared(academy.app, rule.endpoint, method)
        status = visited(client, filled(rule, ids), method)
        if access and access.permission == PUBLIC:
            continue
        if status not in {302, 401, 403, 404, 422}:
            open_doors[f"{method} {rule}"] = status
    assert not open_doors


@pytest.mark.parametrize("role", ["operator of another campus", "university coordinator"])
def test_someone_from_elsewhere_sees_no_object_of_this_campus(
    academy: Academy, ids: dict[str, UUID], role: str
) -> None:
    client: Any = academy.as_program(ROLES[role])
    seen = {}
    for rule, method in rules(academy):
        named = set(re.findall(r"<uuid:(\w+)>", str(rule))) & set(ids)
        access = declared(academy.app, rule.endpoint, method)
        if not named or access is None or access.permission in OPEN or named & SHARED:
            continue
        status = visited(client, filled(rule, ids), method, body(rule, method))
        if status not in {403, 404, 422}:
            seen[f"{method} {rule}"] = status
    assert not seen
