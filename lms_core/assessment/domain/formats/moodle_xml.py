"""Moodle XML, read one question at a time."""

from collections.abc import Iterator
from typing import BinaryIO

from lms_core.assessment.domain.bank_file.model import tidy
from lms_core.assessment.domain.formats.asked import Unreadable
from lms_core.assessment.domain.formats.base import checked, rejected
from lms_core.assessment.domain.formats.categories import tags_of
from lms_core.assessment.domain.formats.markup import Element, elements
from lms_core.assessment.domain.formats.moodle_kinds import HTML, asked, said, stem_of
from lms_core.assessment.domain.formats.moodle_writer import MoodleXmlWriter
from lms_core.foundation.text import Titles, text
from lms_core.hooks.findings import Problem, warning
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions
from lms_core.hooks.items import ItemContent
from lms_core.hooks.words import Words


def read_moodle_xml(stream: BinaryIO, options: ReadOptions) -> Iterator[ReadItem]:
    """Every question as an item, or refused with its line."""
    category = ""
    for question in elements(stream, options.file, "quiz", "question"):
        if question.attributes.get("type") == "category":
            category = question.words("category", "text")
        else:
            yield _read(question, category, options)


def _read(question: Element, category: str, options: ReadOptions) -> ReadItem:
    name = question.words("idnumber") or question.words("name", "text")
    try:
        found = asked(question, options.language)
    except Unreadable as refused:
        return rejected(question.line, name, refused.problem)
    tags = [tidy(tag.words("text")) for element in question.all("tags") for tag in element.all("tag")]
    content = ItemContent(
        identifier=name,
        type=found.type,
        stem=Words({options.language: stem_of(question)}),
        interaction=found.interaction,
        scoring=found.scoring,
        explanation=Words({options.language: said(question.first("generalfeedback"))}),
        tags=tuple(dict.fromkeys([*tags_of(category), *tags])),
        provenance=options.provenance,
    )
    return checked(question.line, content, *found.problems, *_told(question))


def _told(question: Element) -> Iterator[Problem]:
    stem = question.first("questiontext")
    if stem and stem.attributes.get("format") in HTML:
        yield warning("converted-markup", text("The text was HTML and is Markdown now. Look at it once."))
    if stem and stem.all("file"):
        yield warning("lost-picture", text("A picture inside the question was not taken along."))


MOODLE_XML = ItemFormat(
    "moodle-xml", Titles("Moodle XML", "Moodle XML"), (".moodle.xml", ".xml"), read_moodle_xml, MoodleXmlWriter
)
