"""Tasks: functions that rooms and plugins name, so that a service can ask for one without importing it."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


class Absent(LookupError):
    """What a row names is not here: its plugin was uninstalled, or this process runs older code."""


@dataclass(frozen=True, slots=True)
class Task:
    """A function under the name ``<room>.<verb>``. It takes ids, and it may run twice: it has to be idempotent."""

    name: str
    run: Callable[..., None]

    def __post_init__(self) -> None:
        """Refuse names that no row could carry. Raises ValueError."""
        if not NAME.fullmatch(self.name):
            raise ValueError(f"a task is named <room>.<verb>, not {self.name!r}")

    def __call__(self, *arguments: str | int | UUID) -> None:
        """Run it. Ids come out of a row as text and become UUIDs where the function says ``UUID``."""
        wanted = inspect.signature(self.run, eval_str=True).parameters.values()
        kinds = [each.annotation for each in wanted][: len(arguments)]
        kinds += [None] * (len(arguments) - len(kinds))
        self.run(*(_typed(kind, value) for kind, value in zip(kinds, arguments, strict=True)))


def task(name: str) -> Callable[[Callable[..., None]], Task]:
    """Make a function a task: ``@task("people.send_invitation")``. A room's plugin.py registers what this returns."""
    return lambda run: Task(name, run)


class Tasks(Mapping[str, Task]):
    """Every task of the site by its name. Raises ValueError when two have the same one."""

    def __init__(self, tasks: Iterable[Task] = ()) -> None:
        self._tasks: dict[str, Task] = {}
        for one in tasks:
            if one.name in self._tasks:
                raise ValueError(f"there are two tasks named {one.name}")
            self._tasks[one.name] = one

    def __getitem__(self, name: str) -> Task:
        """The task called ``name``. Raises Absent."""
        try:
            return self._tasks[name]
        except KeyError:
            raise Absent(f"no task is called {name}") from None

    def __contains__(self, name: object) -> bool:
        """Whether there is a task called ``name``."""
        return name in self._tasks

    def __iter__(self) -> Iterator[str]:
        return iter(self._tasks)

    def __len__(self) -> int:
        return len(self._tasks)


def _typed(kind: Any, value: str | int | UUID) -> str | int | UUID:
    return UUID(value) if kind is UUID and isinstance(value, str) else value
