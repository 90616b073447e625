"""One item of QTI as an item of ours, or refused by name; what is not taken along is told."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from lms_core.assessment.domain.formats.asked import Unreadable
from lms_core.assessment.domain.formats.base import checked, rejected
from lms_core.assessment.domain.formats.qti.choices_read import read_choices, read_hot_spot, read_hot_text, read_order
from lms_core.assessment.domain.formats.qti.gaps_read import read_entries, read_inline_choices, read_slider
from lms_core.assessment.domain.formats.qti.graphics_read import (
    read_graphic_associate,
    read_graphic_gap_match,
    read_graphic_order,
    read_select_point,
)
from lms_core.assessment.domain.formats.qti.pairs_read import read_associate, read_gap_match, read_match
from lms_core.assessment.domain.formats.qti.scorings import scoring_of
from lms_core.assessment.domain.formats.qti.sheets import Found, Read, Sheet, Wiring, is_true
from lms_core.assessment.domain.formats.qti.texts_read import for_scorers, read_extended_text
from lms_core.assessment.domain.qti.declarations import Item, read_item
from lms_core.assessment.domain.qti.document import Document
from lms_core.assessment.domain.qti.errors import QtiRefused
from lms_core.assessment.domain.qti.scoring import score
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import ChoiceInteraction, ItemContent, TextEntryInteraction

_KINDS: Final[Mapping[str, Read]] = {
    "choiceInteraction": read_choices,
    "hottextInteraction": read_hot_text,
    "hotspotInteraction": read_hot_spot,
    "orderInteraction": read_order,
    "matchInteraction": read_match,
    "associateInteraction": read_associate,
    "gapMatchInteraction": read_gap_match,
    "graphicOrderInteraction": read_graphic_order,
    "graphicAssociateInteraction": read_graphic_associate,
    "graphicGapMatchInteraction": read_graphic_gap_match,
    "selectPointInteraction": read_select_point,
    "inlineChoiceInteraction": read_inline_choices,
    "textEntryInteraction": read_entries,
    "sliderInteraction": read_slider,
    "extendedTextInteraction": read_extended_text,
}
_SEVERAL: Final = frozenset({"inlineChoiceInteraction", "textEntryInteraction"})
_MEDIA: Final = frozenset({"img", "object", "audio", "video", "picture"})
_TAKEN: Final = frozenset(
    {"responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback"}
)


def read_content(document: Document, line: int, options: ReadOptions, tags: tuple[str, ...] = ()) -> ReadItem:
    """The item of a document. A document of anything else is refused as an item."""
    root = document.root
    identifier = root.attributes.get("identifier", "")
    try:
        content, told, _ = content_of(document, options, tags)
    except Unreadable as refused:
        return rejected(line, identifier, refused.problem)
    except QtiRefused as refused:
        return rejected(line, identifier, Problem(refused.rule, refused.reason))
    return checked(line, content, *told)


def content_of(
    document: Document, options: ReadOptions, tags: tuple[str, ...] = ()
) -> tuple[ItemContent, tuple[Problem, ...], Wiring]:
    """What the item says, what is told of it, and where answers go. Raises Unreadable or QtiRefused."""
    item = read_item(document)
    sheet = Sheet(document.root, _language(document, options))
    found = _found(sheet)
    explanation, is_merged = sheet.explanation()
    content = ItemContent(
        identifier=_identifier(sheet),
        type=found.type,
        stem=sheet.in_language(found.stem or sheet.root.attributes.get("title", "")),
        interaction=found.interaction,
        explanation=explanation,
        tags=tags,
        provenance=options.provenance,
    )
    told = [*found.problems, *_told(sheet, content)]
    if is_merged:
        told.append(warning("merged-feedback", text("Feedback for certain answers became the explanation of all.")))
    scored, problems = _scored(content, found.wiring, item, sheet)
    return scored, (*told, *problems), found.wiring


def _found(sheet: Sheet) -> Found:
    _refuse_moving(sheet)
    interactions = sheet.interactions()
    names = list(dict.fromkeys(each.name for each in interactions))
    if not names:
        raise Unreadable(Problem("no-interaction", text("The item asks nothing: it has no interaction.")))
    for name in names:
        if name not in _KINDS:
            raise Unreadable(Problem("not-importable", text("Items of type “%(type)s” cannot be imported.", type=name)))
    if len(names) > 1 or (len(interactions) > 1 and names[0] not in _SEVERAL):
        listed = ", ".join(each.name for each in interactions)
        reason = text("The item asks several things at once: %(names)s. Split it into items.", names=listed)
        raise Unreadable(Problem("several-interactions", reason))
    return _KINDS[names[0]](sheet, interactions)


def _refuse_moving(sheet: Sheet) -> None:
    """Items that change with chance or with answers are none that we could ask the same way."""
    if sheet.root.first("templateProcessing") or sheet.root.first("templateDeclaration"):
        reason = text("The item draws its numbers by chance (a template), which cannot be imported.")
        raise Unreadable(Problem("template-item", reason))
    if is_true(sheet.root, "adaptive"):
        raise Unreadable(Problem("adaptive-item", text("The item changes with each answer, which cannot be imported.")))


def _identifier(sheet: Sheet) -> str:
    return sheet.name(sheet.root.attributes.get("identifier", ""))


def _language(document: Document, options: ReadOptions) -> str:
    written = document.root.attributes.get("xml:lang", "")
    return written.split("-")[0].lower() or options.language


def _scored(content: ItemContent, wiring: Wiring, item: Item, sheet: Sheet) -> tuple[ItemContent, list[Problem]]:
    """The content with the rule that scores as the item does, and what is told where none of ours does."""
    if content.type == "extended-text":
        return content, []
    if sheet.processing is None:
        told = warning("no-processing", text("It does not say how it is scored. Only the whole right answer counts."))
        return _with_weights(content, item, sheet, is_map=False), [told]
    weighed = _with_weights(content, item, sheet, is_map=True)
    try:
        scoring = scoring_of(weighed, wiring, item)
    except (KeyError, IndexError, StopIteration):
        # Without a key there is nothing to try; the missing key refuses the item.
        return content, []
    if scoring is None:
        reason = text("It is scored by rules of its own, which are not ours. Here only the whole right answer counts.")
        return _with_weights(content, item, sheet, is_map=False), [warning("custom-scoring", reason)]
    return replace(_with_weights(content, item, sheet, is_map=scoring == "map"), scoring=scoring), []


def _with_weights(content: ItemContent, item: Item, sheet: Sheet, *, is_map: bool) -> ItemContent:
    """Weights as shares of the whole point where they count, none where they do not; ours stay as we wrote them."""
    asked = content.interaction
    if not isinstance(asked, ChoiceInteraction | TextEntryInteraction):
        return content
    is_kept = sheet.is_ours and (isinstance(asked, TextEntryInteraction) or not _is_mapped(sheet))
    of = _maximum(item) if is_map and not sheet.is_ours else 1.0
    scale = of if is_map or is_kept else 0.0
    if isinstance(asked, ChoiceInteraction):
        choices = tuple(replace(one, weight=_share(one.weight, scale)) for one in asked.choices)
        return replace(content, interaction=replace(asked, choices=choices))
    fields = tuple(
        replace(field, answers=tuple(replace(one, weight=_share(one.weight, scale)) for one in field.answers))
        for field in asked.fields
    )
    return replace(content, interaction=replace(asked, fields=fields))


def _is_mapped(sheet: Sheet) -> bool:
    rules = sheet.processing
    if rules is None:
        return False
    template = rules.attributes.get("template", "")
    return "map_response" in template or any(each.name == "mapResponse" for each in rules.walk())


def _share(weight: float | None, scale: float) -> float | None:
    return None if weight is None or not scale else weight / scale


def _maximum(item: Item) -> float:
    return score(item, {}).maximum or 1.0


def _told(sheet: Sheet, content: ItemContent) -> Iterator[Problem]:
    if any(each.name in _MEDIA for each in sheet.body.walk()) and not sheet.is_ours:
        yield warning("lost-picture", text("A picture inside the question was not taken along."))
    if any(each.kind == "foreign" for each in sheet.body.walk()):
        yield warning("lost-formula", text("A formula became plain text. Look at it once."))
    blocks = [each for each in sheet.body.walk() if each.name == "rubricBlock"]
    taken = for_scorers(sheet.body) if content.type == "extended-text" else []
    if len(blocks) > len(taken):
        yield warning("lost-rubric", text("Instructions in a rubric block were not taken along."))
    left = dict.fromkeys(each.name for each in sheet.root.children if each.name not in _TAKEN)
    for name in left:
        yield warning("not-taken", text("“%(name)s” was not taken along.", name=name))
