"""The marker that makes a function a hook specification. Used here, and in a plugin's ``hooks``."""

from collections.abc import Callable
from typing import Any, TypeVar, overload

from pluggy import HookspecMarker

from lms_core.hooks import PROJECT

FIRST_CONTRACT = "1.0"
SINCE = "lms_since"
Specification = TypeVar("Specification", bound=Callable[..., Any])
_mark = HookspecMarker(PROJECT)


@overload
def hookspec(function: Specification) -> Specification: ...


@overload
def hookspec(*, firstresult: bool = False, since: str = FIRST_CONTRACT) -> Callable[[Specification], Specification]: ...


def hookspec(
    function: Callable[..., Any] | None = None, *, firstresult: bool = False, since: str = FIRST_CONTRACT
) -> Callable[..., Any]:
    """Mark a specification as a decorator, bare or called: ``hookspec(firstresult=True, since="1.1")``.

    ``firstresult`` says that the first answer wins; ``since`` is the core contract in which the hook first stood.
    """

    def marked(specification: Specification) -> Specification:
        _mark(specification, firstresult=firstresult)
        setattr(specification, SINCE, since)
        return specification

    return marked if function is None else marked(function)


def since(specification: Callable[..., Any]) -> str:
    """The core contract in which the hook first stood."""
    return str(getattr(specification, SINCE, FIRST_CONTRACT))
