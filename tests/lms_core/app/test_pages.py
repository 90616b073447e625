"""Plugins as operators see and switch them, and work that did not get done."""

import re
from itertools import count

import pytest

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.host.gates import Gates
from lms_core.foundation.host.repository import StoredGates
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope, scopes
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import Work
from lms_core.organisation.domain import CampusDetails, OrganisationDetails
from lms_core.organisation.service import CampusService, OrganisationService
from tests.support.shelf import BROKEN_PANEL, GOOD_PANEL, MISSPELT
from tests.support.site import make_site

PAGE = """
from collections.abc import Sequence

from flask import Blueprint
from lms_core.foundation.web.access import SIGNED_IN, access
from lms_core.hooks.site import MenuItem

pages = Blueprint("labs", __name__, url_prefix="/labs")


@pages.get("/")
@access(SIGNED_IN)
def home():
    return "labs"


@hookimpl
def lms_register_blueprints() -> Sequence[Blueprint]:
    return [pages]


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    return [MenuItem("labs.home", text("Labs"))]
"""
HOME = ("lms_show_home",)
_numbers = count(1)


@pytest.fixture
def labs(shelf, embedded, clock, tmp_path):
    """A site with a plugin that works, one that requires it, one that breaks its panel, and one that is misspelt."""
    shelf.add("labs", GOOD_PANEL + PAGE, (*HOME, "lms_register_blueprints", "lms_register_menus"))
    shelf.add("lab_tours", GOOD_PANEL, HOME, requires="labs")
    shelf.add("shaky", BROKEN_PANEL, HOME)
    shelf.add("typo", MISSPELT, ("lms_show_hoem",))
    site = make_site(embedded, clock, tmp_path)
    yield site
    site.house.database.dispose()


@pytest.fixture
def admin(labs):
    return labs.browser(labs.administrator())


def new_campus(site):
    number = next(_numbers)
    named = Titles(f"서울시 {number}", f"City {number}")
    city = site.provide(OrganisationService).add(SYSTEM, OrganisationDetails("city", f"city-{number}", named))
    titles = Titles(f"제{number} 캠퍼스", f"Campus No. {number}.")
    return site.provide(CampusService).open(SYSTEM, CampusDetails(city.id, None, f"campus-{number}", titles, "마포구"))


def card(page, plugin):
    found = re.search(rf'<article [^>]*aria-labelledby="plugin-{plugin}".*?</article>', page, re.DOTALL)
    assert found, f"no card of {plugin}"
    return found[0]


def on(labs, plugin, *places):
    for place in places or (SITE,):
        labs.provide(PluginService).enable(SYSTEM, plugin, place)


def switched(browser, plugin, act, scope="site", status=302):
    answer = browser.submit(f"/plugins/{plugin}/rules", scope=str(scope), act=act)
    assert answer.status_code == status, answer.text
    return answer.text


def test_each_plugin_has_a_card_that_says_what_it_is_and_where_it_is_on(labs, admin):
    on(labs, "labs")
    shown = card(admin.get("/plugins/").text, "labs")
    assert "Opens lab rooms." in shown
    assert "Hanbit Labs" in shown
    assert 'aria-checked="true"' in shown
    assert "Lab_Tours" in shown
    assert "not asked yet" in shown


def test_a_quarantined_plugin_says_why_where_by_which_rule_and_what_was_meant(labs, admin):
    page = admin.get("/plugins/").text
    shown = card(page, "typo")
    assert "Quarantined" in shown
    assert "typo/plugin.py:" in shown
    assert "Did you mean “lms_show_home”?" in shown
    assert 'role="switch"' not in shown
    assert page.index("plugin-typo") < page.index("plugin-labs")
    assert "does not run" in admin.get("/plugins/typo").text
    assert "실행되지 않았습니다" in labs.browser(labs.administrator(), "ko").get("/plugins/typo").text


def test_what_the_page_switches_is_in_force_in_this_process_at_once_and_in_another_within_two_seconds(labs, admin):
    here = labs.house
    elsewhere = Gates(StoredGates(Work(here.database, here.clock)), here.tools[Gates].plugins)
    assert not elsewhere.enabled("labs", EVERYWHERE)
    switched(admin, "labs", "on")
    assert here.tools[Gates].enabled("labs", EVERYWHERE)
    assert elsewhere.interval < 2
    assert elsewhere.refresh().enabled("labs", EVERYWHERE)
    switched(admin, "labs", "off")
    assert not here.tools[Gates].enabled("labs", EVERYWHERE)
    assert not elsewhere.refresh().enabled("labs", EVERYWHERE)


def test_what_another_plugin_requires_is_not_switched_off_and_the_page_says_which(labs, admin):
    on(labs, "labs")
    on(labs, "lab_tours")
    refused = switched(admin, "labs", "off", status=409)
    assert "“lab_tours” is on there and requires “labs”." in refused
    assert "Nothing was switched" in refused


