"""Answers that go into the question, read: drop-downs, blanks for words, blanks for numbers, sliders."""

from collections.abc import Mapping
from dataclasses import replace

from lms_core.assessment.domain.formats.asked import Unreadable
from lms_core.assessment.domain.formats.qti.choices_read import choice_of
from lms_core.assessment.domain.formats.qti.gaps_written import ANSWER, HOT_AREA
from lms_core.assessment.domain.formats.qti.rules import RESPONSE
from lms_core.assessment.domain.formats.qti.sheets import Found, Sheet, Wiring, number, variable_of
from lms_core.assessment.domain.formats.qti.stems import stem_of
from lms_core.assessment.domain.interactions.inline_choice import CHOICE, LIST
from lms_core.assessment.domain.qti.document import Element
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import (
    Choice,
    ChoiceGroup,
    InlineChoiceInteraction,
    ItemTypeName,
    NumericField,
    NumericInteraction,
    Picture,
    TextAnswer,
    TextEntryInteraction,
    TextField,
)
from lms_core.hooks.words import NO_WORDS, Words

_PREFIX = f"{RESPONSE}_"


def read_inline_choices(sheet: Sheet, interactions: list[Element]) -> Found:
    """inlineChoiceInteraction: drop-downs in the question, or settings below it where we wrote them so."""
    area = next((each for each in sheet.body.walk() if each.attributes.get("class") == HOT_AREA), None)
    is_area = sheet.is_ours and area is not None
    labels = [sheet.words(each) for each in area.all("div")] if area is not None and is_area else []
    labels += [NO_WORDS] * (len(interactions) - len(labels))
    listed = [_group(sheet, each, label) for each, label in zip(interactions, labels, strict=True)]
    groups = tuple(group for group, _ in listed)
    names = {name: identifier for _, named in listed for name, identifier in named.items()}
    variables = {LIST + group.identifier: variable_of(each) for group, each in zip(groups, interactions, strict=True)}
    gaps = {} if is_area else {id(each): _name(sheet, each) for each in interactions}
    picture = _picture(sheet, area) if area is not None and is_area else None
    interaction = InlineChoiceInteraction(groups, picture)
    kind: ItemTypeName = "hot-area" if is_area else "inline-choice"
    return Found(kind, interaction, stem_of(sheet, gaps), Wiring(variables, names))


def _group(sheet: Sheet, asked: Element, label: Words) -> tuple[ChoiceGroup, Mapping[str, str]]:
    name, right = _name(sheet, asked), set(sheet.correct(asked))
    elements = asked.all("inlineChoice")
    choices = tuple(_listed(sheet, each, right) for each in elements)
    identifiers = (each.attributes.get("identifier", "") for each in elements)
    named = {f"{CHOICE}{name}:{one.identifier}": each for one, each in zip(choices, identifiers, strict=True)}
    return ChoiceGroup(name, choices, label), named


def _listed(sheet: Sheet, found: Element, right: set[str]) -> Choice:
    identifier = found.attributes.get("identifier", "")
    name = sheet.name(identifier.rpartition(".")[2] if sheet.is_ours else identifier)
    return replace(choice_of(sheet, found, name, sheet.plain(found)), correct=identifier in right)


def _picture(sheet: Sheet, area: Element) -> Picture | None:
    shown = next((each for each in area.walk() if each.name == "img"), None)
    if shown is None:
        return None
    given = shown.attributes
    return Picture(given.get("src", ""), sheet.label(given.get("alt", "")), int(given["width"]), int(given["height"]))


def read_entries(sheet: Sheet, interactions: list[Element]) -> Found:
    """textEntryInteraction: words, or numbers where the response is declared as one."""
    types = {sheet.declaration(each).attributes.get("baseType", "") for each in interactions}
    if types <= {"integer", "float"}:
        numbers = tuple(_number(sheet, each) for each in interactions)
        return _blanks(sheet, interactions, NumericInteraction(numbers))
    if types != {"string"}:
        named = ", ".join(sorted(types))
        reason = text("Blanks of the types %(types)s cannot be imported in one item.", types=named)
        raise Unreadable(Problem("not-importable", reason))
    fields = tuple(TextField(_name(sheet, each), _answers(sheet, each)) for each in interactions)
    return _blanks(sheet, interactions, TextEntryInteraction(fields))


def _blanks(sheet: Sheet, interactions: list[Element], interaction: TextEntryInteraction | NumericInteraction) -> Found:
    below = next((each for each in sheet.body.walk() if each.attributes.get("class") == ANSWER), None)
    outside = {id(each) for each in below.walk()} if below is not None and sheet.is_ours else set()
    gaps = {id(each): _name(sheet, each) for each in interactions if id(each) not in outside}
    variables = {_name(sheet, each): variable_of(each) for each in interactions}
    kind: ItemTypeName = "numeric" if isinstance(interaction, NumericInteraction) else "text-entry"
    return Found(kind, interaction, stem_of(sheet, gaps), Wiring(variables))


def read_slider(sheet: Sheet, interactions: list[Element]) -> Found:
    """sliderInteraction: the number is typed in instead."""
    (asked,) = interactions
    field = replace(_number(sheet, asked), identifier=ANSWER)
    told = warning("converted-type", text("Its slider became a number to type in. Look at it once."))
    wiring = Wiring({ANSWER: variable_of(asked)})
    return Found("numeric", NumericInteraction((field,)), stem_of(sheet), wiring, (told,))


def _name(sheet: Sheet, asked: Element) -> str:
    return sheet.name(variable_of(asked), _PREFIX)


def _number(sheet: Sheet, asked: Element) -> NumericField:
    right = sheet.correct(asked)
    if len(right) != 1:
        raise Unreadable(Problem("no-key", text("The right answer is not complete. Mark it; it is never guessed.")))
    value = number(right[0])
    unit = asked.attributes.get("placeholderText", "") if sheet.is_ours else ""
    return NumericField(_name(sheet, asked), value, _tolerance(sheet, asked, value), unit)


def _tolerance(sheet: Sheet, asked: Element, value: float) -> float:
    """How far from the key an answer may be, as the rules compare it."""
    rules = sheet.processing.walk() if sheet.processing else ()
    for rule in rules:
        given = {each.attributes.get("identifier") for each in rule.children if each.name == "variable"}
        if rule.name == "equal" and variable_of(asked) in given:
            written = rule.attributes.get("tolerance", "0").split()
            widest = max(map(number, written), default=0.0)
            mode = rule.attributes.get("toleranceMode", "exact")
            return {"absolute": widest, "relative": abs(value) * widest / 100}.get(mode, 0.0)
    return 0.0


def _answers(sheet: Sheet, asked: Element) -> tuple[TextAnswer, ...]:
    """The accepted words: those that a mapping rewards, else the correct response, letter by letter."""
    entries = sheet.entries(asked)
    if not entries:
        return tuple(TextAnswer(sheet.label(words), "exact") for words in sheet.correct(asked))
    return tuple(
        _answer(sheet, each) for each in entries if sheet.is_ours or number(each.attributes["mappedValue"]) > 0
    )


def _answer(sheet: Sheet, entry: Element) -> TextAnswer:
    # "1" is all of it and needs no weight; 1.0 is what an author wrote.
    written = entry.attributes.get("mappedValue", "1")
    weight = None if written == "1" else number(written)
    is_folded = entry.attributes.get("caseSensitive", "true").strip() in {"false", "0"}
    return TextAnswer(
        sheet.label(entry.attributes.get("mapKey", "")), "folded" if is_folded else "exact", weight=weight
    )
