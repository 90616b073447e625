"""Settings from the command line, on a site of its own with the bundled and partner plugins."""

import json

import pytest
from click.testing import CliRunner

from lms_core.cli import application as behind
from lms_core.cli.plugin import plugin
from lms_core.foundation.errors import Invalid
from lms_core.foundation.host.settings import SettingsBook
from lms_core.foundation.scopes import SITE
from lms_core.foundation.web.house import house
from tests.support.site import make_site


@pytest.fixture
def site(embedded, clock, tmp_path, monkeypatch):
    made = make_site(embedded, clock, tmp_path)
    for module in ("lms_core.cli.plugin_settings", "lms_core.cli.application"):
        monkeypatch.setattr(f"{module}.application", lambda: made.app)
    yield made
    made.house.database.dispose()


def run(*arguments, says=""):
    return CliRunner().invoke(plugin, arguments, input=says, catch_exceptions=False)


def held(site):
    assert behind.application() is site.app
    return house(site.app).provide(SettingsBook).of("bigtech_campus")


def test_a_setting_is_shown_set_and_taken_away(site):
    before = json.loads(run("settings", "bigtech_campus", "--json").stdout)
    assert {one["source"] for one in before} == {"default"}
    assert run("set", "bigtech_campus", "motivation_length=50", "completion_percent=90").exit_code == 0
    assert (held(site)["motivation_length"], held(site)["completion_percent"]) == (50, 90)
    assert "50" in run("settings", "bigtech_campus").stdout
    assert json.loads(run("unset", "bigtech_campus", "motivation_length", "--json").stdout)["unset"]
    assert held(site)["motivation_length"] == 30


def test_a_value_that_is_not_given_is_asked_for(site):
    assert run("set", "bigtech_campus", "motivation_length", says="45\n").exit_code == 0
    assert held(site)["motivation_length"] == 45


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bigtech_campus", "motivation_lenght=5"), "Did you mean “motivation_length”?"),
        (("bigtech_campus", "completion_percent=many"), "Enter a whole number."),
        (("bigtech_campus", "completion_percent=101"), "from 1 to 100"),
        (("nobody", "x=1"), "has no settings, or is not running"),
        (("bigtech_campus", "completion_percent=90", "--scope", "campus:1"), "There is no such place."),
    ],
)
def test_what_cannot_be_set_is_refused_with_the_way_out(site, arguments, said):
    refused = run("set", *arguments)
    assert refused.exit_code == 1
    assert said in refused.stderr
    assert said in run("set", *arguments, "--json").stdout


def test_resealing_says_how_many_were_sealed(site):
    assert json.loads(run("reseal", "--json").stdout) == {"sealed": 0, "closed": []}


@pytest.mark.parametrize("place", ["campus:mapo", "campus:0190c0de-0000-7000-8000-000000000001"])
def test_a_plugin_is_switched_where_there_is_a_place(site, monkeypatch, place):
    monkeypatch.setattr("lms_core.cli.plugin.application", lambda: site.app)
    with pytest.raises(Invalid):
        plugin.context_settings["obj"].place(place)
    assert plugin.context_settings["obj"].place("site") == SITE
