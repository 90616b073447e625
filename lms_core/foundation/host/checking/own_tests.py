"""The plugin's own tests, run where they stand by a pytest of their own."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from lms_core.foundation.host.checking.checked import Checked, fault
from lms_core.foundation.host.findings import Findings

NAME = "tests"
TIMEOUT = 900
_FAILED = re.compile(r"^(?:FAILED|ERROR) (?P<file>[^:\s]+)(?:::(?P<test>\S+))?(?: - (?P<why>.*))?$", re.MULTILINE)

_REASON = re.compile(r"^E +(.+)$", re.MULTILINE)
_PLACE = re.compile(r"^(/[^:]+\.py):(\d+): ", re.MULTILINE)
SAID = "%(test)s fails: %(why)s"


def run_tests(plugin: str, source: Path | None, limit: float = TIMEOUT) -> Checked:
    """Run the tests of the folder ``source``; the names and lines of those that fail."""
    if source is None:
        return Checked(NAME, skipped="only a source folder carries tests")
    if not any((source / "tests").rglob("test_*.py")):
        return Checked(NAME, skipped="there is no test in tests/: nothing was tried")
    if find_spec("pytest") is None:
        return Checked(NAME, skipped="pytest is not installed: pip install 'lms-core[kit]'")
    command = [sys.executable, "-m", "pytest", "-q", "--tb=line", "-p", "no:cacheprovider", "--color=no", "tests"]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "400"}
    try:
        done = subprocess.run(  # noqa: S603 this Python; the author asks for the author's own tests
            command, cwd=source, env=environment, capture_output=True, text=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        said = "They did not end within %(limit)d s."
        return Checked(NAME, (fault(plugin, source / "tests", "tests", said, limit=limit),))
    return Checked(NAME, () if done.returncode == 0 else _read(plugin, source, done.stdout, done.stderr))


def _read(plugin: str, source: Path, said: str, errors: str) -> Findings:
    found = list(_FAILED.finditer(said))
    if not found:
        last = (said.strip() or errors.strip())[-500:]
        return (fault(plugin, source / "tests", "tests", "They could not be run: %(why)s", why=last),)
    # Where a file cannot even be collected, the reason stands above, on a line of its own.
    above = (_REASON.findall(said) or [""])[-1]
    places = _PLACE.findall(said)
    return tuple(
        fault(
            plugin,
            place,
            "tests",
            SAID,
            _line(places, place, number),
            test=one["test"] or "it",
            why=one["why"] or above,
        )
        for number, one in enumerate(found)
        for place in [source / one["file"]]
    )


def _line(places: Sequence[tuple[str, str]], file: Path, number: int) -> int:
    """The line of the failure with that number, where it stands in the test itself."""
    named = places[number] if len(places) > number else ("", "0")
    return int(named[1]) if Path(named[0]) == file else 0
