"""Gets hold of a plugin's wheel: a wheel as it is, a folder built, or a name fetched from the index."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from lms_core.foundation.host.archives import refusal
from lms_core.foundation.text import text

# What earlier builds left in a folder would creep into the wheel; the rest only makes the copy slow.
_LEAVE = shutil.ignore_patterns(
    "build", "dist", "*.egg-info", "__pycache__", ".git", ".venv", "node_modules", ".*_cache", ".hypothesis"
)
_PROJECT = ("pyproject.toml", "setup.cfg", "setup.py")
# 1980-01-01 in seconds: the earliest that a zip can say.
_MOMENT = "315532800"
_TIMEOUT = 300


def wheel_from(source: str, room: Path) -> Path:
    """The wheel that ``source`` (a wheel, a folder, or a name on the index) means; made in ``room`` if needed."""
    path = Path(source)
    if path.is_dir():
        return build_wheel(path, room)
    if path.suffix == ".whl" or path.exists():
        return path
    return fetch_wheel(source, room)


def build_wheel(folder: Path, room: Path) -> Path:
    """Build ``folder`` into a wheel in ``room``. Raises PluginRefused with what the build said."""
    if not any((folder / name).is_file() for name in _PROJECT):
        message = text("It holds no pyproject.toml. Name the folder that does, or a wheel.")
        raise refusal(folder, "build", message)
    copy = room / "source"
    shutil.copytree(folder, copy, ignore=_LEAVE)
    out = room / "wheel"
    command = ["-m", "build", "--wheel", "--no-isolation", "--skip-dependency-check", "--outdir", str(out), str(copy)]
    said = run(*command)
    made = sorted(out.glob("*.whl")) if out.is_dir() else []
    if said.returncode or len(made) != 1:
        why = (said.stderr or said.stdout).strip()[-800:]
        raise refusal(folder, "build", text("It could not be built: %(why)s", why=why))
    return made[0]


def fetch_wheel(name: str, room: Path) -> Path:
    """Fetch the newest wheel of ``name`` (a requirement, like ``labs==1.2``) from the index, without what it needs."""
    out = room / "wheel"
    said = run("-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "-d", str(out), "--", name)
    made = sorted(out.glob("*.whl")) if out.is_dir() else []
    if said.returncode or len(made) != 1:
        why = said.stderr.strip()[-800:]
        raise refusal(Path(name), "fetch", text("There is no such file, and the index gave none: %(why)s", why=why))
    return made[0]


def run(*arguments: str, overlay: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """Run this Python with ``arguments``; with ``overlay`` it sees the installed plugins as well."""
    where = {"PYTHONPATH": str(overlay)} if overlay else {}
    # -P: whatever lies in the folder we happen to stand in is never imported instead of pip or build.
    return subprocess.run(  # noqa: S603 this Python with arguments of ours; a name given by a person follows "--"
        [sys.executable, "-P", *arguments],
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
        env=_environment() | where,
    )


def _environment() -> dict[str, str]:
    # One moment for all builds: the wheel that a look described has the hash of the one that is installed.
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    return {"SOURCE_DATE_EPOCH": _MOMENT, **os.environ, **quiet}
