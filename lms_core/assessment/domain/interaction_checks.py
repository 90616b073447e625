"""The rules of the interactions other than choice: keys that point somewhere, gaps that exist."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from lms_core.assessment.domain.interactions.patterns import PatternRefused, compiled
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.items import (
    Area,
    ExtendedTextInteraction,
    GapMatchInteraction,
    GroupInteraction,
    HotspotInteraction,
    InlineChoiceInteraction,
    Interaction,
    ItemContent,
    MatchInteraction,
    NumericInteraction,
    OrderInteraction,
    TextEntryInteraction,
)

GAP = re.compile(r"\[\[([^\[\]\s]+)\]\]")
"""A gap of a stem: `[[name]]`."""


def gaps_of(stem: str) -> tuple[str, ...]:
    """The names of the gaps in a stem, in reading order."""
    return tuple(GAP.findall(stem))


def interaction_problems(content: ItemContent) -> Iterator[Problem]:
    """Every rule of its own interaction that `content` breaks."""
    check = _CHECKS[type(content.interaction)]
    return check(content, content.interaction)


def _ordering(_content: ItemContent, asked: OrderInteraction) -> Iterator[Problem]:
    if len(asked.key) < 2:
        yield _no_key()
    yield from _unknown(asked.key, (each.identifier for each in asked.choices))


def _matching(content: ItemContent, asked: MatchInteraction) -> Iterator[Problem]:
    keyed = [pair.source for pair in asked.key]
    if not asked.key or any(each.identifier not in keyed for each in asked.sources):
        yield _no_key()
    if content.type == "statement-set" and len(set(keyed)) != len(keyed):
        yield Problem("several-keys", text("A statement has two answers. Leave one."))
    yield from _unknown(keyed, (each.identifier for each in asked.sources))
    yield from _unknown((pair.target for pair in asked.key), (each.identifier for each in asked.targets))


def _gap_match(content: ItemContent, asked: GapMatchInteraction) -> Iterator[Problem]:
    if set(asked.gaps) - {pair.target for pair in asked.key} or not asked.gaps:
        yield _no_key()
    yield from _unknown((pair.source for pair in asked.key), (each.identifier for each in asked.texts))
    yield from _unplaced(content, asked.gaps)


def _inline_choice(content: ItemContent, asked: InlineChoiceInteraction) -> Iterator[Problem]:
    if not asked.groups:
        yield _no_key()
    for group in asked.groups:
        if sum(choice.correct for choice in group.choices) != 1:
            yield Problem("no-key", text("The list “%(name)s” needs exactly one right choice.", name=group.identifier))
    if content.type == "inline-choice":
        yield from _unplaced(content, (group.identifier for group in asked.groups))


def _text_entry(content: ItemContent, asked: TextEntryInteraction) -> Iterator[Problem]:
    if not asked.fields or any(not field.answers for field in asked.fields):
        yield _no_key()
    for field in asked.fields:
        for answer in field.answers:
            if answer.match == "pattern" and not all(map(_compiles, answer.text.values())):
                yield Problem("broken-pattern", text("A pattern cannot be run. Write it with simpler signs."))
    if len(asked.fields) > 1:
        yield from _unplaced(content, (field.identifier for field in asked.fields))


def _numeric(content: ItemContent, asked: NumericInteraction) -> Iterator[Problem]:
    if not asked.fields:
        yield _no_key()
    if any(field.tolerance < 0 for field in asked.fields):
        yield Problem("negative-tolerance", text("A tolerance is negative. Write it without a sign."))
    if len(asked.fields) > 1:
        yield from _unplaced(content, (field.identifier for field in asked.fields))


def _hot_spot(_content: ItemContent, asked: HotspotInteraction) -> Iterator[Problem]:
    if not any(area.correct for area in asked.areas):
        yield _no_key()
    if not asked.picture.alt:
        yield Problem("no-alternative", text("The picture is not described in words. Describe it."))
    for area in asked.areas:
        if not _is_drawn(area):
            yield Problem(
                "broken-area",
                text("The area “%(name)s” has the wrong number of coordinates.", name=area.identifier),
            )


def _extended_text(_content: ItemContent, asked: ExtendedTextInteraction) -> Iterator[Problem]:
    if not asked.rubric or any(line.points <= 0 for line in asked.rubric):
        yield Problem("no-rubric", text("Write a rubric whose lines are each worth more than nothing."))


def _group(_content: ItemContent, asked: GroupInteraction) -> Iterator[Problem]:
    if not asked.items:
        yield Problem("no-questions", text("There is no question under this case. Add one."))
    if any(isinstance(item.interaction, GroupInteraction) for item in asked.items):
        yield Problem("nested-case", text("A case cannot stand inside another case. Take it out."))


def _no_key() -> Problem:
    return Problem("no-key", text("The right answer is not complete. Mark it; it is never guessed."))


def _unknown(named: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    there = set(known)
    for name in dict.fromkeys(named):
        if name not in there:
            yield Problem("unknown-name", text("The key names “%(name)s”, which does not exist.", name=name))


def _unplaced(content: ItemContent, names: Iterable[str]) -> Iterator[Problem]:
    expected = list(names)
    for language, stem in content.stem.items():
        for name in expected:
            if name not in gaps_of(stem):
                yield Problem(
                    "missing-gap",
                    text("The question in “%(language)s” has no gap [[%(name)s]].", language=language, name=name),
                )


def _compiles(pattern: str) -> bool:
    try:
        compiled(pattern)
    except PatternRefused:
        return False
    return True


def _is_drawn(area: Area) -> bool:
    expected = {"circle": 3, "rect": 4}.get(area.shape)
    count = len(area.coordinates)
    return count == expected if expected else count >= 6 and count % 2 == 0


_CHECKS: Mapping[type[Interaction], Callable[..., Iterator[Problem]]] = {
    OrderInteraction: _ordering,
    MatchInteraction: _matching,
    GapMatchInteraction: _gap_match,
    InlineChoiceInteraction: _inline_choice,
    TextEntryInteraction: _text_entry,
    NumericInteraction: _numeric,
    HotspotInteraction: _hot_spot,
    ExtendedTextInteraction: _extended_text,
    GroupInteraction: _group,
}
