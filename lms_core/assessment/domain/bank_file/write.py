"""A bank written as a file: `parse(write(bank))` is the bank again, as long as its texts are tidy."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from lms_core.assessment.domain.bank_file.body import escaped_attributes
from lms_core.assessment.domain.bank_file.fields import PROVENANCE
from lms_core.assessment.domain.bank_file.lines import escaped_choice, escaped_stem
from lms_core.assessment.domain.bank_file.model import FORMAT, BankFile, Header, positional
from lms_core.hooks.items import (
    UNKNOWN_PROVENANCE,
    Area,
    Choice,
    ChoiceInteraction,
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
    Picture,
    Provenance,
    Reference,
    TextAnswer,
    TextEntryInteraction,
)

Lines = Iterator[str]


def write(bank: BankFile) -> str:
    """The file's text, ending with a line end."""
    lines = list(_header(bank.header))
    for content in bank.items:
        lines += item_lines(content, bank.header)
    return "\n".join(lines) + "\n"


def _header(header: Header) -> Lines:
    yield "---"
    yield f"format: {FORMAT}"
    yield from _field("certification", header.certification)
    yield from _field("domain", header.domain)
    yield from _field("objective", header.objective)
    for language, title in header.title.items():
        yield f"title.{language}: {title}"
    yield from _provenance(header.provenance, UNKNOWN_PROVENANCE)
    yield "---"


def item_lines(content: ItemContent, header: Header, case: str = "") -> Lines:
    """One item's lines; what the header says already is left out."""
    yield ""
    yield f"# {content.identifier}"
    yield f"type: {content.type}"
    yield from _field("case", case)
    yield from _item_fields(content, header)
    for language in content.languages:
        yield ""
        yield f"## {language}"
        yield ""
        yield from _section(content, language)
    if isinstance(content.interaction, GroupInteraction):
        for question in content.interaction.items:
            yield from item_lines(question, header, content.identifier)


def _item_fields(content: ItemContent, header: Header) -> Lines:
    value = "" if content.difficulty_value is None else repr(content.difficulty_value)
    yield from _field("difficulty", " ".join(filter(None, (content.difficulty, value))))
    yield from _field("tags", ", ".join(content.tags))
    if content.objective != header.objective:
        yield f"objective: {content.objective}"
    if content.scoring != "all-or-nothing":
        yield f"scoring: {content.scoring}"
    yield from _interaction_fields(content.interaction)
    for reference in content.references:
        yield f"reference: {_reference(reference)}"
    yield from _provenance(content.provenance, header.provenance)


def _interaction_fields(asked: Interaction) -> Lines:
    if isinstance(asked, ChoiceInteraction) and not asked.shuffle:
        yield "shuffle: no"
    if isinstance(asked, HotspotInteraction | InlineChoiceInteraction) and asked.picture:
        yield f"picture: {asked.picture.source} {asked.picture.width}x{asked.picture.height}"
    if isinstance(asked, ExtendedTextInteraction) and (asked.least_words or asked.most_words):
        yield f"words: {asked.least_words or ''}-{asked.most_words or ''}"


def _field(name: str, value: str) -> Lines:
    if value:
        yield f"{name}: {value}"


def _provenance(own: Provenance, inherited: Provenance) -> Lines:
    names = {attribute: name for name, attribute in PROVENANCE.items()}
    for each in fields(Provenance):
        value = getattr(own, each.name)
        if value != getattr(inherited, each.name):
            yield f"{names[each.name]}: {value}"


def _reference(reference: Reference) -> str:
    checked = f"checked {reference.checked_on}" if reference.checked_on else ""
    expires = f"expires {reference.expires_on}" if reference.expires_on else ""
    return " | ".join(filter(None, (reference.url, reference.title, checked, expires)))


def _section(content: ItemContent, language: str) -> Lines:
    yield from escaped_stem(content.stem[language])
    write_entries = _ENTRIES[type(content.interaction)]
    yield from _apart(write_entries(content.interaction, language))
    explanation = content.explanation.get(language, "")
    if explanation and isinstance(content.interaction, GroupInteraction):
        yield from ("", "### explanation", "", *escaped_stem(explanation))
    elif explanation:
        yield from ("", *_quoted(explanation))


def _apart(lines: Lines) -> Lines:
    for number, line in enumerate(lines):
        if number == 0:
            yield ""
        yield line


def _quoted(words: str, indent: str = "") -> Lines:
    for line in words.split("\n"):
        yield f"{indent}> {line}" if line else f"{indent}>"


def _entry(mark: str, words: str, feedback: str = "", *attributes: str) -> Lines:
    first, *rest = words.split("\n")
    given = " ".join(filter(None, attributes))
    yield " ".join(filter(None, (f"- {mark}", escaped_attributes(first), given and f"{{{given}}}")))
    for line in rest:
        yield line and f"  {escaped_choice(line)}"
    if feedback:
        yield from _quoted(feedback, "  ")


