"""What a client gets to see of an error: problem JSON under /api, a page elsewhere, always with a reference."""

import pytest
from sqlalchemy.exc import OperationalError

from lms_core.foundation import errors
from lms_core.foundation.errors import LmsError, Refusal
from lms_core.foundation.text import text
from lms_core.foundation.web.access import PUBLIC, access
from lms_core.foundation.web.errors import STATUS, status_of
from tests.support.site import Site


def raising(site: Site, error: Exception) -> None:
    """Let /boom and /api/v1/boom raise ``error``."""

    @access(PUBLIC)
    def boom() -> str:
        raise error

    site.app.add_url_rule("/boom", "boom", boom)
    site.app.add_url_rule("/api/v1/boom", "api_boom", boom)


@pytest.mark.parametrize("kind", STATUS)
def test_every_kind_has_its_status_here_and_there(embedded_site: Site, kind: type[LmsError]) -> None:
    raising(embedded_site, kind())
    page, problem = embedded_site.browser().get("/boom"), embedded_site.program().get("/api/v1/boom")
    assert problem.status_code == STATUS[kind]
    assert problem.content_type == "application/problem+json"
    assert problem.json["type"] == kind.code
    assert page.status_code in {STATUS[kind], 302}


def test_a_subclass_speaks_by_its_own_code_with_its_kinds_status() -> None:
    class SlotLocked(errors.Conflict):
        code = "slot-locked"

    assert status_of(SlotLocked()) == 409


def test_a_refusal_tells_all_reasons_with_their_plugins_in_the_readers_language(embedded_site: Site) -> None:
    reasons = (Refusal("full", errors.Forbidden.default, "one"), Refusal("late", errors.NotFound.default, "two"))
    raising(embedded_site, errors.Refused(reasons=reasons))
    program = embedded_site.program()
    english = program.get("/api/v1/boom").json["reasons"]
    korean = program.get("/api/v1/boom", headers={"Accept-Language": "ko"}).json["reasons"]
    assert [one["plugin"] for one in english] == ["one", "two"]
    assert english[0]["reason"] == "You do not have permission to do this."
    assert korean[0]["reason"] != english[0]["reason"]


def test_the_unexpected_is_a_500_with_a_reference_and_without_its_secret(embedded_site: Site) -> None:
    raising(embedded_site, RuntimeError("the password is swordfish"))
    answer = embedded_site.program().get("/api/v1/boom")
    assert answer.status_code == 500
    assert answer.json["reference"] == answer.headers["X-Request-Id"]
    assert "swordfish" not in answer.text
    assert "swordfish" not in embedded_site.browser().get("/boom").text


def test_a_database_that_is_away_is_a_503_that_says_when_to_come_back(embedded_site: Site) -> None:
    raising(embedded_site, OperationalError("SELECT 1", {}, Exception("gone")))
    answer = embedded_site.program().get("/api/v1/boom")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


def test_a_wrong_method_says_which_are_allowed(embedded_site: Site) -> None:
    answer = embedded_site.program().delete("/api/v1/people/tokens")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_a_field_that_is_wrong_is_named_with_its_rule(embedded_site: Site) -> None:
    answer = embedded_site.program().post("/api/v1/people/tokens", json={"email": "no address", "passwort": "x"})
    assert answer.status_code == 422
    assert set(answer.json["errors"]) == {"email", "password", "passwort"}
    assert str(text("This is required. Fill it in.")) in answer.json["errors"]["password"]
