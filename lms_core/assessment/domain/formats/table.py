"""Items as rows of a table: `id, stem, choice_a ... choice_z, answer, explanation, module`.

`answer` names the right choices by letter (`B`, or `A;C` for several).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from lms_core.assessment.domain.bank_file.model import positional, tidy
from lms_core.assessment.domain.formats.asked import cannot_hold, says_in
from lms_core.assessment.domain.formats.base import checked
from lms_core.assessment.domain.formats.categories import tags_of
from lms_core.assessment.domain.formats.errors import BrokenFile
from lms_core.foundation.text import text
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent
from lms_core.hooks.words import Words

_CHOICE = re.compile(r"choice_([a-z])")
_NEEDED = ("stem", "choice_a", "choice_b", "answer")
_LETTERS: Final = "abcdefgh"
COLUMNS: Final = ("id", "stem", *(f"choice_{letter}" for letter in _LETTERS), "answer", "explanation", "module")
# A cell that begins with one of these is a formula to a spreadsheet; an apostrophe before it says that it is text.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def header_of(row: Sequence[str], options: ReadOptions) -> list[str]:
    """The names of the columns. Raises BrokenFile where one that is needed is missing."""
    names = [name.strip().lower() for name in row]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        reason = text("The first line has no column “%(name)s”.", name=missing[0])
        raise BrokenFile(reason, options.file, 1)
    return names


def item_of(line: int, header: Sequence[str], row: Sequence[str], options: ReadOptions) -> ReadItem:
    """One row as an item, or refused."""
    told = []
    if len(row) != len(header):
        told.append(
            Problem(
                "columns-differ",
                text(
                    "The row has %(found)s columns, the header %(expected)s.",
                    found=len(row),
                    expected=len(header),
                ),
            )
        )
    values = dict(zip(header, map(_text, row), strict=False))
    return checked(line, _content(values, options, told), *told, has_choice_feedback=False)


def _content(values: Mapping[str, str], options: ReadOptions, told: list[Problem]) -> ItemContent:
    letters = re.findall(r"[^\s,;]+", values.get("answer", ""))
    choices = _choices(values, {letter.lower() for letter in letters}, options.language)
    for letter in letters:
        if values.get(f"choice_{letter.lower()}", "").strip() == "":
            problem = text("The answer names “%(letter)s”, which is no choice of the row.", letter=letter)
            told.append(Problem("unknown-name", problem))
    return ItemContent(
        identifier=values.get("id", "").strip(),
        type="multiple-response" if len(letters) > 1 else "choice",
        stem=Words({options.language: tidy(values.get("stem", ""))}),
        interaction=ChoiceInteraction(choices),
        explanation=Words({options.language: tidy(values.get("explanation", ""))}),
        tags=tags_of(values.get("module", "")),
        provenance=options.provenance,
    )


def _choices(values: Mapping[str, str], key: set[str], language: str) -> tuple[Choice, ...]:
    written = [(found[1], tidy(value)) for name, value in values.items() if (found := _CHOICE.fullmatch(name))]
    filled = [(letter, words) for letter, words in written if words]
    return tuple(
        Choice(positional(position), Words({language: words}), letter in key)
        for position, (letter, words) in enumerate(filled)
    )


def row_of(content: ItemContent, language: str) -> tuple[str, ...]:
    """The cells of `COLUMNS` for one item. Raises CannotHold."""
    asked = content.interaction
    if not isinstance(asked, ChoiceInteraction) or len(asked.choices) > len(_LETTERS):
        raise cannot_hold(content)
    says = says_in(content, language)
    texts = [says(choice.text) for choice in asked.choices]
    answer = ";".join(letter.upper() for letter, one in zip(_LETTERS, asked.choices, strict=False) if one.correct)
    filled = [*texts, *[""] * (len(_LETTERS) - len(texts))]
    cells = (content.identifier, says(content.stem), *filled, answer, says(content.explanation), *_first(content.tags))
    return tuple(map(_cell, cells))


def _first(tags: Iterable[str]) -> tuple[str]:
    return (next(iter(tags), ""),)


def _cell(written: str) -> str:
    return f"'{written}" if written.startswith(_FORMULA) else written


def _text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
