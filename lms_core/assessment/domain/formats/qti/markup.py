"""Markdown as the XHTML that QTI holds, and XHTML as Markdown.

Markdown is written as XHTML only where that comes back as the same words with the same meaning; else its source
stands in a `pre` of the class `markdown`, which people and programs can read alike.
"""

import re
from functools import cache
from typing import Final

from markdown_it import MarkdownIt

from lms_core.assessment.domain.bank_file.model import tidy
from lms_core.assessment.domain.formats.qti.dialects import element, said
from lms_core.assessment.domain.formats.qti.markdown import Placed, markdown_of
from lms_core.assessment.domain.items import normalised
from lms_core.assessment.domain.qti.document import Element, read_document
from lms_core.assessment.domain.qti.errors import UnreadableDocument

SOURCE: Final = "markdown"
"""The class of a `pre` that holds Markdown as it was written."""
_ONE_PARAGRAPH: Final = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)


def xhtml_of(source: str) -> str:
    """Markdown as blocks of XHTML."""
    rendered = to_html(source).strip()
    return rendered if _survives(source, rendered) else source_block(source)


def inside_of(source: str) -> str:
    """The same without the paragraph where it is a single one: a choice needs none."""
    written = xhtml_of(source)
    alone = _ONE_PARAGRAPH.fullmatch(written)
    return alone[1] if alone else written


def source_block(source: str) -> str:
    """Markdown as it was written, for people to read and for us to take back."""
    # XML drops the line end right after a start tag nowhere, so that the text is exactly the source.
    return element("pre", said(source), **{"class": SOURCE})


def words_of(found: Element | None, placed: Placed = lambda _: None) -> str:
    """The Markdown that an element holds; `placed` may say what stands for an element inside."""
    if found is None:
        return ""
    plain, safe = (tidy(markdown_of(found, is_safe=each, placed=placed)) for each in (False, True))
    # Signs are escaped only where Markdown would take them for more than signs.
    return plain if plain == safe or to_html(plain) == to_html(safe) else safe


def to_html(source: str) -> str:
    """Markdown as XHTML; HTML inside it is text."""
    return str(_parser().render(source))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "xhtmlOut": True}).enable(["table"])


def _survives(source: str, rendered: str) -> bool:
    # QTI 2 takes over neither inline styles nor the start of a list.
    if not rendered or " style=" in rendered or " start=" in rendered:
        return False
    try:
        root = read_document(f"<div>{rendered}</div>".encode()).root
    except UnreadableDocument:
        return False
    back = words_of(root)
    return normalised(back) == normalised(source) and to_html(back) == to_html(source)
