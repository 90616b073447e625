"""Imports a plugin in a process of its own, to see what it does there before it is let into ours."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Trial:
    """What is wrong with a plugin, and what it registered as personal data, as JSON values, if nothing is."""

    findings: Findings = ()
    personal_data: tuple[Mapping[str, Any], ...] = ()


def trial(core: Core, plugin: str, folders: Sequence[Path], timeout: float = TIMEOUT) -> Trial:
    """What comes of importing ``plugin`` with ``folders`` last on the path."""
    with tempfile.TemporaryDirectory(prefix="lms-trial-") as room:
        command = [sys.executable, "-P", *core.command, "plugin", "probe", plugin, "--room", room]
        command += [argument for folder in folders for argument in ("--path", str(folder))]
        try:
            done = subprocess.run(  # noqa: S603 this Python, this core's own command
                command, capture_output=True, timeout=timeout, check=False, env=os.environ | {"PYTHONPATH": str(_HOME)}
            )
        except subprocess.TimeoutExpired:
            message = text("Its import did not end within %(limit)d s.", limit=timeout)
            return Trial((_fault(plugin, "unreturned", message),))
        return _read(plugin, Path(room) / _REPORT, done.stderr.decode(errors="replace"))


def probe(core: Core, plugin: str, room: Path, folders: Sequence[Path]) -> None:
    """Import ``plugin`` here and leave what was found in ``room``: what the process of a trial does."""
    for folder in folders:
        add_overlay(folder)
    found = discover()
    manifests = {each.id: each.manifest for each in found if each.manifest}
    others = {each.id for each in found} - {plugin} - required(plugin, manifests)
    check = core.check()
    loaded = load(found, room, check=check, block=others, rooms=core.rooms)
    findings = loaded.quarantined.get(plugin, ())
    if plugin not in loaded.ids and not findings:
        findings = (_fault(plugin, "unknown", text("There is no plugin “%(id)s”.", id=plugin)),)
    told = {"findings": [each.as_json() for each in findings]}
    told["personal_data"] = [] if findings else [dict(one) for one in core.personal_data(check, plugin)]
    (room / _REPORT).write_text(json.dumps(told), encoding="utf-8")


def _read(plugin: str, report: Path, said: str) -> Trial:
    if not report.exists():
        last = (said.strip().splitlines() or ["-"])[-1][:500]
        return Trial((_fault(plugin, "unreturned", text("Importing it ended the process: %(why)s", why=last)),))
    told = json.loads(report.read_text(encoding="utf-8"))
    return Trial(tuple(_finding(each) for each in told["findings"]), tuple(told["personal_data"]))


def _finding(written: Mapping[str, Any]) -> Finding:
    return Finding(**{**written, "message": Text("%(said)s", {"said": written["message"]})})


def _fault(plugin: str, rule: str, message: Text) -> Finding:
    return Finding(plugin, plugin, 0, rule, message)
