"""Whether every message has its Korean: `python -m tests.support.translations` names those that lack it."""

import sys
from pathlib import Path

from lms_core.foundation.host.checking.speaking import catalogue, fits, is_said, messages

ROOT = Path(__file__).parents[2]


def packages() -> list[Path]:
    """Every package with messages: the foundation, rooms, roof, bundled plugins, plugins."""
    core = [
        folder for folder in sorted((ROOT / "lms_core").iterdir()) if folder.is_dir() and folder.name != "__pycache__"
    ]
    bundled = [ROOT / "cert_prep", ROOT / "university_outreach"]
    return [*core, *bundled, *sorted(found.parent for found in (ROOT / "plugins").glob("*/*/plugin.toml"))]


def missing(package: Path) -> list[str]:
    """What has no Korean, with its place. The foundation's catalogue serves the hooks and the roof as well."""
    known = catalogue(package) | catalogue(ROOT / "lms_core" / "foundation")
    return [
        f"{path.relative_to(ROOT)}:{line}: {said!r}"
        for said, path, line in messages(package)
        if said and not is_said(known.get(said))
    ]


def unfit(package: Path) -> list[str]:
    """What cannot be filled in: a reader of Korean would get an error page."""
    known = catalogue(package) | catalogue(ROOT / "lms_core" / "foundation")
    return [
        f"{path.relative_to(ROOT)}:{line}: {said!r}"
        for said, path, line in messages(package)
        if said and not fits(said, known.get(said), path)
    ]


def unused(package: Path) -> list[str]:
    """What the catalogue says and nobody asks for."""
    asked = {said for said, _, _ in messages(package)}
    if package.name == "foundation":
        asked |= {said for other in packages() for said, _, _ in messages(other)}
    return [f"{package.relative_to(ROOT)}: {said!r}" for said in catalogue(package) if said not in asked]


def main() -> int:
    """Print what is wrong; the number of faults decides the exit code."""
    faults = [line for package in packages() for line in missing(package)]
    faults += [f"cannot be filled in {line}" for package in packages() for line in unfit(package)]
    faults += [f"unused {line}" for package in packages() for line in unused(package)]
    print("\n".join(faults) or "Every message has its Korean.")  # noqa: T201 a command's answer
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
