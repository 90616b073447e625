"""What differs between two texts, word by word, and between two versions of an item, text by text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

from lms_core.assessment.domain.content_json import encode
from lms_core.hooks.items import ItemContent

_TOKEN: Final = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of two texts: in both, only in the first (gone), or only in the second (new)."""

    words: str
    kind: Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Change:
    """A text of an item that differs between two versions. ``path`` leads to it: fields, identifiers, language."""

    path: tuple[str, ...]
    parts: tuple[Part, ...]


def compared(before: str, after: str) -> tuple[Part, ...]:
    """Both texts in one, with what is gone and what is new marked."""
    one, another = _TOKEN.findall(before), _TOKEN.findall(after)
    return tuple(_parts(one, another))


def changes(before: ItemContent, after: ItemContent) -> tuple[Change, ...]:
    """Every text, key and fact that differs between two contents, in the order of the newer one."""
    old, new = dict(_leaves(encode(before))), dict(_leaves(encode(after)))
    paths = [*new, *(path for path in old if path not in new)]
    return tuple(
        Change(path, compared(old.get(path, ""), new.get(path, ""))) for path in paths if old.get(path) != new.get(path)
    )


def _parts(one: Sequence[str], another: Sequence[str]) -> Iterator[Part]:
    for tag, start, end, begin, until in SequenceMatcher(None, one, another, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("".join(one[start:end]), "same")
            continue
        if start < end:
            yield Part("".join(one[start:end]), "gone")
        if begin < until:
            yield Part("".join(another[begin:until]), "new")


def _leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            # What a list knows its members by stands in the path already.
            if name != "identifier" or not path:
                yield from _leaves(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value, start=1):
            named = inner.get("identifier", str(number)) if isinstance(inner, Mapping) else str(number)
            yield from _leaves(inner, (*path, named))
    else:
        yield path, str(value)