def test_a_plugin_is_switched_on_at_one_campus_chosen_from_those_there_are(labs, admin):
    campus = new_campus(labs)
    assert campus.titles.en in admin.get("/plugins/labs?kind=campus").text
    place = Scope("campus", str(campus.id))
    switched(admin, "labs", "on", place)
    gates = labs.house.tools[Gates]
    assert gates.enabled("labs", scopes(campus=campus.id))
    assert not gates.enabled("labs", EVERYWHERE)
    assert "On in some places" in card(admin.get("/plugins/").text, "labs")
    switched(admin, "labs", "clear", place)
    assert not gates.enabled("labs", scopes(campus=campus.id))


def test_an_entry_of_the_menu_is_there_where_its_page_opens_and_nowhere_else(labs, admin):
    menu = '<a href="/labs/"'
    on(labs, "labs", Scope("campus", str(new_campus(labs).id)))
    assert menu not in admin.get("/home").text
    assert admin.get("/labs/").status_code == 404
    on(labs, "labs")
    labs.provide(Gates).refresh()
    assert menu in admin.get("/home").text
    assert admin.get("/labs/").status_code == 200


def test_off_for_the_site_is_final_until_each_place_may_decide_again(labs, admin):
    place = Scope("campus", str(new_campus(labs).id))
    switched(admin, "labs", "off")
    assert "final" in switched(admin, "labs", "on", place, status=409)
    assert "Let each place decide" in admin.get("/plugins/labs").text
    switched(admin, "labs", "clear")
    switched(admin, "labs", "on", place)


@pytest.mark.parametrize("scope", ["campus:nowhere", "campus:00000000-0000-7000-8000-000000000000", "planet:1"])
def test_a_place_that_is_not_there_gets_no_rule(labs, admin, scope):
    assert "There is no such place" in switched(admin, "labs", "on", scope, status=422)
    assert not labs.provide(PluginService).rules()


def test_a_broken_panel_leaves_the_home_page_standing_and_shows_in_the_plugins_health(labs, admin):
    on(labs, "labs")
    on(labs, "shaky")
    trainee = labs.browser(labs.person("mina"))
    home = trainee.get("/home")
    assert home.status_code == 200
    assert "One lab is open." in home.text
    assert "no lab is open" not in home.text
    assert "no lab is open" in admin.get("/home").text
    for _ in range(4):
        assert trainee.get("/home").status_code == 200
    shown = admin.get("/plugins/shaky").text
    assert "resting" in shown
    assert "lms_show_home" in admin.get("/plugins/shaky", headers={"Accept-Language": "ko"}).text
    assert "failed again and again" in card(admin.get("/plugins/").text, "shaky")


def test_the_list_is_searched_filtered_and_paged(labs, admin):
    assert 'id="plugin-labs"' in admin.get("/plugins/?search=labs").text
    assert "No plugin was found" in admin.get("/plugins/?search=nothing of the kind").text
    assert 'id="plugin-labs"' not in admin.get("/plugins/?state=quarantined").text
    assert admin.get("/plugins/?size=2").text.count("<article") == 2
    assert admin.get("/plugins/?state=odd").status_code == 422


def test_installing_is_said_to_be_the_command_lines(labs, admin):
    assert "lms plugin install NAME" in admin.get("/plugins/").text


@pytest.mark.parametrize(
    ("role", "sees", "switches", "work"),
    [("administrator", 200, 302, 200), ("campus_operator", 200, 403, 403), ("trainee", 403, 403, 403)],
)
def test_who_may_see_and_who_may_switch(labs, role, sees, switches, work):
    campus = new_campus(labs)
    place = SITE if role == "administrator" else Scope("campus", str(campus.id))
    browser = labs.browser(labs.person(role, **{role: place}))
    assert browser.get("/plugins/").status_code == sees
    assert browser.get("/plugins/labs").status_code == sees
    assert browser.submit("/plugins/labs/rules", scope="site", act="on").status_code == switches
    assert browser.get("/plugins/parked-work").status_code == work


def test_an_operator_sees_the_rules_of_their_own_places_and_no_switch(labs):
    mine, other = new_campus(labs), new_campus(labs)
    on(labs, "labs", *(Scope("campus", str(one.id)) for one in (mine, other)))
    page = labs.browser(labs.person("o", campus_operator=Scope("campus", str(mine.id)))).get("/plugins/labs").text
    assert mine.titles.en in page
    assert other.titles.en not in page
    assert 'role="switch"' not in page


def test_an_unknown_plugin_has_no_page(admin):
    assert admin.get("/plugins/unknown").status_code == 404
    assert admin.submit("/plugins/unknown/rules", act="on").status_code == 404


def test_a_plugins_name_that_the_site_needs_itself_is_not_taken_in(shelf, embedded, clock, tmp_path):
    shelf.add("foundation")
    site = make_site(embedded, clock, tmp_path)
    assert "Quarantined" in card(site.browser(site.administrator()).get("/plugins/").text, "foundation")
    site.house.database.dispose()
