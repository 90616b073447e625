"""The page about the site itself: numbers for those who may see what they count, and the panels of plugins."""

import re

import pytest

from lms_core.app.dashboard import DashboardService
from lms_core.foundation.actors import SYSTEM, Actor, grants
from lms_core.foundation.host.gates import Gates
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.outbox.service import PERMISSION
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope, scopes
from lms_core.hooks.caller import Hooks
from lms_core.hooks.site import Viewer
from lms_core.people.domain import SEE_PERSON
from tests.support.counting import statements
from tests.support.shelf import BROKEN_PANEL, GOOD_PANEL, MISSPELT
from tests.support.site import make_site

DASHBOARD = "lms_show_admin_dashboard"


def on_the_dashboard(source):
    return source.replace("lms_show_home", DASHBOARD)


@pytest.fixture
def labs(shelf, embedded, clock, tmp_path):
    """A site with a plugin that shows a panel, one that breaks its own, and one that is misspelt."""
    shelf.add("labs", on_the_dashboard(GOOD_PANEL), (DASHBOARD,))
    shelf.add("shaky", on_the_dashboard(BROKEN_PANEL), (DASHBOARD,))
    shelf.add("typo", MISSPELT, ("lms_show_hoem",))
    site = make_site(embedded, clock, tmp_path)
    for plugin in ("labs", "shaky"):
        site.provide(PluginService).enable(SYSTEM, plugin)
    yield site
    site.house.database.dispose()


def counted(shown):
    return {one.name: one.count for one in shown}


def test_the_administrator_is_told_of_everything_and_led_to_where_it_is_mended(labs):
    page = labs.browser(labs.administrator()).get("/admin/").text
    found = re.findall(r'class="tile[^"]*"><a href="([^"]+)">([^<]+)</a>\s*<span class="figure-large">([^<]+)<', page)
    assert found == [
        ("/people/", "People", "1"),
        ("/enrolment/cohorts?phase=running", "Cohorts that run", "0"),
        ("/assessment/authoring", "Exams that are open", "0"),
        ("/assessment/authoring", "Attempts that run", "0"),
        ("/plugins/parked-work", "Failed work", "0"),
        ("/plugins/?state=quarantined", "Quarantined plugins", "1"),
        ("/plugins/", "Hooks that are not asked for now", "0"),
    ]
    assert page.count("tile-wrong") == 1


def test_who_looks_after_the_whole_site_hears_of_a_plugin_that_is_on_at_one_campus_alone(labs):
    service, campus = labs.provide(PluginService), Scope("campus", "0190a000-0000-7000-8000-000000000001")
    service.disable(SYSTEM, "shaky")
    service.clear(SYSTEM, "labs", SITE)
    labs.house.tools[Gates].refresh()
    chief = labs.browser(labs.administrator())
    assert "One lab is open." not in chief.get("/admin/").text
    service.enable(SYSTEM, "labs", campus)
    labs.house.tools[Gates].refresh()
    assert "One lab is open." in chief.get("/admin/").text
    elsewhere = Viewer(labs.person(), "en", scopes(campus="0190a000-0000-7000-8000-000000000002"))
    assert labs.hooks.show_admin_dashboard(elsewhere) == ()


def test_lms_show_admin_dashboard_shows_panels_and_why_one_is_missing(labs):
    page = labs.browser(labs.administrator()).get("/admin/").text
    assert "One lab is open." in page
    assert "A panel of the plugin shaky could not be made: RuntimeError: no lab is open" in page
    viewer = Viewer(labs.person(), "en", EVERYWHERE)
    assert [one.plugin for one in labs.provide(Hooks).show_admin_dashboard(viewer)] == ["labs", "shaky"]


def test_it_is_for_those_who_see_plugins_and_the_menu_leads_to_it(labs):
    assert 'href="/admin/"' in labs.browser(labs.administrator()).get("/home").text
    trainee = labs.browser(labs.person())
    assert trainee.get("/admin/").status_code == 403
    assert 'href="/admin/"' not in trainee.get("/home").text


def test_a_number_is_told_to_those_who_may_see_what_it_counts(site):
    service = site.provide(DashboardService)
    here = Scope("campus", "01a20471-d673-7ebf-b090-24a129598cfc")
    staff = Actor(site.person(), grants({SEE_PERSON}, here))
    assert [one.name for one in service.figures(staff)] == ["people"]
    assert service.faults(staff) == ()
    assert list(counted(service.faults(Actor(site.person(), grants({PERMISSION}))))) == ["parked"]


def test_a_hook_that_is_not_asked_any_more_is_counted(labs):
    viewer = Viewer(labs.person(), "en", EVERYWHERE)
    for _ in range(10):
        labs.provide(Hooks).show_admin_dashboard(viewer)
    administrator = labs.actor(labs.administrator())
    assert counted(labs.provide(DashboardService).faults(administrator)) == {
        "parked": 0,
        "quarantined": 1,
        "breakers": 1,
    }


def test_more_people_cost_no_more_queries(site):
    administrator, service = site.actor(site.administrator()), site.provide(DashboardService)

    def cost():
        with statements(site.house.database) as seen:
            service.figures(administrator)
        return len(seen)

    first = cost()
    for _ in range(5):
        site.person()
    assert counted(service.figures(administrator))["people"] == 6
    assert cost() == first
