"""How parts of an answer are compared with the key: what every type marks by."""

from collections.abc import Collection, Mapping, Sequence
from random import Random
from typing import Any

from lms_core.hooks.item_types import Component, Ids


def of_set(name: str, picked: Collection[str], right: Collection[str]) -> Component:
    """A point for each right pick; a wrong one takes a point back, or picking everything would earn all."""
    found = len(set(picked) & set(right))
    points = max(found - len(set(picked) - set(right)), 0)
    return Component(name, float(points), float(len(set(right))), points / len(set(right)) if right else 0.0)


def of_one(name: str, *, right: bool, share: float) -> Component:
    """One point, or none; ``share`` of the item's point where scoring is by weights."""
    return Component(name, float(right), 1.0, share if right else 0.0)


def shuffled(names: Sequence[str], lot: Random | None, pinned: Collection[str] = ()) -> list[str]:
    """``names`` by lot, with those that keep their place ("all of the above") last; as written without a lot."""
    if lot is None:
        return list(names)
    free = [name for name in names if name not in pinned]
    lot.shuffle(free)
    return [*free, *(name for name in names if name in pinned)]


def shown(ids: Ids, prefix: str = "") -> list[str]:
    """The names of a form's parts that begin with ``prefix``, in the order shown, without it."""
    return [name.removeprefix(prefix) for name in ids if name.startswith(prefix)]


def by_id(listed: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The shown parts by their ids."""
    return {one["id"]: one for one in listed}
