"""From a merged body to the interaction of its type, and what its marks get wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress

from lms_core.assessment.domain.bank_file.merge import LocatedProblem, MergedBody, MergedEntry, MergedGroup
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.items import (
    Area,
    Choice,
    ChoiceGroup,
    ChoiceInteraction,
    Criterion,
    Exhibit,
    ExtendedTextInteraction,
    GapMatchInteraction,
    GroupInteraction,
    HotspotInteraction,
    InlineChoiceInteraction,
    Interaction,
    ItemTypeName,
    MatchInteraction,
    NumericField,
    NumericInteraction,
    OrderInteraction,
    Pair,
    Picture,
    Shape,
    TextAnswer,
    TextEntryInteraction,
    TextField,
    TextMatch,
)
from lms_core.hooks.words import NO_WORDS

_IMAGE = re.compile(r"(\S+) (\d+)x(\d+)")
_AREA = re.compile(r"(circle|rect|poly):(\d+(?:,\d+)*)")
_WORD_COUNT = re.compile(r"(\d*)-(\d*)")
_SHAPES: Mapping[str, Shape] = {"circle": "circle", "rect": "rect", "poly": "poly"}
_MATCHES: Mapping[str, TextMatch] = {"exact": "exact", "folded": "folded", "pattern": "pattern"}


class InteractionBuilder:
    """Builds the interaction of one item; `problems` holds the marks it could not read."""

    def __init__(self, kind: ItemTypeName, body: MergedBody, fields: Mapping[str, str]) -> None:
        self._kind = kind
        self._body = body
        self._fields = fields
        self.problems: list[LocatedProblem] = []

    def build(self) -> Interaction:
        """The interaction; where a mark is unreadable it is left out and told in `problems`."""
        return _BUILDERS[self._kind](self)

    @property
    def _first(self) -> MergedGroup:
        return self._body.groups[0]

    def choices(self) -> ChoiceInteraction:
        """`- [x] right` and `- [ ] wrong`."""
        choices = tuple(self._choice(entry, ticked=True) for entry in self._first.choices)
        return ChoiceInteraction(choices, shuffle=self._fields.get("shuffle") != "no")

    def ordering(self) -> OrderInteraction:
        """`- [1] first`, `- [2] second`, `- [ ] belongs to no place`."""
        places = sorted(self._placed(self._first.choices))
        return OrderInteraction(self._choices(self._first), tuple(name for _, name in places))

    def matching(self) -> MatchInteraction:
        """`- (t) target`, then `- [t] source that belongs to it`."""
        targets = tuple(self._choice(entry) for entry in self._first.targets)
        return MatchInteraction(self._choices(self._first), targets, self._pairs())

    def gap_match(self) -> GapMatchInteraction:
        """`- [gap] text that belongs into it`."""
        pairs = self._pairs()
        gaps = tuple(dict.fromkeys(pair.target for pair in pairs))
        return GapMatchInteraction(self._choices(self._first), gaps, pairs)

    def inline_choice(self) -> InlineChoiceInteraction:
        """`### gap` with choices under it; for a hot area `- (picture) what it shows` in the stem's group."""
        groups = [
            ChoiceGroup(
                group.identifier,
                tuple(self._choice(entry, ticked=True) for entry in group.choices),
                group.label,
            )
            for group in self._body.groups[1:]
        ]
        return InlineChoiceInteraction(tuple(groups), self._picture() if self._fields.get("picture") else None)

    def text_entry(self) -> TextEntryInteraction:
        """`### gap` with `- [folded] accepted answer` under it."""
        fields = [
            TextField(group.identifier, tuple(filter(None, map(self._answer, group.choices))))
            for group in self._body.groups[1:]
        ]
        return TextEntryInteraction(tuple(fields))

    def numeric(self) -> NumericInteraction:
        """`### gap` with `- [12.5 +- 0.5] unit` under it."""
        numbers = [self._number(group, entry) for group in self._body.groups[1:] for entry in group.choices[:1]]
        return NumericInteraction(tuple(filter(None, numbers)))

    def hot_spot(self) -> HotspotInteraction:
        """`- (picture) what it shows`, then `- [x] label {area=rect:0,0,10,10}`."""
        areas = tuple(filter(None, map(self._area, self._first.choices)))
        return HotspotInteraction(self._picture(), areas)

    def extended_text(self) -> ExtendedTextInteraction:
        """`- [2] criterion worth two points`, and perhaps `- (model) a good answer`."""
        rubric = tuple(filter(None, map(self._criterion, self._first.choices)))
        model = next((entry.text for entry in self._first.targets if entry.mark == "model"), NO_WORDS)
        limits = _WORD_COUNT.fullmatch(self._fields.get("words", "-"))
        if limits is None:
            self._unreadable(0, self._fields["words"])
            return ExtendedTextInteraction(rubric, model)
        least, most = (int(limit) if limit else None for limit in limits.groups())
        return ExtendedTextInteraction(rubric, model, least, most)

    def group(self) -> GroupInteraction:
        """`### exhibit: title` with the document under it; the questions follow as items of their own."""
        documents = self._body.groups[1:]
        exhibits = tuple(Exhibit(group.identifier, group.label, group.text) for group in documents)
        return GroupInteraction(exhibits, ())

    def _choices(self, group: MergedGroup) -> tuple[Choice, ...]:
        return tuple(self._choice(entry) for entry in group.choices)

    def _choice(self, entry: MergedEntry, *, ticked: bool = False) -> Choice:
        if ticked and entry.mark.lower() not in {"", "x"}:
            self._unreadable(entry.line, entry.mark)
        return Choice(
            identifier=entry.identifier,
            text=entry.text,
            correct=ticked and entry.mark.lower() == "x",
            feedback=entry.feedback,
            pinned="pinned" in entry.attributes,
            weight=self._float(entry.line, entry.attributes.get("weight")),
        )

    def _placed(self, entries: tuple[MergedEntry, ...]) -> Iterator[tuple[int, str]]:
        for entry in entries:
            if entry.mark.isdecimal():
                yield int(entry.mark), entry.identifier
            elif entry.mark:
                self._unreadable(entry.line, entry.mark)

    def _pairs(self) -> tuple[Pair, ...]:
        return tuple(Pair(entry.identifier, target) for entry in self._first.choices for target in entry.mark.split())

    def _answer(self, entry: MergedEntry) -> TextAnswer | None:
        match = _MATCHES.get(entry.mark or "folded")
        if match is None:
            self._unreadable(entry.line, entry.mark)
            return None
        weight = self._float(entry.line, entry.attributes.get("weight"))
        return TextAnswer(entry.text, match, entry.feedback, weight)

    def _number(self, group: MergedGroup, entry: MergedEntry) -> NumericField | None:
        value, _, tolerance = (part.strip() for part in entry.mark.replace("±", "+-").partition("+-"))
        number = self._float(entry.line, value)
        if number is None:
            return None
        unit = entry.text.in_("en")
        return NumericField(group.identifier, number, self._float(entry.line, tolerance or "0") or 0.0, unit)

    def _picture(self) -> Picture:
        alt = next((entry.text for entry in self._first.targets if entry.mark == "picture"), NO_WORDS)
        found = _IMAGE.fullmatch(self._fields.get("picture", ""))
        if found is None:
            self._unreadable(0, self._fields.get("picture", "picture"))
            return Picture("", alt, 0, 0)
        return Picture(found[1], alt, int(found[2]), int(found[3]))

    def _area(self, entry: MergedEntry) -> Area | None:
        found = _AREA.fullmatch(entry.attributes.get("area", ""))
        if found is None or entry.mark.lower() not in {"", "x"}:
            self._unreadable(entry.line, entry.attributes.get("area", entry.mark))
            return None
        coordinates = tuple(int(number) for number in found[2].split(","))
        is_right = entry.mark.lower() == "x"
        return Area(entry.identifier, _SHAPES[found[1]], coordinates, entry.text, is_right, entry.feedback)

    def _criterion(self, entry: MergedEntry) -> Criterion | None:
        points = self._float(entry.line, entry.mark)
        return None if points is None else Criterion(entry.identifier, entry.text, points)

    def _float(self, line: int, written: str | None) -> float | None:
        if written is None:
            return None
        with suppress(ValueError):
            return float(written)
        self._unreadable(line, written)
        return None

    def _unreadable(self, line: int, mark: str) -> None:
        problem = Problem(
            "unreadable-mark",
            text(
                "“%(mark)s” is no mark of type %(type)s. See the format's page for its marks.",
                mark=mark,
                type=self._kind,
            ),
        )
        self.problems.append((line, problem))


_BUILDERS: Mapping[ItemTypeName, Callable[[InteractionBuilder], Interaction]] = {
    "choice": InteractionBuilder.choices,
    "multiple-response": InteractionBuilder.choices,
    "statement-set": InteractionBuilder.matching,
    "ordering": InteractionBuilder.ordering,
    "matching": InteractionBuilder.matching,
    "gap-match": InteractionBuilder.gap_match,
    "inline-choice": InteractionBuilder.inline_choice,
    "text-entry": InteractionBuilder.text_entry,
    "numeric": InteractionBuilder.numeric,
    "hot-spot": InteractionBuilder.hot_spot,
    "hot-area": InteractionBuilder.inline_choice,
    "extended-text": InteractionBuilder.extended_text,
    "case-study": InteractionBuilder.group,
    "problem-solution": InteractionBuilder.group,
}
