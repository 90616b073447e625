"""Pairs, read: match, associate, gap match."""

from collections.abc import Iterable

from lms_core.assessment.domain.formats.asked import Unreadable
from lms_core.assessment.domain.formats.qti.choices_read import choice_of
from lms_core.assessment.domain.formats.qti.pairs_written import STATEMENTS
from lms_core.assessment.domain.formats.qti.sheets import Found, Sheet, Wiring, variable_of
from lms_core.assessment.domain.formats.qti.stems import stem_of
from lms_core.assessment.domain.interactions.gap_match import GAP, TEXT
from lms_core.assessment.domain.interactions.matching import SOURCE, TARGET
from lms_core.assessment.domain.qti.document import Element
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import Choice, GapMatchInteraction, ItemTypeName, MatchInteraction, Pair


def read_match(sheet: Sheet, interactions: list[Element]) -> Found:
    """matchInteraction: its first set are the sources, its second one the targets."""
    (asked,) = interactions
    sets = asked.all("simpleMatchSet")
    if len(sets) != 2:
        raise Unreadable(Problem("no-sets", text("A match has two sets of choices, not %(count)s.", count=len(sets))))
    sources, targets = (dict(_associables(sheet, one, prefix)) for one, prefix in zip(sets, ("s_", "t_"), strict=True))
    kind: ItemTypeName = "statement-set" if asked.attributes.get("class") == STATEMENTS else "matching"
    return matched(sheet, asked, kind, sources, targets)


def read_associate(sheet: Sheet, interactions: list[Element]) -> Found:
    """associateInteraction: the first of each right pair is a source, the second one its target."""
    (asked,) = interactions
    return associated(sheet, asked, dict(_associables(sheet, asked, "")))


def associated(sheet: Sheet, asked: Element, named: dict[str, Choice]) -> Found:
    """Choices paired without order, by their identifiers in QTI. Raises Unreadable where one has several partners."""
    pairs = _pairs(sheet, asked)
    paired = [identifier for pair in pairs for identifier in pair]
    if len(set(paired)) != len(paired):
        reason = text("Choices are paired with several others, which matching cannot ask.")
        raise Unreadable(Problem("not-importable", reason))
    sources = {first: named[first] for first, _ in pairs if first in named}
    targets = {identifier: choice for identifier, choice in named.items() if identifier not in sources}
    found = matched(sheet, asked, "matching", sources, targets)
    told = warning("converted-type", text("Its pairs without order became a matching. Look at it once."))
    return Found(found.type, found.interaction, found.stem, found.wiring, (told,))


def read_gap_match(sheet: Sheet, interactions: list[Element]) -> Found:
    """gapMatchInteraction: texts that go into gaps of the question."""
    (asked,) = interactions
    if asked.all("gapImg"):
        raise Unreadable(Problem("not-importable", text("Pictures that go into gaps cannot be imported.")))
    texts = {each.attributes.get("identifier", ""): _text(sheet, each) for each in asked.all("gapText")}
    elements = [each for each in asked.walk() if each.name == "gap"]
    gaps = {each.attributes.get("identifier", ""): _gap_name(sheet, each) for each in elements}
    key = tuple(Pair(texts[first].identifier, gaps[second]) for first, second in _known(sheet, asked, texts, gaps))
    names = {TEXT + choice.identifier: identifier for identifier, choice in texts.items()}
    names |= {GAP + name: identifier for identifier, name in gaps.items()}
    stem = stem_of(sheet, {id(each): _gap_name(sheet, each) for each in elements})
    interaction = GapMatchInteraction(tuple(texts.values()), tuple(gaps.values()), key)
    return Found("gap-match", interaction, stem, Wiring({"": variable_of(asked)}, names))


def _text(sheet: Sheet, found: Element) -> Choice:
    return choice_of(sheet, found, sheet.name(found.attributes.get("identifier", ""), "text_"), sheet.plain(found))


def _gap_name(sheet: Sheet, found: Element) -> str:
    return sheet.name(found.attributes.get("identifier", ""), "gap_")


def _associables(sheet: Sheet, parent: Element, prefix: str) -> Iterable[tuple[str, Choice]]:
    for each in parent.all("simpleAssociableChoice"):
        identifier = each.attributes.get("identifier", "")
        yield identifier, choice_of(sheet, each, sheet.name(identifier, prefix), sheet.words(each))


def matched(
    sheet: Sheet, asked: Element, kind: ItemTypeName, sources: dict[str, Choice], targets: dict[str, Choice]
) -> Found:
    """Sources and targets, both by their identifiers in QTI. Raises Unreadable for a key of what is not there."""
    pairs = _known(sheet, asked, sources, targets)
    key = tuple(Pair(sources[first].identifier, targets[second].identifier) for first, second in pairs)
    names = {SOURCE + choice.identifier: identifier for identifier, choice in sources.items()}
    names |= {TARGET + choice.identifier: identifier for identifier, choice in targets.items()}
    interaction = MatchInteraction(tuple(sources.values()), tuple(targets.values()), key)
    return Found(kind, interaction, stem_of(sheet), Wiring({"": variable_of(asked)}, names))


def _known(sheet: Sheet, asked: Element, sources: Iterable[str], targets: Iterable[str]) -> list[tuple[str, str]]:
    """The right pairs. Raises Unreadable where one names what is not there."""
    pairs, first, second = _pairs(sheet, asked), set(sources), set(targets)
    for source, target in pairs:
        if source not in first or target not in second:
            reason = text("The key names “%(name)s”, which does not exist.", name=f"{source} {target}")
            raise Unreadable(Problem("unknown-name", reason))
    return pairs


def _pairs(sheet: Sheet, asked: Element) -> list[tuple[str, str]]:
    found = []
    for written in sheet.correct(asked):
        parts = written.split()
        if len(parts) != 2:
            raise Unreadable(Problem("unknown-name", text("“%(name)s” is no pair of choices.", name=written)))
        found.append((parts[0], parts[1]))
    return found
