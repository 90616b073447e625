"""Lets a plugin's source folder be found as if it were installed: for checks and for its own tests."""

import configparser
from pathlib import Path

from lms_core.foundation.host.archives import refusal
from lms_core.foundation.text import text


def as_installed(folder: Path, room: Path) -> str:
    """Write into ``room`` what an installation of the source ``folder`` would tell of itself; the plugin's id.

    With ``room`` and ``folder`` on ``sys.path``, the plugin is found and imported from its source.
    Raises PluginRefused where ``setup.cfg`` does not say enough.
    """
    setup = configparser.ConfigParser(interpolation=None)
    setup.read(folder / "setup.cfg", encoding="utf-8")
    name, version = (setup.get("metadata", key, fallback="") for key in ("name", "version"))
    points = setup.get("options.entry_points", "lms.plugins", fallback="").strip()
    if not (name and version and "=" in points):
        message = text("setup.cfg has to give name, version and one entry point in lms.plugins.")
        raise refusal(folder / "setup.cfg", "setup", message)
    info = room / f"{name.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[lms.plugins]\n{points}\n", encoding="utf-8")
    return points.partition("=")[0].strip()
