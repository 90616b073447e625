"""What a question of Moodle asks, kind by kind; any other kind is refused by its name."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from lms_core.assessment.domain.bank_file.model import positional, tidy
from lms_core.assessment.domain.formats.asked import (
    Accepted,
    Asked,
    Unreadable,
    essay,
    matching,
    short_answer,
    truth,
)
from lms_core.assessment.domain.formats.html import markdown_of
from lms_core.assessment.domain.formats.markup import Element
from lms_core.assessment.domain.formats.weights import by_weights, weighted_choice
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import (
    Choice,
    ChoiceGroup,
    GapMatchInteraction,
    InlineChoiceInteraction,
    NumericField,
    NumericInteraction,
    OrderInteraction,
    Pair,
    TextAnswer,
    TextEntryInteraction,
)
from lms_core.hooks.words import Words

GAP = re.compile(r"\[\[(\d+)\]\]")
HTML = frozenset({"html", "moodle_auto_format"})
_NO = frozenset({"0", "false"})


def said(element: Element | None) -> str:
    """The text of an element, as Markdown."""
    if element is None:
        return ""
    written = element.words("text")
    return tidy(markdown_of(written) if element.attributes.get("format") in HTML else written)


def asked(question: Element, language: str) -> Asked:
    """What `question` asks for. Raises Unreadable."""
    kind = question.attributes.get("type", "")
    if kind not in _KINDS:
        reason = text("Items of type “%(type)s” cannot be imported.", type=kind)
        raise Unreadable(Problem("not-importable", reason))
    try:
        return _KINDS[kind](question, language)
    except ValueError as error:
        reason = text("A fraction or a number is none. Write 100 for the right choice.")
        raise Unreadable(Problem("unreadable-mark", reason)) from error


def gap_name(position: int) -> str:
    """What the gap at `position` of a stem is called here: Moodle names what goes into it."""
    return f"g{position}"


def stem_of(question: Element) -> str:
    """The question; its gaps are named in the order in which they are read."""
    written = said(question.first("questiontext"))
    if question.attributes.get("type") not in {"gapselect", "ddwtos"}:
        return written
    parts = GAP.split(written)[::2]
    return "".join(part + (f"[[{gap_name(at)}]]" if at < len(parts) - 1 else "") for at, part in enumerate(parts))


def _choice_question(question: Element, language: str) -> Asked:
    choices = [_choice(at, answer, language) for at, answer in enumerate(question.all("answer"))]
    single = question.words("single").lower() not in _NO
    kind, scoring, interaction = by_weights(choices, single=single)
    shuffle = question.words("shuffleanswers").lower() not in _NO
    return Asked(kind, replace(interaction, shuffle=shuffle), scoring)


def _choice(at: int, answer: Element, language: str) -> Choice:
    why = Words({language: said(answer.first("feedback"))})
    return weighted_choice(at, Words({language: said(answer)}), why, _share(answer))


def _share(answer: Element) -> float:
    return float(answer.attributes.get("fraction", "0")) / 100


def _truth(question: Element, language: str) -> Asked:
    answers = {said(one).lower(): one for one in question.all("answer")}
    right = [name for name, one in answers.items() if _share(one) > 0]
    if right not in (["true"], ["false"]):
        raise Unreadable(Problem("no-key", text("The right answer is not complete. Mark it; it is never guessed.")))
    why = [
        Words({language: said(answers[name].first("feedback"))}) if name in answers else Words()
        for name in ("true", "false")
    ]
    return Asked("choice", truth(language, is_true=right == ["true"], feedback=why))


def _short_answer(question: Element, language: str) -> Asked:
    found = [Accepted(said(one), _share(one), said(one.first("feedback"))) for one in question.all("answer")]
    interaction, scoring = short_answer(language, found)
    if question.words("usecase") == "1":
        interaction = TextEntryInteraction(
            tuple(replace(field, answers=tuple(map(_exact, field.answers))) for field in interaction.fields)
        )
    return Asked("text-entry", interaction, scoring)


def _exact(answer: TextAnswer) -> TextAnswer:
    return replace(answer, match="exact") if answer.match == "folded" else answer


def _numerical(question: Element, _language: str) -> Asked:
    right = [one for one in question.all("answer") if _share(one) > 0]
    if len(right) != 1 or _share(right[0]) != 1:
        reason = text("The right answer is not one number. Leave one that is worth 100.")
        raise Unreadable(Problem("no-number", reason))
    units = [unit.words("unit_name") for each in question.all("units") for unit in each.all("unit")]
    value, tolerance = float(said(right[0])), float(right[0].words("tolerance") or 0)
    field = NumericField("answer", value, tolerance, units[0] if units else "")
    told = () if len(units) < 2 else (warning("lost-unit", text("Only the first unit was taken along.")),)
    return Asked("numeric", NumericInteraction((field,)), problems=told)


def _matching(question: Element, language: str) -> Asked:
    pairs = [(said(one), one.words("answer", "text")) for one in question.all("subquestion")]
    return Asked("matching", matching(language, [pair for pair in pairs if pair[1]]), "partial")


def _essay(question: Element, language: str) -> Asked:
    told = warning("given-rubric", text("It came without a rubric and got one line of one point. Write its own."))
    return Asked("extended-text", essay(language, said(question.first("graderinfo"))), problems=(told,))


def _ordering(question: Element, language: str) -> Asked:
    texts = [said(one) for one in question.all("answer")]
    choices = tuple(Choice(positional(at), Words({language: one})) for at, one in enumerate(texts))
    return Asked("ordering", OrderInteraction(choices, tuple(one.identifier for one in choices)), "partial")


def _gap_select(question: Element, language: str) -> Asked:
    options = question.all("selectoption")
    lists = [_listed(options, number, language) for number in _gaps(question, options)]
    groups = tuple(ChoiceGroup(gap_name(at), choices) for at, choices in enumerate(lists))
    return Asked("inline-choice", InlineChoiceInteraction(groups), "partial")


def _listed(options: list[Element], right: int, language: str) -> tuple[Choice, ...]:
    group = options[right - 1].words("group")
    listed = [(at, one) for at, one in enumerate(options, 1) if one.words("group") == group]
    return tuple(Choice(f"o{at}", Words({language: said(one)}), at == right) for at, one in listed)


def _drag_and_drop(question: Element, language: str) -> Asked:
    boxes = question.all("dragbox")
    texts = tuple(Choice(f"t{at}", Words({language: said(one)})) for at, one in enumerate(boxes, 1))
    numbers = _gaps(question, boxes)
    names = tuple(gap_name(at) for at in range(len(numbers)))
    key = tuple(Pair(f"t{number}", name) for number, name in zip(numbers, names, strict=True))
    return Asked("gap-match", GapMatchInteraction(texts, names, key), "partial")


def _gaps(question: Element, filling: list[Element]) -> list[int]:
    """The numbers in the gaps of the stem, in reading order: which of `filling` belongs there."""
    numbers = [int(found) for found in GAP.findall(said(question.first("questiontext")))]
    if not numbers or any(not 1 <= number <= len(filling) for number in numbers):
        raise Unreadable(Problem("no-key", text("A gap of the question has nothing that belongs there.")))
    return numbers


_KINDS: Final[Mapping[str, Callable[[Element, str], Asked]]] = {
    "multichoice": _choice_question,
    "truefalse": _truth,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "essay": _essay,
    "ordering": _ordering,
    "gapselect": _gap_select,
    "ddwtos": _drag_and_drop,
}