def _choice(choice: Choice, mark: str, position: int, language: str) -> Lines:
    return _entry(
        mark,
        choice.text.get(language, ""),
        choice.feedback.get(language, ""),
        "" if choice.identifier == positional(position) else f"id={choice.identifier}",
        "pinned" if choice.pinned else "",
        "" if choice.weight is None else f"weight={choice.weight!r}",
    )


def _ticked(choices: tuple[Choice, ...], language: str) -> Lines:
    for position, choice in enumerate(choices):
        yield from _choice(choice, "[x]" if choice.correct else "[ ]", position, language)


def _choices(asked: ChoiceInteraction, language: str) -> Lines:
    return _ticked(asked.choices, language)


def _ordering(asked: OrderInteraction, language: str) -> Lines:
    for position, choice in enumerate(asked.choices):
        place = asked.key.index(choice.identifier) + 1 if choice.identifier in asked.key else " "
        yield from _choice(choice, f"[{place}]", position, language)


def _matching(asked: MatchInteraction, language: str) -> Lines:
    for target in asked.targets:
        yield from _entry(f"({target.identifier})", target.text.get(language, ""))
    for position, source in enumerate(asked.sources):
        yield from _choice(source, _pair_mark(source, asked), position, language)


def _gap_match(asked: GapMatchInteraction, language: str) -> Lines:
    for position, choice in enumerate(asked.texts):
        yield from _choice(choice, _pair_mark(choice, asked), position, language)


def _pair_mark(choice: Choice, asked: MatchInteraction | GapMatchInteraction) -> str:
    targets = (pair.target for pair in asked.key if pair.source == choice.identifier)
    return f"[{' '.join(targets) or ' '}]"


def _inline_choice(asked: InlineChoiceInteraction, language: str) -> Lines:
    yield from _picture(asked.picture, language)
    for group in asked.groups:
        yield from _group_heading(group.identifier, group.label.get(language, ""))
        yield from _ticked(group.choices, language)


def _group_heading(identifier: str, label: str = "") -> Lines:
    yield from ("", f"### {identifier}: {label}" if label else f"### {identifier}", "")


def _text_entry(asked: TextEntryInteraction, language: str) -> Lines:
    for each in asked.fields:
        yield from _group_heading(each.identifier)
        for answer in each.answers:
            yield from _answer(answer, language)


def _answer(answer: TextAnswer, language: str) -> Lines:
    weight = "" if answer.weight is None else f"weight={answer.weight!r}"
    words, feedback = answer.text.get(language, ""), answer.feedback.get(language, "")
    return _entry(f"[{answer.match}]", words, feedback, weight)


def _numeric(asked: NumericInteraction, _language: str) -> Lines:
    for each in asked.fields:
        tolerance = f" +- {each.tolerance!r}" if each.tolerance else ""
        yield from _group_heading(each.identifier)
        yield from _entry(f"[{each.value!r}{tolerance}]", each.unit)


def _hot_spot(asked: HotspotInteraction, language: str) -> Lines:
    yield from _picture(asked.picture, language)
    for position, area in enumerate(asked.areas):
        yield from _area(area, position, language)


def _picture(picture: Picture | None, language: str) -> Lines:
    if picture and picture.alt:
        yield from _entry("(picture)", picture.alt.get(language, ""))


def _area(area: Area, position: int, language: str) -> Lines:
    own_id = "" if area.identifier == positional(position) else f"id={area.identifier}"
    drawn = f"area={area.shape}:{','.join(map(str, area.coordinates))}"
    words, feedback = area.label.get(language, ""), area.feedback.get(language, "")
    return _entry("[x]" if area.correct else "[ ]", words, feedback, own_id, drawn)


def _extended_text(asked: ExtendedTextInteraction, language: str) -> Lines:
    if asked.model_answer:
        yield from _entry("(model)", asked.model_answer.get(language, ""))
    for position, line in enumerate(asked.rubric):
        own_id = "" if line.identifier == positional(position) else f"id={line.identifier}"
        yield from _entry(f"[{line.points!r}]", line.text.get(language, ""), "", own_id)


def _exhibits(asked: GroupInteraction, language: str) -> Lines:
    for exhibit in asked.exhibits:
        yield from _group_heading(exhibit.identifier, exhibit.title.get(language, ""))
        yield from escaped_stem(exhibit.text.get(language, ""))


_ENTRIES: Mapping[type[Interaction], Callable[[Any, str], Lines]] = {
    ChoiceInteraction: _choices,
    OrderInteraction: _ordering,
    MatchInteraction: _matching,
    GapMatchInteraction: _gap_match,
    InlineChoiceInteraction: _inline_choice,
    TextEntryInteraction: _text_entry,
    NumericInteraction: _numeric,
    HotspotInteraction: _hot_spot,
    ExtendedTextInteraction: _extended_text,
    GroupInteraction: _exhibits,
}
