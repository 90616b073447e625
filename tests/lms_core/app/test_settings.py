"""A plugin's settings as an administrator fills them in: place by place, secrets never shown."""

import pytest

from lms_core.app.settings import SettingsDesk
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.settings import SettingsBook
from lms_core.foundation.paging import PageRequest
from lms_core.foundation.scopes import Scope, scopes
from lms_core.foundation.text import Titles
from lms_core.organisation.domain import CampusDetails, OrganisationDetails
from lms_core.organisation.service import CampusService, OrganisationService
from tests.support.site import make_site
from tests.support.switching import switch_on

CODE = '''
from collections.abc import Sequence

from lms_core.foundation.host.settings import PluginSettings
from lms_core.foundation.text import text
from lms_core.foundation.web import fields
from lms_core.foundation.web.schemas import Schema
from lms_core.hooks import hookimpl


class LabSettings(Schema):
    """How a lab is run."""

    seats = fields.Integer(
        load_default=20, validate=fields.Range(min=1, max=40),
        metadata={"label": text("Seats"), "help": text("How many a lab has.")},
    )
    quiet = fields.Boolean(load_default=False, metadata={"label": text("Quiet hours")})
    token = fields.String(metadata={"label": text("Door token"), "secret": True})


@hookimpl
def lms_register_settings() -> Sequence[PluginSettings]:
    """How a lab is run."""
    return [PluginSettings(LabSettings(), ("site", "campus"))]
'''
TOLD = '\nsettings = ["seats", "quiet", "token"]\n'


@pytest.fixture
def labs(shelf, embedded, clock, tmp_path):
    """A site with a plugin that has settings, and one that has none."""
    home = shelf.add("labs", CODE, ("lms_register_settings",))
    (home / "plugin.toml").write_text((home / "plugin.toml").read_text() + TOLD)
    shelf.add("plain")
    site = make_site(embedded, clock, tmp_path)
    switch_on(site, "labs", "plain")
    yield site
    site.house.database.dispose()


@pytest.fixture
def campus(labs):
    named = Titles("서울시", "City")
    city = labs.provide(OrganisationService).add(SYSTEM, OrganisationDetails("city", "city", named))
    details = CampusDetails(city.id, None, "mapo", Titles("마포 캠퍼스", "Mapo campus"), "마포구")
    return Scope("campus", str(labs.provide(CampusService).open(SYSTEM, details).id))


@pytest.fixture
def admin(labs):
    return labs.browser(labs.administrator())


def held(labs, place=None):
    return labs.provide(SettingsBook).of("labs", scopes(campus=place.id) if place else scopes())


def save(admin, place="site", status=302, **typed):
    answer = admin.submit(f"/plugins/labs/settings?scope={place}", **typed)
    assert answer.status_code == status, answer.text
    return answer.text


def test_the_page_is_made_of_the_schema(admin):
    page = admin.get("/plugins/labs/settings").text
    for said in ("Seats", "How many a lab has.", 'value="20"', 'min="1"', 'max="40"', "s default"):
        assert said in page
    assert "/plugins/labs/settings" in admin.get("/plugins/labs").text
    assert "/plugins/plain/settings" not in admin.get("/plugins/plain").text
    assert admin.get("/plugins/plain/settings").status_code == 404


def test_what_is_typed_holds_at_once_and_only_what_differs_is_kept(labs, admin, campus):
    save(admin, seats="30", quiet="true")
    save(admin, campus, seats="25", quiet="true")
    assert held(labs)["seats"] == 30
    assert held(labs, campus)["seats"] == 25
    assert "Set for the whole site" in admin.get(f"/plugins/labs/settings?scope={campus}").text
    save(admin, seats="30")
    assert held(labs, campus)["quiet"] is False


def test_an_emptied_field_and_the_button_both_let_the_wider_place_hold_again(labs, admin, campus):
    save(admin, campus, seats="25", quiet="true")
    save(admin, campus, seats="", quiet="true")
    assert held(labs, campus)["seats"] == 20
    admin.submit("/plugins/labs/settings/unset", scope=str(campus), name="quiet")
    assert held(labs, campus)["quiet"] is False


def test_a_secret_is_typed_and_never_shown_and_stays_when_its_field_is_left_empty(labs, admin):
    save(admin, token="open sesame")
    page = admin.get("/plugins/labs/settings").text
    assert "open sesame" not in page
    assert 'type="password"' in page
    assert "One is set." in page
    save(admin, seats="21", token="")
    assert held(labs)["token"] == "open sesame"


def test_what_is_wrong_stands_beside_the_field_with_what_was_typed(labs, admin):
    page = save(admin, seats="400", status=422)
    assert "Enter a value from 1 to 40." in page
    assert 'value="400"' in page
    assert held(labs)["seats"] == 20


@pytest.mark.usefixtures("campus")
def test_a_place_that_is_none_or_of_another_kind_is_refused(labs, admin):
    assert admin.get("/plugins/labs/settings?scope=campus:nowhere").status_code == 422
    assert "There is no such place." in save(admin, "campus:0198c000-0000-7000-8000-000000000000", status=422)
    city = labs.provide(OrganisationService).find(SYSTEM, PageRequest()).items[0]
    assert "It can be set for: site, campus." in save(admin, f"organisation:{city.id}", status=422, seats="3")


def test_whoever_manages_no_plugins_sees_no_settings(labs):
    visitor = labs.browser(labs.person())
    assert visitor.get("/plugins/labs/settings").status_code in (403, 404)
    assert visitor.submit("/plugins/labs/settings?scope=site", seats="3").status_code in (403, 404)
    assert held(labs)["seats"] == 20


def test_the_page_is_in_korean_for_a_korean_reader(labs):
    page = labs.browser(labs.administrator(), language="ko").get("/plugins/labs/settings").text
    assert "플러그인 기본값" in page


def test_a_plugin_that_registers_what_it_does_not_declare_is_quarantined(shelf, embedded, clock, tmp_path):
    shelf.add("labs", CODE, ("lms_register_settings",))
    site = make_site(embedded, clock, tmp_path)
    assert not site.provide(SettingsDesk).has_settings("labs")
    assert "which settings does not declare" in site.browser(site.administrator()).get("/plugins/").text
