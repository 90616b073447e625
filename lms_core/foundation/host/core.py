"""What the host has to be told of the core it stands in; the roof tells it."""

from collections.abc import Callable
from dataclasses import dataclass

from lms_core.foundation.host.lineage import Lineage
from lms_core.foundation.host.loading import Check, LoadedPlugins
from lms_core.foundation.settings import Settings


@dataclass(frozen=True)
class Core:
    """The core: its rooms' names, what it checks of a plugin's hooks, its migrations, and how to boot it.

    ``check`` makes a new check for each loading; ``boot`` gives the plugins as a serving process has them.
    ``command`` are the arguments that make a Python run ``lms``, for what must not happen in our own process.
    """

    rooms: frozenset[str]
    check: Callable[[], Check]
    lineage: Callable[[], Lineage]
    boot: Callable[[Settings], LoadedPlugins]
    command: tuple[str, ...] = ("-c", "import sys; from lms_core.cli import main; sys.exit(main())")
