"""Runs a plugin on a site made for it, in a process of its own, and reads what was found there."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lms_core.foundation.host.checking.checked import Checked, fault
from lms_core.foundation.host.core import Core
from lms_core.foundation.host.discovery import add_overlay
from lms_core.foundation.host.findings import Finding
from lms_core.foundation.text import Text

# Where this very core can be imported from, installed or not.
_HOME = Path(__file__).parents[4]
_REPORT = "examined.json"
TIMEOUT = 300.0


def examined(core: Core, plugin: str, folders: Sequence[Path], limit: float = TIMEOUT) -> Iterator[Checked]:
    """Every check that needs the plugin to run, with ``folders`` last on the path."""
    with tempfile.TemporaryDirectory(prefix="lms-examined-") as room:
        command = [sys.executable, "-P", *core.command, "plugin", "examine", plugin, "--room", room]
        command += [argument for folder in folders for argument in ("--path", str(folder))]
        try:
            done = subprocess.run(  # noqa: S603 this Python, this core's own command
                command, capture_output=True, timeout=limit, check=False, env=os.environ | {"PYTHONPATH": str(_HOME)}
            )
        except subprocess.TimeoutExpired:
            yield _ended(plugin, f"it did not end within {limit:.0f} s")
            return
        report = Path(room) / _REPORT
        if not report.exists():
            yield _ended(plugin, (done.stderr.decode(errors="replace").strip() or "it ended without a word")[-500:])
            return
        for name, findings in json.loads(report.read_text(encoding="utf-8")).items():
            yield Checked(name, tuple(_finding(one) for one in findings))


def examine(core: Core, plugin: str, room: Path, folders: Sequence[Path]) -> None:
    """Examine ``plugin`` here and leave what was found in ``room``: what the process of an examination does."""
    for folder in folders:
        add_overlay(folder)
    found = core.examine(plugin, room / "site")
    written = {name: [one.as_json() for one in findings] for name, findings in found.items()}
    (room / _REPORT).write_text(json.dumps(written), encoding="utf-8")


def _ended(plugin: str, why: str) -> Checked:
    return Checked("running", (fault(plugin, plugin, "unreturned", "Running it failed: %(why)s", why=why),))


def _finding(written: dict[str, object]) -> Finding:
    plugin, file, rule, suggestion = (str(written[key]) for key in ("plugin", "file", "rule", "suggestion"))
    message = Text("%(said)s", {"said": written["message"]})
    return Finding(plugin, file, int(str(written["line"])), rule, message, suggestion)
