"""Staff see which plugins were asked for a page: at its foot, in a list, at the command line, in the figures."""

import json
import re

import pytest
from click.testing import CliRunner

from lms_core.cli.plugin import plugin as commands
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.calling.records import TraceFile
from lms_core.foundation.host.service import PluginService
from lms_core.foundation.scopes import SITE
from tests.support.shelf import BROKEN_PANEL, GOOD_PANEL
from tests.support.site import SECRET, make_site

HOME = ("lms_show_home",)
TRACES = "/plugins/hook-traces"


@pytest.fixture
def labs(shelf, embedded, clock, tmp_path):
    """A site with a plugin that works and one that breaks its panel, both on."""
    shelf.add("labs", GOOD_PANEL, HOME)
    shelf.add("shaky", BROKEN_PANEL, HOME)
    site = make_site(embedded, clock, tmp_path)
    for name in ("labs", "shaky"):
        site.provide(PluginService).enable(SYSTEM, name, SITE)
    yield site
    site.house.database.dispose()


@pytest.fixture
def admin(labs):
    return labs.browser(labs.administrator())


def latest(site):
    return site.house.tools[TraceFile].recent(1)[0]


def test_the_foot_of_a_page_tells_who_was_asked_once_staff_switch_it_on(labs, admin):
    assert "hook-trace" not in admin.get("/home").text
    shown = admin.get("/home?trace=1").text
    assert "Plugins asked for this page" in shown
    assert "Panel(labs)" in shown
    assert re.search(r"RuntimeError \(.*shaky/plugin\.py:\d+\)", shown)
    assert "Panel(labs)" in admin.get("/home").text
    assert "hook-trace" not in admin.get("/home?trace=0").text
    assert "hook-trace" not in admin.get("/home").text
    korean = labs.browser(labs.administrator(), "ko").get("/home?trace=1").text
    assert "이 화면에 응답한 플러그인" in korean


def test_nobody_else_can_switch_it_on(labs):
    trainee = labs.browser(labs.person("mina"))
    assert "hook-trace" not in trainee.get("/home?trace=1").text
    assert trainee.get(TRACES).status_code == 403
    assert labs.browser().get(TRACES).status_code in {302, 401, 403}


def test_every_request_that_asked_somebody_is_kept_and_accounted_for(labs, admin):
    labs.browser(labs.person("mina")).get("/home")
    record = latest(labs)
    assert {"labs", "shaky"} <= set(record.plugins)
    assert record.failures == 1
    assert 0 < record.answered <= record.asked
    page = admin.get(TRACES).text
    assert record.id in page
    one = admin.get(f"{TRACES}/{record.id}").text
    assert "Panel(labs)" in one
    assert "RuntimeError" in one
    assert "no lab is open" not in one
    assert admin.get(f"{TRACES}/nothing-of-the-kind").status_code == 404


def test_a_request_that_asks_nobody_leaves_no_trace(labs):
    before = len(labs.house.tools[TraceFile].recent(100))
    labs.browser().get("/healthz")
    assert len(labs.house.tools[TraceFile].recent(100)) == before


def test_the_list_can_be_narrowed(labs, admin):
    admin.get("/home")
    assert latest(labs).id in admin.get(f"{TRACES}?plugin=labs").text
    assert "Nothing was asked yet" in admin.get(f"{TRACES}?plugin=nobody").text
    assert latest(labs).id in admin.get(f"{TRACES}?failed=true").text


def test_the_command_line_reads_what_the_server_kept(labs, admin, tmp_path, monkeypatch):
    admin.get("/home", headers={"X-Request-Id": "a-request-of-mine"})
    monkeypatch.setenv("LMS_INSTANCE_PATH", str(tmp_path))
    monkeypatch.setenv("LMS_SECRET_KEY", SECRET)
    runner = CliRunner()
    listed = runner.invoke(commands, ["trace"])
    assert "a-request-of-mine" in listed.output, listed.output
    one = json.loads(runner.invoke(commands, ["trace", "a-request-of-mine", "--json"]).output)
    assert {call["plugin"] for call in one["calls"]} >= {"labs", "shaky"}
    assert json.loads(runner.invoke(commands, ["trace", "--failed", "--plugin", "shaky", "--json"]).output)
    assert "RuntimeError" in runner.invoke(commands, ["trace", "a-request-of-mine"]).output
    assert runner.invoke(commands, ["trace", "gone"]).exit_code == 1


def test_the_figures_count_calls_failures_and_breakers_by_plugin_and_hook(labs, admin):
    for _ in range(6):
        admin.get("/home")
    figures = labs.browser().get("/metrics").text
    assert re.search(r'lms_hook_seconds_count\{hook="lms_show_home",plugin="labs"\} 6\.0', figures)
    assert re.search(r'lms_hook_failures_total\{hook="lms_show_home",plugin="shaky"\} 5\.0', figures)
    assert 'lms_hook_breaker_open{hook="lms_show_home",plugin="shaky"} 1.0' in figures
    shown = admin.get("/plugins/shaky").text
    assert "95 of 100 within, ms" in shown
    assert "resting" in shown
