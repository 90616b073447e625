"""What the host has to be told of the core it stands in; the roof tells it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from lms_core.foundation.host.lineage import Lineage
from lms_core.foundation.host.loading import LoadedPlugins
from lms_core.foundation.settings import Settings


@dataclass(frozen=True)
class Core:
    """The core: its rooms' names, its hooks, its migrations, and how to boot it.

    ``boot`` imports the plugins as a serving process would; ``command`` are the arguments that make a Python run
    ``lms``, for work that must not happen in our own process.
    """

    rooms: frozenset[str]
    specifications: Callable[[], Mapping[str, Callable[..., Any]]]
    lineage: Callable[[], Lineage]
    boot: Callable[[Settings], LoadedPlugins]
    command: tuple[str, ...] = ("-m", "lms_core.cli")
