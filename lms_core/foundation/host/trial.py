"""Imports a plugin in a process of its own, to see what it does there before it is let into ours."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lms_core.foundation.host.core import Core
from lms_core.foundation.host.discovery import add_overlay, discover
from lms_core.foundation.host.findings import Finding, Findings
from lms_core.foundation.host.loading import load
from lms_core.foundation.host.order import required
from lms_core.foundation.text import Text, text

# Where this very core can be imported from, installed or not.
_HOME = Path(__file__).parents[3]
_REPORT = "findings.json"
TIMEOUT = 60.0


def tried(core: Core, plugin: str, folders: Sequence[Path], timeout: float = TIMEOUT) -> Findings:
    """What is found when ``plugin`` is imported with ``folders`` last on the path; nothing if it is sound."""
    with tempfile.TemporaryDirectory(prefix="lms-trial-") as room:
        command = [sys.executable, "-P", *core.command, "plugin", "probe", plugin, "--room", room]
        command += [argument for folder in folders for argument in ("--path", str(folder))]
        try:
            done = subprocess.run(  # noqa: S603 this Python, this core's own command
                command, capture_output=True, timeout=timeout, check=False, env=os.environ | {"PYTHONPATH": str(_HOME)}
            )
        except subprocess.TimeoutExpired:
            return (_fault(plugin, "unreturned", text("Its import did not end within %(limit)d s.", limit=timeout)),)
        return _read(plugin, Path(room) / _REPORT, done.stderr.decode(errors="replace"))


def probe(core: Core, plugin: str, room: Path, folders: Sequence[Path]) -> None:
    """Import ``plugin`` here and leave what was found in ``room``: what the process of a trial does."""
    for folder in folders:
        add_overlay(folder)
    found = discover()
    manifests = {each.id: each.manifest for each in found if each.manifest}
    others = {each.id for each in found} - {plugin} - required(plugin, manifests)
    loaded = load(found, room, check=core.check(), block=others, rooms=core.rooms)
    findings = loaded.quarantined.get(plugin, ())
    if plugin not in loaded.ids and not findings:
        findings = (_fault(plugin, "unknown", text("There is no plugin “%(id)s”.", id=plugin)),)
    (room / _REPORT).write_text(json.dumps([each.as_json() for each in findings]), encoding="utf-8")


def _read(plugin: str, report: Path, said: str) -> Findings:
    if not report.exists():
        last = (said.strip().splitlines() or ["-"])[-1][:500]
        return (_fault(plugin, "unreturned", text("Importing it ended the process: %(why)s", why=last)),)
    return tuple(_finding(each) for each in json.loads(report.read_text(encoding="utf-8")))


def _finding(written: Mapping[str, Any]) -> Finding:
    return Finding(**{**written, "message": Text("%(said)s", {"said": written["message"]})})


def _fault(plugin: str, rule: str, message: Text) -> Finding:
    return Finding(plugin, plugin, 0, rule, message)
