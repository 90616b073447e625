"""Which value holds in a place: the one set for the narrowest of the scopes it lies in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lms_core.foundation.scopes import KINDS, Scope, Scopes

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Stored:
    """One setting as somebody set it for one place. ``value`` is plain JSON; of a ``sealed`` one, the sealed text."""

    plugin: str
    scope: Scope
    name: str
    value: Any
    sealed: bool = False


def holding(stored: Iterable[Stored], scopes: Scopes) -> dict[str, Stored]:
    """By name, what holds for an object with these ``scopes``; nothing where only the default does.

    A narrower kind of place goes before a wider one: cohort, course, campus, organisation, site. Of two places of
    one kind the one with the lower id does, so that every process answers alike.
    """
    near = sorted((one for one in stored if one.scope in scopes), key=lambda one: one.scope.id, reverse=True)
    return {one.name: one for one in sorted(near, key=lambda one: _RANK[one.scope.kind])}
