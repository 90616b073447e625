"""Where a permission, a gate or a setting holds. One list everywhere; the kinds are no chain."""

from typing import NamedTuple
from uuid import UUID

# From the widest to the narrowest: where two rules disagree, the later kind wins.
KINDS = ("site", "organisation", "campus", "course", "cohort")


class Scope(NamedTuple):
    """One place: its kind, and the id of the object (empty for the site)."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind


SITE = Scope("site", "")
Scopes = frozenset[Scope]
EVERYWHERE: Scopes = frozenset({SITE})
# What belongs to no place: of a plugin, it goes on wherever the plugin is on at all, and looks for itself.
NOWHERE: Scopes = frozenset()


def scopes(**ids: UUID | str | None) -> Scopes:
    """The scope set of an object: the site, and ``kind=id`` for each place it belongs to.

    ``None`` is left out, so an optional campus can be passed as it is. Raises ValueError for unknown kinds.
    """
    if unknown := set(ids) - set(KINDS):
        raise ValueError(f"unknown scope kinds: {sorted(unknown)}")
    return frozenset({SITE, *(Scope(kind, str(value)) for kind, value in ids.items() if value is not None)})


def parse_scope(written: str) -> Scope:
    """Read ``site`` or ``kind:id``. Raises ValueError for anything else."""
    kind, _, identifier = written.partition(":")
    if kind not in KINDS or (kind == "site") == bool(identifier):
        raise ValueError(f"a scope is written site or one of {', '.join(KINDS[1:])} with :id, not {written!r}")
    return Scope(kind, identifier)
