"""Moodle XML, written: texts stay Markdown, which Moodle knows as a format of its own."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Final
from xml.sax.saxutils import escape, quoteattr

from lms_core.assessment.domain.formats.asked import Says, cannot_hold, says_in, single_blank, truth_of
from lms_core.assessment.domain.interaction_checks import GAP
from lms_core.hooks.item_formats import WriteOptions
from lms_core.hooks.items import (
    Choice,
    ChoiceInteraction,
    ExtendedTextInteraction,
    GapMatchInteraction,
    InlineChoiceInteraction,
    Interaction,
    ItemContent,
    MatchInteraction,
    NumericInteraction,
    OrderInteraction,
    TextEntryInteraction,
)

Lines = Iterator[str]
Write = Callable[[ItemContent, Any, Says], Lines]


class MoodleXmlWriter:
    """Writes a quiz: its questions with idnumber, tags and general feedback."""

    def __init__(self, stream: BinaryIO, options: WriteOptions) -> None:
        """Write into `stream` in the one language of the options."""
        self._stream = stream
        self._language = options.language
        self._stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')

    def add(self, content: ItemContent) -> None:
        """Write one question. Raises CannotHold."""
        says = says_in(content, self._language)
        kind, write = _kind(content, self._language)
        own = list(write(content, content.interaction, says))
        name = escape(content.identifier)
        lines = [
            f"<question type={quoteattr(kind)}>",
            f"<name><text>{name}</text></name>",
            _words("questiontext", _stem(content, says)),
            _words("generalfeedback", says(content.explanation)),
            f"<idnumber>{name}</idnumber>",
            *own,
            *_tags(content.tags),
            "</question>",
        ]
        self._stream.write(("\n".join(lines) + "\n").encode("utf-8", "xmlcharrefreplace"))

    def close(self) -> None:
        """Close the quiz."""
        self._stream.write(b"</quiz>\n")


def _kind(content: ItemContent, language: str) -> tuple[str, Write]:
    if content.type == "hot-area":
        raise cannot_hold(content)
    if truth_of(content, language) is not None:
        return "truefalse", _truth
    try:
        return _KINDS[type(content.interaction)]
    except KeyError as error:
        raise cannot_hold(content) from error


def _words(name: str, written: str, attributes: str = "") -> str:
    return f'<{name}{attributes} format="markdown"><text>{escape(written)}</text></{name}>' if written else ""


def _answer(share: float, written: str, feedback: str, inside: str = "") -> str:
    told = f'<feedback format="markdown"><text>{escape(feedback)}</text></feedback>' if feedback else ""
    return (
        f'<answer fraction="{share * 100:.10g}" format="markdown"><text>{escape(written)}</text>{inside}{told}</answer>'
    )


def _tags(tags: tuple[str, ...]) -> Lines:
    if tags:
        yield f"<tags>{''.join(f'<tag><text>{escape(tag)}</text></tag>' for tag in tags)}</tags>"


def _stem(content: ItemContent, says: Says) -> str:
    """The question; its gaps name what belongs into them, as Moodle wants it."""
    filling = _filling(content)
    if filling is None:
        return says(content.stem)
    return GAP.sub(lambda found: f"[[{filling[found[1]]}]]" if found[1] in filling else found[0], says(content.stem))


def _filling(content: ItemContent) -> Mapping[str, int] | None:
    asked = content.interaction
    if isinstance(asked, GapMatchInteraction):
        places = {text.identifier: at for at, text in enumerate(asked.texts, 1)}
        return {pair.target: places[pair.source] for pair in asked.key}
    if isinstance(asked, InlineChoiceInteraction):
        listed = [(group.identifier, choice) for group in asked.groups for choice in group.choices]
        return {name: at for at, (name, choice) in enumerate(listed, 1) if choice.correct}
    return None


def _choices(content: ItemContent, asked: ChoiceInteraction, says: Says) -> Lines:
    single = content.type == "choice"
    yield f"<single>{str(single).lower()}</single>"
    yield f"<shuffleanswers>{str(asked.shuffle).lower()}</shuffleanswers>"
    keys = 1 if single else sum(choice.correct for choice in asked.choices)
    for choice in asked.choices:
        share = (choice.weight or 0.0) if content.scoring == "map" else choice.correct / keys
        yield _answer(share, says(choice.text), says(choice.feedback))


def _truth(_content: ItemContent, asked: ChoiceInteraction, says: Says) -> Lines:
    for name, choice in zip(("true", "false"), asked.choices, strict=True):
        yield _answer(float(choice.correct), name, says(choice.feedback))


def _short_answer(content: ItemContent, _asked: TextEntryInteraction, says: Says) -> Lines:
    answers = single_blank(content).answers
    if len({one.match for one in answers}) > 1 or any("*" in says(one.text) for one in answers):
        raise cannot_hold(content)
    yield f"<usecase>{int(answers[0].match == 'exact')}</usecase>"
    for one in answers:
        yield _answer(1.0 if one.weight is None else one.weight, says(one.text), says(one.feedback))


def _numerical(content: ItemContent, asked: NumericInteraction, _says: Says) -> Lines:
    if len(asked.fields) != 1:
        raise cannot_hold(content)
    field = asked.fields[0]
    yield _answer(1.0, repr(field.value), "", f"<tolerance>{field.tolerance!r}</tolerance>")
    if field.unit:
        name = f"<unit_name>{escape(field.unit)}</unit_name>"
        yield f"<units><unit><multiplier>1</multiplier>{name}</unit></units>"


def _matching(content: ItemContent, asked: MatchInteraction, says: Says) -> Lines:
    targets = {each.identifier: each for each in asked.targets}
    key = {pair.source: pair.target for pair in asked.key}
    if len(key) != len(asked.key):
        raise cannot_hold(content)
    for source in asked.sources:
        yield _subquestion(says(source.text), says(targets[key[source.identifier]].text))
    for identifier, target in targets.items():
        if identifier not in key.values():
            yield _subquestion("", says(target.text))


def _subquestion(source: str, target: str) -> str:
    inside = f"<text>{escape(source)}</text><answer><text>{escape(target)}</text></answer>"
    return f'<subquestion format="markdown">{inside}</subquestion>'


def _essay(_content: ItemContent, asked: ExtendedTextInteraction, says: Says) -> Lines:
    yield "<responseformat>editor</responseformat>"
    yield _words("graderinfo", says(asked.model_answer))


def _ordering(content: ItemContent, asked: OrderInteraction, says: Says) -> Lines:
    if set(asked.key) != {choice.identifier for choice in asked.choices}:
        raise cannot_hold(content)
    named = {choice.identifier: choice for choice in asked.choices}
    for at, name in enumerate(asked.key, 1):
        yield _answer(at / 100, says(named[name].text), "")


def _gap_select(_content: ItemContent, asked: InlineChoiceInteraction, says: Says) -> Lines:
    for number, group in enumerate(asked.groups, 1):
        for choice in group.choices:
            yield _option("selectoption", choice, number, says)


def _drag_and_drop(content: ItemContent, asked: GapMatchInteraction, says: Says) -> Lines:
    if len({pair.target for pair in asked.key}) != len(asked.key):
        raise cannot_hold(content)
    for choice in asked.texts:
        yield _option("dragbox", choice, 1, says)


def _option(name: str, choice: Choice, group: int, says: Says) -> str:
    return f"<{name}><text>{escape(says(choice.text))}</text><group>{group}</group></{name}>"


_KINDS: Final[Mapping[type[Interaction], tuple[str, Write]]] = {
    ChoiceInteraction: ("multichoice", _choices),
    TextEntryInteraction: ("shortanswer", _short_answer),
    NumericInteraction: ("numerical", _numerical),
    MatchInteraction: ("matching", _matching),
    ExtendedTextInteraction: ("essay", _essay),
    OrderInteraction: ("ordering", _ordering),
    InlineChoiceInteraction: ("gapselect", _gap_select),
    GapMatchInteraction: ("ddwtos", _drag_and_drop),
}
