"""What became of an item on its way through a file: every aspect that is not as it was, said by name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from lms_core.assessment.domain.content_json import encode
from lms_core.assessment.domain.items import normalised
from lms_core.foundation.text import Text, text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import (
    UNKNOWN_PROVENANCE,
    Choice,
    GapMatchInteraction,
    Interaction,
    ItemContent,
    MatchInteraction,
    OrderInteraction,
)

Path = tuple[str | int, ...]

LAYOUT: Final = "layout"
ASPECTS: Final[Mapping[str, Text]] = {
    "type": text("the type of the item"),
    "stem": text("the question"),
    "text": text("the text of a choice"),
    "correct": text("the key"),
    "key": text("the key"),
    "answers": text("the accepted answers"),
    "weight": text("the weights"),
    "scoring": text("the way it is scored"),
    "feedback": text("the explanation of a choice"),
    "explanation": text("the explanation"),
    "references": text("the references"),
    "objective": text("the objective"),
    "difficulty": text("the difficulty"),
    "difficulty_value": text("the measured difficulty"),
    "tags": text("the tags"),
    "pinned": text("which choices keep their place"),
    "shuffle": text("whether choices are shuffled"),
    "identifier": text("the identifier"),
    "picture": text("the picture"),
    "areas": text("the areas of the picture"),
    "rubric": text("the rubric"),
    "model_answer": text("the model answer"),
    "exhibits": text("the exhibits"),
    "tolerance": text("the tolerance"),
    "unit": text("the unit"),
    "label": text("the label of a list"),
    LAYOUT: text("line breaks and spaces"),
}
_LANGUAGES = frozenset({"ko", "en"})
# What belongs to one of these is told under its name, whatever part of it changed.
_WHOLE = ("references", "picture", "areas", "rubric", "exhibits", "answers", "feedback", "label")
_NAMES = frozenset({"identifier", "source", "target", "gaps"})


def differences(before: ItemContent, after: ItemContent) -> tuple[Problem, ...]:
    """Every aspect of `before` that `after` tells differently or not at all; how choices are named does not count.

    Whose words they are travels beside the items, and does not count either.
    """
    first, second = (_leaves(_plain(content)) for content in (before, after))
    changed = [path for path in {**first, **second} if first.get(path) != second.get(path)]
    lost = [one for one in before.languages if one not in after.languages]
    told = dict.fromkeys(
        LAYOUT if _same_words(first.get(path), second.get(path)) else _aspect(path)
        for path in changed
        if path[-1] not in lost
    )
    return (*(_language(one) for one in lost), *(_told(name) for name in told))


def _plain(content: ItemContent) -> Mapping[str, Any]:
    arranged = replace(content, provenance=UNKNOWN_PROVENANCE, interaction=_arranged(content.interaction))
    own = encode(arranged)
    renamed: Mapping[str, Any] = _renamed(own, _names(own.get("interaction", {}), {}))
    return {**renamed, "identifier": content.identifier}


def _arranged(asked: Interaction) -> Interaction:
    """The same with what is drawn by lot anyway in the order of the key."""
    if isinstance(asked, OrderInteraction):
        return replace(asked, choices=_by(asked.choices, asked.key))
    if isinstance(asked, MatchInteraction):
        order = [source.identifier for source in asked.sources]
        key = tuple(sorted(asked.key, key=lambda pair: order.index(pair.source)))
        return replace(asked, key=key, targets=_by(asked.targets, [pair.target for pair in key]))
    if isinstance(asked, GapMatchInteraction):
        return replace(asked, key=tuple(sorted(asked.key, key=lambda pair: asked.gaps.index(pair.target))))
    return asked


def _by(choices: tuple[Choice, ...], names: Sequence[str]) -> tuple[Choice, ...]:
    """The choices that are named in the order of their names, then the others as they stand."""
    first = {name: at for at, name in reversed(list(enumerate(names)))}
    return tuple(sorted(choices, key=lambda choice: first.get(choice.identifier, len(names))))


def _names(value: Any, known: dict[str, str]) -> dict[str, str]:
    """A number for every name inside an interaction, in the order in which they are met."""
    if isinstance(value, list):
        for each in value:
            _names(each, known)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name in _NAMES and isinstance(each, str):
                known.setdefault(each, f"#{len(known)}")
            else:
                _names(each, known)
    return known


def _renamed(value: Any, names: Mapping[str, str], under: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _renamed(each, names, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_renamed(each, names, under) for each in value]
    known = under in _NAMES or under in {"key", "gaps"}
    return names.get(value, value) if known and isinstance(value, str) else value


def _leaves(value: Any, path: Path = ()) -> dict[Path, Any]:
    inner: Iterator[tuple[str | int, Any]]
    if isinstance(value, Mapping):
        inner = iter(value.items())
    elif isinstance(value, list):
        inner = iter(enumerate(value))
    else:
        return {path: value}
    return {leaf: each for name, part in inner for leaf, each in _leaves(part, (*path, name)).items()}


def _same_words(before: Any, after: Any) -> bool:
    return isinstance(before, str) and isinstance(after, str) and normalised(before) == normalised(after)


def _aspect(path: Path) -> str:
    names = [one for one in path if isinstance(one, str) and one not in _LANGUAGES]
    whole = next((one for one in _WHOLE if one in names), "")
    return whole or next((one for one in reversed(names) if one in ASPECTS), names[-1])


def _told(name: str) -> Problem:
    return warning(
        f"lost-{name.replace('_', '-')}", text("Not kept as it was: %(what)s.", what=ASPECTS.get(name, name))
    )


def _language(language: str) -> Problem:
    return warning("lost-language", text("Not kept: the variant in “%(language)s”.", language=language))
