"""An item of ours as an item of QTI: what every type shares. What each type writes stands in `kinds_written`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from lms_core.assessment.domain.formats.asked import Says, cannot_hold, says_in
from lms_core.assessment.domain.formats.qti.dialects import Dialect, element, said
from lms_core.assessment.domain.formats.qti.identifiers import identifier_of
from lms_core.assessment.domain.formats.qti.markup import inside_of, source_block, xhtml_of
from lms_core.assessment.domain.formats.qti.rules import FEEDBACK, SCORE, Marking, Rules
from lms_core.assessment.domain.qti.document import read_document
from lms_core.assessment.domain.qti.errors import UnreadableDocument
from lms_core.hooks.items import Choice, ItemContent

TOOL: Final = "LMS Core"
"""The tool that our files name: where it stands, words outside of XHTML are Markdown."""
EXPLANATION: Final = "item..explanation"
"""The identifier of the feedback that every answer gets; no name of ours has two dots."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a type writes with: the dialect, its rules, the words of the one language."""

    dialect: Dialect
    rules: Rules
    content: ItemContent
    says: Says

    def choice(self, name: str, choice: Choice, identifier: str, **attributes: str | None) -> str:
        """A choice as blocks; one that keeps its place is fixed."""
        fixed = "true" if choice.pinned else None
        inside = inside_of(self.says(choice.text))
        return self.dialect.tag(name, inside, identifier=identifier, fixed=fixed, **attributes)

    def plain(self, name: str, choice: Choice, identifier: str, **attributes: str | None) -> str:
        """A choice of places that hold words alone: its Markdown, as written."""
        fixed = "true" if choice.pinned else None
        return self.dialect.tag(name, said(self.says(choice.text)), identifier=identifier, fixed=fixed, **attributes)

    def blocks(self, source: str) -> str:
        """Markdown as blocks."""
        return xhtml_of(source) if source else ""

    def stem(self, placed: Mapping[str, str] | None = None) -> str:
        """The question; `placed` are the elements that stand for its gaps."""
        return with_gaps(self.says(self.content.stem), placed or {})

    def picture(self, source: str, alt: str, width: int, height: int) -> str:
        """A picture to point at."""
        size = {"width": str(width), "height": str(height)}
        if self.dialect.version == "3.0":
            return element("img", src=source, alt=alt, **size)
        return element("object", said(alt), data=source, type=_media_type(source), **size)


@dataclass(frozen=True, slots=True)
class Told:
    """Feedback: the identifier it is shown for, and its Markdown. `always`: for every answer."""

    identifier: str
    words: str
    always: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What a type writes: declarations, body and marking (None: by a person), and feedback with what shows it."""

    declarations: str
    body: str
    marking: Marking | None
    maximum: float = 1.0
    told: tuple[Told, ...] = ()
    shown_by: tuple[str, ...] = ()


Write = Callable[[Tools, Any], Written]


def item_of(content: ItemContent, dialect: Dialect, language: str, kinds: Mapping[str, Write]) -> str:
    """The XML of one item. Raises CannotHold."""
    write = kinds.get(content.type)
    if write is None:
        raise cannot_hold(content)
    tools = Tools(dialect, Rules(dialect), content, says_in(content, language))
    written = write(tools, content.interaction)
    told = (*written.told, Told(EXPLANATION, tools.says(content.explanation), always=True))
    told = tuple(one for one in told if one.words)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + dialect.tag(
        "assessmentItem",
        written.declarations,
        _outcomes(dialect, written, is_told=bool(told)),
        dialect.tag("itemBody", written.body),
        _processing(tools, written, told),
        *(_modal(tools, one) for one in told),
        xmlns=dialect.namespace,
        identifier=identifier_of(content.identifier),
        title=content.identifier,
        adaptive="false",
        timeDependent="false",
        language=language,
        toolName=TOOL,
        toolVersion="1",
    )


def with_gaps(source: str, placed: Mapping[str, str]) -> str:
    """Markdown as blocks, with an element in the place of each gap; a gap that is there twice stays words there."""
    for written in (xhtml_of(source), source_block(source)):
        filled = written
        for name, put in placed.items():
            filled = filled.replace(said(f"[[{name}]]"), put, 1)
        if all(put in filled for put in placed.values()) and _is_sound(filled):
            return filled
    return filled


def _is_sound(blocks: str) -> bool:
    try:
        read_document(f"<div>{blocks}</div>".encode())
    except UnreadableDocument:
        return False
    return True


def _outcomes(dialect: Dialect, written: Written, *, is_told: bool) -> str:
    maximum = written.marking.maximum if written.marking else written.maximum
    start = dialect.tag("defaultValue", dialect.tag("value", "0"))
    score = {"identifier": SCORE, "cardinality": "single", "baseType": "float"}
    # Who marks by hand is told so by `externalScored`.
    by_person = None if written.marking else "human"
    declared = dialect.tag(
        "outcomeDeclaration", start, **score, normalMaximum=repr(float(maximum)), externalScored=by_person
    )
    told = {"identifier": FEEDBACK, "cardinality": "multiple", "baseType": "identifier"}
    own = written.marking.outcomes if written.marking else ""
    return declared + own + (dialect.tag("outcomeDeclaration", **told) if is_told else "")


def _processing(tools: Tools, written: Written, told: tuple[Told, ...]) -> str:
    if not told and written.marking is None:
        return ""
    if not told and written.marking and written.marking.template:
        return tools.dialect.tag("responseProcessing", template=tools.dialect.template(written.marking.template))
    always = [tools.rules.value("identifier", one.identifier) for one in told if one.always]
    shown = [*(written.shown_by if any(not one.always for one in told) else ()), *always]
    rules = tools.rules.set(FEEDBACK, tools.rules.call("multiple", *shown)) if shown else ""
    return tools.dialect.tag("responseProcessing", written.marking.rules if written.marking else "", rules)


def _modal(tools: Tools, told: Told) -> str:
    inside = tools.blocks(told.words)
    held = tools.dialect.tag("contentBody", inside) if tools.dialect.version == "3.0" else inside
    return tools.dialect.tag(
        "modalFeedback", held, outcomeIdentifier=FEEDBACK, identifier=told.identifier, showHide="show"
    )


def _media_type(source: str) -> str:
    suffix = source.rpartition(".")[2].lower()
    return {"svg": "image/svg+xml", "jpg": "image/jpeg"}.get(suffix, f"image/{suffix}")
