"""What changed between two states of a course, told in the order of reading."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from lms_core.catalog.domain.content import ActivityContent, Content, ModuleContent
from lms_core.foundation.text import Titles

Verb = Literal["added", "removed", "changed", "moved"]
What = Literal["course", "module", "activity"]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what happened, to what, and what that is called (as it was, if it is gone)."""

    verb: Verb
    what: What
    titles: Titles

    def as_json(self) -> dict[str, str]:
        """As it is stored with a revision."""
        return {"verb": self.verb, "what": self.what, "title_ko": self.titles.ko, "title_en": self.titles.en}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Change":
        """The change that was stored."""
        return cls(written["verb"], written["what"], Titles(written["title_ko"], written["title_en"]))


def differences(old: Content | None, new: Content) -> tuple[Change, ...]:
    """Every change from ``old`` to ``new``; without an old one, everything is new."""
    if old is None:
        return tuple(_all_added(new))
    return (*_of_course(old, new), *_of_modules(old, new), *_of_activities(old, new))


def _all_added(new: Content) -> Iterator[Change]:
    for module in new.modules:
        yield Change("added", "module", module.titles)
        yield from (Change("added", "activity", each.titles) for each in module.activities)


def _of_course(old: Content, new: Content) -> Iterator[Change]:
    if (old.titles, old.summary, old.languages) != (new.titles, new.summary, new.languages):
        yield Change("changed", "course", new.titles)


def _of_modules(old: Content, new: Content) -> Iterator[Change]:
    before = {module.id: module for module in old.modules}
    after = {module.id: module for module in new.modules}
    moved = _moved([module.id for module in old.modules], [module.id for module in new.modules])
    for module in new.modules:
        known = before.get(module.id)
        if known is None:
            yield Change("added", "module", module.titles)
        elif known.titles != module.titles:
            yield Change("changed", "module", module.titles)
        elif module.id in moved:
            yield Change("moved", "module", module.titles)
    yield from (Change("removed", "module", module.titles) for module in old.modules if module.id not in after)


def _of_activities(old: Content, new: Content) -> Iterator[Change]:
    before = {each.id: (module, each) for module, each in _placed(old)}
    after = {each.id: (module, each) for module, each in _placed(new)}
    moved = _moved_activities(old, new)
    for module, activity in _placed(new):
        known = before.get(activity.id)
        if known is None:
            yield Change("added", "activity", activity.titles)
        elif known[1] != activity:
            yield Change("changed", "activity", activity.titles)
        elif known[0].id != module.id or activity.id in moved:
            yield Change("moved", "activity", activity.titles)
    yield from (Change("removed", "activity", each.titles) for _, each in _placed(old) if each.id not in after)


def _placed(content: Content) -> Iterator[tuple[ModuleContent, ActivityContent]]:
    for module in content.modules:
        yield from ((module, activity) for activity in module.activities)


def _moved_activities(old: Content, new: Content) -> frozenset[UUID]:
    before = {module.id: [each.id for each in module.activities] for module in old.modules}
    after = {module.id: [each.id for each in module.activities] for module in new.modules}
    return frozenset().union(*(_moved(before[key], order) for key, order in after.items() if key in before))


def _moved(old: list[UUID], new: list[UUID]) -> frozenset[UUID]:
    """Those of both lists that do not stand in the longest run which kept its order."""
    places = {identifier: place for place, identifier in enumerate(old)}
    staying = [identifier for identifier in new if identifier in places]
    return frozenset(staying) - _longest_run(staying, places)


def _longest_run(order: list[UUID], places: Mapping[UUID, int]) -> frozenset[UUID]:
    runs: list[tuple[UUID, ...]] = []
    for identifier in order:
        fitting = [run for run in runs if places[run[-1]] < places[identifier]]
        runs.append((*_longest(fitting), identifier))
    return frozenset(_longest(runs))


def _longest(runs: list[tuple[UUID, ...]]) -> tuple[UUID, ...]:
    return max(runs, key=len) if runs else ()
