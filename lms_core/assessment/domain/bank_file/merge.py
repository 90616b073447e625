"""One item from the sections of its languages: they must have the same entries, marks and groups."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lms_core.assessment.domain.bank_file.body import Body, BodyReader, Entry, Group
from lms_core.assessment.domain.bank_file.lines import Line
from lms_core.assessment.domain.bank_file.model import positional, tidy
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.words import Words

LocatedProblem = tuple[int, Problem]


@dataclass(frozen=True, slots=True)
class MergedEntry:
    """An entry in all languages. `identifier` is the one written, else its position as a letter."""

    identifier: str
    mark: str
    is_target: bool
    attributes: Mapping[str, str]
    text: Words
    feedback: Words
    line: int


@dataclass(frozen=True, slots=True)
class MergedGroup:
    """A group in all languages."""

    identifier: str
    label: Words
    text: Words
    entries: tuple[MergedEntry, ...]

    @property
    def choices(self) -> tuple[MergedEntry, ...]:
        """The entries that can be picked."""
        return tuple(entry for entry in self.entries if not entry.is_target)

    @property
    def targets(self) -> tuple[MergedEntry, ...]:
        """The entries that name something."""
        return tuple(entry for entry in self.entries if entry.is_target)


@dataclass(frozen=True, slots=True)
class MergedBody:
    """What all sections of an item say together. The first group holds the stem as its text."""

    groups: tuple[MergedGroup, ...]
    explanation: Words

    @property
    def stem(self) -> Words:
        """The question in all languages."""
        return self.groups[0].text


def merge(kind: str, sections: Mapping[str, Sequence[Line]]) -> tuple[MergedBody | None, tuple[LocatedProblem, ...]]:
    """The sections as one body, or None with the problems where they do not fit together."""
    bodies = {language: BodyReader(kind).read(lines) for language, lines in sections.items()}
    problems = [problem for body in bodies.values() for problem in body.problems]
    mismatches = list(_mismatches(bodies))
    if mismatches or not bodies:
        return None, (*problems, *mismatches)
    return _merged(bodies), tuple(problems)


def _merged(bodies: Mapping[str, Body]) -> MergedBody:
    first = next(iter(bodies.values()))
    groups = [
        _merged_group({language: body.groups[number] for language, body in bodies.items()})
        for number in range(len(first.groups))
    ]
    return MergedBody(tuple(groups), _words({language: body.explanation for language, body in bodies.items()}))


def _merged_group(variants: Mapping[str, Group]) -> MergedGroup:
    first = next(iter(variants.values()))
    choices = 0
    entries: list[MergedEntry] = []
    for number, entry in enumerate(first.entries):
        fallback = entry.mark if entry.is_target else positional(choices)
        choices += not entry.is_target
        same = {language: group.entries[number] for language, group in variants.items()}
        entries.append(_merged_entry(fallback, same))
    labels = Words({language: group.label for language, group in variants.items()})
    texts = _words({language: group.text for language, group in variants.items()})
    return MergedGroup(first.identifier, labels, texts, tuple(entries))


def _merged_entry(fallback: str, variants: Mapping[str, Entry]) -> MergedEntry:
    first = next(iter(variants.values()))
    return MergedEntry(
        identifier=first.attributes.get("id", fallback),
        mark=first.mark,
        is_target=first.is_target,
        attributes=first.attributes,
        text=_words({language: entry.text for language, entry in variants.items()}),
        feedback=_words({language: entry.feedback for language, entry in variants.items()}),
        line=first.line,
    )


def _words(variants: Mapping[str, list[str]]) -> Words:
    return Words({language: tidy("\n".join(lines)) for language, lines in variants.items()})


def _mismatches(bodies: Mapping[str, Body]) -> Iterator[LocatedProblem]:
    variants = list(bodies.items())
    for language, body in variants[1:]:
        first_language, first = variants[0]
        yield from _group_mismatches(first, body, f"{first_language} / {language}")


def _group_mismatches(first: Body, other: Body, languages: str) -> Iterator[LocatedProblem]:
    if [group.identifier for group in first.groups] != [group.identifier for group in other.groups]:
        yield other.groups[-1].line, _differs("groups-differ", languages)
        return
    for one, another in zip(first.groups, other.groups, strict=True):
        yield from _entry_mismatches(one, another, languages)


def _entry_mismatches(one: Group, another: Group, languages: str) -> Iterator[LocatedProblem]:
    if len(one.entries) != len(another.entries):
        line = max((entry.line for entry in another.entries), default=another.line)
        yield line, _differs("choices-differ", languages)
        return
    for mine, theirs in zip(one.entries, another.entries, strict=True):
        if (mine.mark.lower(), mine.attributes) != (theirs.mark.lower(), theirs.attributes):
            yield theirs.line, _differs("marks-differ", languages)


def _differs(rule: str, languages: str) -> Problem:
    return Problem(
        rule,
        text(
            "The languages (%(languages)s) differ in their choices or marks. "
            "Give each language the same choices in the same order with the same marks.",
            languages=languages,
        ),
    )
