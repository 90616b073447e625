"""Texts that people score, read: the rubric, and the model answer."""

from lms_core.assessment.domain.formats.asked import essay
from lms_core.assessment.domain.formats.qti.rules import SCORE
from lms_core.assessment.domain.formats.qti.sheets import Found, Sheet, Wiring, number, variable_of
from lms_core.assessment.domain.formats.qti.stems import stem_of
from lms_core.assessment.domain.qti.document import Element
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.items import Criterion, ExtendedTextInteraction
from lms_core.hooks.words import NO_WORDS, Words


def read_extended_text(sheet: Sheet, interactions: list[Element]) -> Found:
    """extendedTextInteraction: what is written for scorers is the rubric."""
    (asked,) = interactions
    blocks = for_scorers(sheet.body)
    model = next((sheet.words(each) for each in blocks if each.attributes.get("class") == "model-answer"), NO_WORDS)
    model = model or sheet.label("\n\n".join(sheet.correct(asked)))
    lines = [each for each in blocks if each.attributes.get("class") != "model-answer"]
    rubric, told = _rubric(sheet, lines)
    interaction = ExtendedTextInteraction(rubric, model)
    return Found("extended-text", interaction, stem_of(sheet), Wiring({"": variable_of(asked)}), told)


def for_scorers(body: Element) -> list[Element]:
    """What an item tells those who score it."""
    blocks = (each for each in body.walk() if each.name == "rubricBlock")
    return [each for each in blocks if "scorer" in each.attributes.get("view", "").split()]


def _rubric(sheet: Sheet, lines: list[Element]) -> tuple[tuple[Criterion, ...], tuple[Problem, ...]]:
    if not lines:
        told = warning("given-rubric", text("It came without a rubric and got one line of one point. Write its own."))
        return essay(sheet.language).rubric, (told,)
    if sheet.is_ours:
        return tuple(_criterion(sheet, each) for each in lines), ()
    told = warning("rubric-points", text("Its rubric says no points by line. Look at what each line is worth."))
    share = _maximum(sheet) / len(lines)
    names = (each.attributes.get("id") or f"line-{at}" for at, each in enumerate(lines, 1))
    return tuple(Criterion(n, sheet.words(each), share) for n, each in zip(names, lines, strict=True)), (told,)


def _criterion(sheet: Sheet, line: Element) -> Criterion:
    words: Words = sheet.words(line)
    return Criterion(sheet.name(line.attributes.get("id", "")), words, number(line.attributes.get("label", "")))


def _maximum(sheet: Sheet) -> float:
    declared = (each for each in sheet.root.all("outcomeDeclaration") if each.attributes.get("identifier") == SCORE)
    written = next((each.attributes.get("normalMaximum", "") for each in declared), "")
    return number(written) if written else 1.0
