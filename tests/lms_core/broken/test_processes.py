"""Plugins that end the process, or never give it back, at import or when asked: quarantined at the next boot."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.host.markers import FOLDER
from tests.support.shelf import GOOD_PANEL, shelf_in
from tests.support.site import SECRET, make_site

ROOT = Path(__file__).parents[3]
BOOT = "from lms_core.app import create_app; create_app(); print('booted')"
ASKED = '''
from collections.abc import Sequence
from lms_core.hooks import hookimpl
from lms_core.hooks.site import MenuItem


@hookimpl
def lms_register_menus() -> Sequence[MenuItem]:
    """Never gives an answer."""
    while True:
        pass
'''
KILLERS = {
    "kil_exit": ("import os\nos._exit(7)", ()),
    "kil_signal": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", ()),
    "kil_abort": ("import os\nos.abort()", ()),
}
ENDLESS = {"end_import": ("while True: pass", ()), "end_register": (ASKED, ("lms_register_menus",))}


def begin(folder: Path, shelf: Path) -> subprocess.Popen[bytes]:
    """A process of its own that boots the site."""
    path = os.pathsep.join([str(ROOT), str(shelf)])
    environ = os.environ | {"PYTHONPATH": path, "LMS_INSTANCE_PATH": str(folder), "LMS_SECRET_KEY": SECRET}
    return subprocess.Popen(
        [sys.executable, "-c", BOOT], env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def noted(folder: Path, name: str) -> bool:
    """Whether the plugin's import has begun."""
    return any(path.name.startswith(f"{name}.") for path in (folder / FOLDER).glob("*"))


# Each boots a process of its own: two of them stand for all in the quick run.
QUICK = ("kil_exit", "end_import")
CASES = [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in (*KILLERS, *ENDLESS)]


@pytest.mark.parametrize("name", CASES)
def test_what_does_not_come_back_is_left_out_of_the_next_boot(name: str, embedded, clock, tmp_path: Path) -> None:
    code, hooks = (KILLERS | ENDLESS)[name]
    instance = tmp_path / "instance"
    with shelf_in(tmp_path / "shelf") as shelf:
        shelf.add("well", GOOD_PANEL, ("lms_show_home",))
        shelf.add(name, code, hooks)
        process = begin(instance, shelf.folder)
        for _ in range(600):
            if process.poll() is not None or (name in ENDLESS and noted(instance, name)):
                break
            time.sleep(0.05)
        if name in ENDLESS:
            process.send_signal(signal.SIGKILL)
        assert process.wait(30) != 0
        site = make_site(embedded, clock, instance)
        plugins: LoadedPlugins = site.house.tools[LoadedPlugins]
        assert "well" in plugins.ids
        (finding,) = plugins.quarantined[name]
        assert finding.rule == "unreturned"
        assert f"lms plugin enable {name}" in str(finding)
        assert site.browser(site.person("mina")).get("/home").status_code == 200
        site.house.database.dispose()
