"""Signing in, by page and by API, on both databases."""

import re
from email import message_from_bytes, policy

import pytest

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.scopes import SITE
from lms_core.people.domain import ChoosePassword, Credentials, GiveRole, InvitePerson, LinkSpent, SignInFailed
from lms_core.people.service import AccountService, EnlistService, RoleService, SignInService
from tests.support.site import Site

PASSWORD = "a short sentence works"


@pytest.fixture
def account(site: Site) -> str:
    address = "mina@example.org"
    site.provide(EnlistService).enlist(SYSTEM, address, "박민아", PASSWORD)
    return address


def test_the_right_password_opens_a_session_and_home(site: Site, account: str) -> None:
    browser = site.browser()
    answer = browser.submit("/people/sign-in", email=account, password=PASSWORD)
    assert answer.location == "/home"
    assert "박민아" in browser.get("/home").text


def test_a_wrong_password_says_so_beside_the_form_and_keeps_the_address(site: Site, account: str) -> None:
    answer = site.browser().submit("/people/sign-in", email=account, password="wrong")
    assert answer.status_code == 401
    assert "The e-mail address or the password is not right" in answer.text
    assert account in answer.text


def test_an_unknown_address_is_answered_like_a_wrong_password(site: Site) -> None:
    with pytest.raises(SignInFailed):
        site.provide(SignInService).sign_in(Credentials("nobody@example.org", PASSWORD))


def test_signing_in_leads_to_the_page_that_was_asked_for_but_never_off_the_site(site: Site, account: str) -> None:
    inside = site.browser().submit("/people/sign-in", email=account, password=PASSWORD, next="/people/account")
    outside = site.browser().submit("/people/sign-in", email=account, password=PASSWORD, next="//evil.example")
    assert (inside.location, outside.location) == ("/people/account", "/home")


def test_a_session_that_was_ended_signs_nobody_in(site: Site, account: str) -> None:
    browser = site.browser()
    browser.submit("/people/sign-in", email=account, password=PASSWORD)
    browser.submit("/people/sign-out")
    assert browser.get("/home").status_code == 302


def test_a_session_ends_after_its_days(site: Site, account: str) -> None:
    issued = site.provide(SignInService).sign_in(Credentials(account, PASSWORD))
    assert site.provide(SignInService).by_session(issued.token).person_id
    site.clock.move(days=15)
    assert site.provide(SignInService).by_session(issued.token).person_id is None


def test_a_token_opens_the_api_until_it_is_revoked(site: Site, account: str) -> None:
    program = site.program()
    answer = program.post("/api/v1/people/tokens", json={"email": account, "password": PASSWORD})
    assert answer.status_code == 201
    program.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {answer.json['token']}"
    keys = program.get("/api/v1/people/keys").json["items"]
    assert program.get("/api/v1/people/me").json["email"] == account
    assert program.delete(f"/api/v1/people/keys/{keys[0]['id']}").status_code == 204
    assert program.get("/api/v1/people/me").status_code == 401


def test_the_store_holds_no_secret_that_opens_anything(site: Site, account: str) -> None:
    issued = site.provide(SignInService).issue_token(Credentials(account, PASSWORD))
    raw = site.house.database.engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("SELECT token_hash FROM people_token")
        assert issued.token not in str(cursor.fetchall())
    finally:
        raw.close()


def test_an_invitation_is_good_once_and_brings_its_role(site: Site) -> None:
    accounts = site.provide(AccountService)
    with site.app.app_context():
        person_id = accounts.invite(SYSTEM, InvitePerson("new@example.org", "새 사람", "administrator", SITE))
    site.run_background()
    token = _link(site, "invitation")
    assert accounts.accept(ChoosePassword(token, PASSWORD, "새 이름")) == person_id
    with pytest.raises(LinkSpent):
        accounts.accept(ChoosePassword(token, PASSWORD, "다시"))
    assert site.provide(SignInService).sign_in(Credentials("new@example.org", PASSWORD)).person_id == person_id


def test_a_reset_ends_every_session_of_before(site: Site, account: str) -> None:
    before = site.provide(SignInService).sign_in(Credentials(account, PASSWORD))
    with site.app.app_context():
        site.provide(AccountService).ask_reset(account)
    site.run_background()
    site.provide(AccountService).reset(ChoosePassword(_link(site, "reset"), "another short sentence"))
    assert site.provide(SignInService).by_session(before.token).person_id is None


def test_asking_for_a_reset_tells_nobody_whether_there_is_an_account(site: Site, account: str) -> None:
    known = site.browser().submit("/people/reset", email=account)
    unknown = site.browser().submit("/people/reset", email="nobody@example.org")
    assert known.status_code == unknown.status_code == 200
    assert _heading(known.text) == _heading(unknown.text)


def test_a_role_taken_away_is_gone_at_the_next_request(site: Site) -> None:
    person_id = site.administrator()
    program = site.program(person_id)
    assert program.get("/api/v1/people/persons").status_code == 200
    site.provide(RoleService).take(SYSTEM, GiveRole(person_id, "administrator", SITE))
    assert program.get("/api/v1/people/persons").status_code == 403


def _link(site: Site, purpose: str) -> str:
    letters = sorted((site.house.settings.instance_path / "mail").glob("*.eml"))
    body = message_from_bytes(letters[-1].read_bytes(), policy=policy.default).get_content()
    found = re.search(rf"/people/{purpose}/(\S+)", body)
    assert found, body
    return found.group(1)


def _heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL)
    assert found
    return found.group(1)
