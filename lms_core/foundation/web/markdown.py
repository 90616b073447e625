"""Markdown to HTML that is safe to show: rendered first, cleaned after; the source is what is kept."""

from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# fmt: off
TAGS = frozenset({
    "a", "abbr", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure", "h2", "h3",
    "h4", "h5", "hr", "img", "kbd", "li", "ol", "p", "pre", "s", "samp", "span", "strong", "sub", "sup", "table",
    "tbody", "td", "th", "thead", "tr", "ul", "var",
})
# fmt: on
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height"},
    "span": {"class"},
    "code": {"class"},
    "pre": {"class", "tabindex"},
    "div": {"class"},
    "th": {"scope", "class"},
    "td": {"class"},
    "ol": {"start"},
}
# Code that is wider than the page is scrolled by keyboard as well.
FOCUSABLE = {"pre": {"tabindex": "0"}}


def to_html(source: str, shift: int = 1) -> str:
    """``source`` as clean HTML. Whatever levels its author chose, its headings begin ``shift`` below the page's own h1
    and leave no level out: who moves from heading to heading by ear misses nothing.
    """
    tokens = _parser().parse(source)
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    levels = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(levels.index(token.tag) + 1 + shift, 5)}"
    rendered = _parser().renderer.render(tokens, _parser().options, {})
    return nh3.clean(
        rendered,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        set_tag_attribute_values=FOCUSABLE,
    )


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"highlight": _highlight}).enable(["table", "strikethrough"])


def _highlight(code: str, name: str, _: Any) -> str:
    try:
        lexer = get_lexer_by_name(name or "text")
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))
