"""What authors are given by the pytest plugin, tried beside the house's own conftest."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from lms_core.foundation.host.service import PluginService
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import EVERYWHERE, Scope
from lms_core.hooks.site import Viewer

ROOT = Path(__file__).parents[3]
MODULES = "import sys; assert not [name for name in sys.modules if name.partition('.')[0] in ('flask', 'sqlalchemy')]"


def test_a_client_holds_the_role_it_was_asked_for_and_no_other(client_for):
    assert client_for("administrator").get("/people/").status_code == 200
    assert client_for().get("/people/").status_code == 403
    assert client_for(None).get("/people/").status_code in {302, 401}


def test_a_role_is_held_where_it_was_given_alone(client_for, lms_app):
    mine, other = new_id(), new_id()
    client = client_for("instructor", Scope("course", str(mine)))
    assert client.get(f"/catalog/authoring/{other}").status_code == 404


def test_the_clock_of_the_site_is_the_tests_own(clock, uow):
    before = uow.clock.now()
    clock.move(minutes=5)
    assert uow.clock.now() - before == timedelta(minutes=5)


def test_hooks_ask_only_whom_enable_switched_on(enable, hooks):
    assert hooks.curricula(EVERYWHERE) == ()
    enable("bigtech_campus")
    assert any(one.code == "hanbit-ai-engineer" for one in hooks.curricula(EVERYWHERE))


def test_a_panel_is_asked_for_in_a_request_of_its_viewer(hooks, lms_site):
    viewer = Viewer(lms_site.person(), "en", EVERYWHERE)
    assert [shown.failure for shown in hooks.show_home(viewer) if shown.failure] == []


def test_what_a_plugin_requires_is_switched_on_before_it(enable, lms_site):
    enable("google_certs", Scope("campus", str(new_id())))
    assert {rule.plugin for rule in lms_site.provide(PluginService).rules()} == {"cert_prep", "google_certs"}


def test_a_folder_that_offers_several_plugins_has_to_be_told_which(enable):
    with pytest.raises(ValueError, match="cert_prep, university_outreach"):
        enable()


def session(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A pytest session of somebody else's, in ``folder``."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    environment = os.environ | {"PYTHONPATH": ""}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_session_that_asks_for_nothing_imports_nothing_of_ours(tmp_path):
    (tmp_path / "test_theirs.py").write_text(f"def test_ours_is_not_here():\n    {MODULES}\n")
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    done = session(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_an_authors_own_fixture_of_the_same_name_goes_before_ours(tmp_path):
    own = "import pytest\n@pytest.fixture\ndef clock():\n    return 'mine'\n"
    (tmp_path / "conftest.py").write_text(own)
    (tmp_path / "test_theirs.py").write_text("def test_mine(clock):\n    assert clock == 'mine'\n")
    done = session(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_fixture_says_what_it_gives(tmp_path):
    (tmp_path / "test_none.py").write_text("")
    said = session(tmp_path, "--fixtures").stdout
    for name in ("lms_app", "client_for", "enable", "clock", "uow", "hooks"):
        assert f"\n{name} " in said
        assert "no docstring available" not in said.split(f"\n{name} ")[1].split("\n\n")[0]
