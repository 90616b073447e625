"""What the host has to be told of the core it stands in; the roof tells it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lms_core.foundation.host.findings import Findings
from lms_core.foundation.host.lineage import Lineage
from lms_core.foundation.host.loading import Check, LoadedPlugins
from lms_core.foundation.scopes import Scope, parse_scope
from lms_core.foundation.settings import Settings

# What a plugin does on a site of its own, by the name of each check: the plugin's id, and an empty folder for the site.
Examine = Callable[[str, Path], Mapping[str, Findings]]


# What a plugin that passed a check registered as personal data, as JSON values.
PersonalDataOf = Callable[[Check, str], Sequence[Mapping[str, Any]]]


def _unregistered(_: Check, __: str) -> Sequence[Mapping[str, Any]]:
    return ()


def _unexamined(_: str, __: Path) -> Mapping[str, Findings]:
    return {}


@dataclass(frozen=True)
class Core:
    """The core: its rooms' names, what it checks of a plugin's hooks, its migrations, and how to boot it.

    ``check`` makes a new check for each loading; ``boot`` gives the plugins as a serving process has them.
    ``examine`` runs one plugin on a site made for it, and tells what it found, check by check.
    ``personal_data`` gives what a plugin registered, to be kept for the day its code is away.
    ``place`` reads a scope and raises Invalid where there is no such place.
    ``command`` are the arguments that make a Python run ``lms``, for what must not happen in our own process.
    """

    rooms: frozenset[str]
    check: Callable[[], Check]
    lineage: Callable[[], Lineage]
    boot: Callable[[Settings], LoadedPlugins]
    command: tuple[str, ...] = ("-c", "import sys; from lms_core.cli import main; sys.exit(main())")
    examine: Examine = _unexamined
    personal_data: PersonalDataOf = _unregistered
    place: Callable[[str], Scope] = parse_scope
