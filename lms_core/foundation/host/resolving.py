"""What a plugin needs beyond the installed core, resolved so that nothing installed can change.

Constraints hold versions; they do not keep a wheel from writing into ``lms_core/``. So every wheel is also looked
through, and none may bring a top-level name that somebody else has.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from lms_core.foundation.host.archives import open_archive, refusal, tops
from lms_core.foundation.host.building import run
from lms_core.foundation.host.findings import Finding, PluginRefused
from lms_core.foundation.host.wheels import Wheel, sha256_of
from lms_core.foundation.text import text

CORE = "lms-core"


@dataclass(frozen=True, slots=True)
class Needed:
    """A distribution that a plugin needs and nobody has yet: its wheel, and the names it would place."""

    distribution: str
    version: str
    sha256: str
    path: Path
    names: frozenset[str]


def closure(root: str = CORE) -> dict[str, str]:
    """The installed core: ``root`` and all it needs, with every extra, by canonical name and version."""
    seen: dict[str, str] = {}
    waiting = [root]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        seen[name] = distribution.version
        waiting.extend(Requirement(line).name for line in distribution.requires or ())
    return seen


def unmet(wheel: Wheel, held: Mapping[str, str]) -> tuple[Requirement, ...]:
    """The requirements that what is installed does not meet. Raises PluginRefused for those it never can.

    ``held`` are the distributions, with versions, that must stay as they are.
    """
    missing = [each for each in wheel.requirements if not _met(each)]
    clashing = [each for each in missing if canonicalize_name(each.name) in held]
    if clashing:
        raise PluginRefused(*(_held(wheel, each, held[canonicalize_name(each.name)]) for each in clashing))
    return tuple(missing)


def resolve(wheel: Wheel, held: Mapping[str, str], room: Path, overlay: Path) -> tuple[Needed, ...]:
    """The wheels that ``wheel`` needs, fetched into ``room`` by hash and looked through. Raises PluginRefused."""
    if not unmet(wheel, held):
        return ()
    plan = _plan(wheel, held, room, overlay)
    lock = {(name, version): digest for name, version, digest in plan if name != wheel.distribution}
    if touched := sorted(name for name, _ in lock if name in held):
        message = text("It would change what the core is made of: %(names)s.", names=", ".join(touched))
        raise refusal(wheel.path, "core-change", message, wheel.id)
    return tuple(_inspected(path) for path in _fetch(wheel, lock, room))


def _met(requirement: Requirement) -> bool:
    try:
        version = metadata.version(requirement.name)
    except metadata.PackageNotFoundError:
        return False
    return requirement.specifier.contains(version, prereleases=True)


def _held(wheel: Wheel, requirement: Requirement, version: str) -> Finding:
    message = text(
        "It needs %(wanted)s, but the core holds %(name)s %(version)s.",
        wanted=requirement,
        name=requirement.name,
        version=version,
    )
    return Finding(wheel.id, str(wheel.path), 0, "core-change", message)


def _plan(wheel: Wheel, held: Mapping[str, str], room: Path, overlay: Path) -> list[tuple[str, str, str]]:
    """What pip would install: canonical name, version, sha256."""
    constraints, report = room / "constraints.txt", room / "report.json"
    constraints.write_text("".join(f"{name}=={version}\n" for name, version in held.items() if name != CORE))
    command = ("-m", "pip", "install", "--dry-run", "-q", "--only-binary", ":all:", "-c", str(constraints))
    said = run(*command, "--report", str(report), str(wheel.path), overlay=overlay)
    if said.returncode:
        why = " ".join(line for line in said.stderr.splitlines() if "WARNING" not in line)[-800:]
        raise refusal(wheel.path, "resolver", text("What it needs cannot be had: %(why)s", why=why), wheel.id)
    planned = json.loads(report.read_text())["install"]
    return [
        (
            canonicalize_name(each["metadata"]["name"]),
            each["metadata"]["version"],
            each["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for each in planned
    ]


def _fetch(wheel: Wheel, lock: Mapping[tuple[str, str], str], room: Path) -> list[Path]:
    lines = room / "lock.txt"
    lines.write_text("".join(f"{name}=={version} --hash=sha256:{sha}\n" for (name, version), sha in lock.items()))
    out = room / "needed"
    command = ("-m", "pip", "download", "-q", "--no-deps", "--only-binary", ":all:", "--require-hashes")
    said = run(*command, "-r", str(lines), "-d", str(out))
    if said.returncode:
        why = said.stderr.strip()[-800:]
        raise refusal(wheel.path, "download", text("What it needs cannot be fetched: %(why)s", why=why), wheel.id)
    return sorted(out.glob("*.whl"))


def _inspected(path: Path) -> Needed:
    """A dependency's wheel: anything but a plugin may lie in it, as long as no other's name does."""
    with open_archive(path) as archive:
        names = tops(archive)
    if bad := sorted(name for name in names if name.endswith((".pth", ".data"))):
        raise refusal(path, "stray", text("It would place %(names)s.", names=", ".join(bad)))
    name, version = path.name.split("-")[:2]
    return Needed(canonicalize_name(name), version, sha256_of(path), path, names)


def taken(names: Iterable[str], overlay: Path) -> dict[str, str]:
    """Which of ``names`` somebody outside ``overlay`` has already, and who."""
    wanted = {name for name in names if not name.endswith(".dist-info")}
    owners: dict[str, str] = {}
    for distribution in metadata.distributions():
        if Path(str(distribution.locate_file(""))).resolve() == overlay.resolve():
            continue
        for file in distribution.files or ():
            if file.parts[0] in wanted:
                owners.setdefault(file.parts[0], distribution.metadata["Name"])
    return owners
