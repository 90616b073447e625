"""XHTML as Markdown: paragraphs, lists, tables, code, emphasis, links and pictures; the rest as its text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from lms_core.assessment.domain.qti.document import Element

# fmt: off
_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "ul", "contentBody", "prompt",
})
# fmt: on
_DROPPED: Final = frozenset({"script", "style", "rubricBlock", "feedbackInline", "feedbackBlock", "modalFeedback"})
_AROUND: Final = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_SIGNS: Final = re.compile(r"([\\`*_\[\]<>#|~])")
_LINE_STARTS: Final = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
_BREAKS: Final = re.compile(r"[ \t]*\n\s*")
_TICKS: Final = re.compile(r"`+")

Placed = Callable[[Element], str | None]


def markdown_of(found: Element, *, is_safe: bool, placed: Placed = lambda _: None) -> str:
    """What an element holds, as Markdown.

    `is_safe` escapes what Markdown would read as more than text. `placed` may say what stands for an element.
    """
    return _Converter(is_safe, placed).blocks(found)


@dataclass(frozen=True)
class _Converter:
    is_safe: bool
    placed: Placed

    def blocks(self, parent: Element) -> str:
        """The content of a block: paragraphs with a line between them."""
        parts: list[str] = []
        line = ""
        for each in parent.content:
            if isinstance(each, Element) and self.placed(each) is None and _is_block(each):
                parts += [line.strip(), self._block(each)]
                line = ""
            else:
                line += self._text(each) if isinstance(each, str) else self._inline(each)
        return "\n\n".join(part for part in (*parts, line.strip()) if part)

    def _block(self, found: Element) -> str:
        write = _WRITERS.get(found.name)
        return write(self, found) if write else self.blocks(found)

    def _inside(self, parent: Element) -> str:
        return "".join(self._text(each) if isinstance(each, str) else self._inline(each) for each in parent.content)

    def _text(self, words: str) -> str:
        plain = _BREAKS.sub("\n", words)
        return _LINE_STARTS.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", plain)) if self.is_safe else plain

    def _inline(self, found: Element) -> str:
        stands = self.placed(found)
        if stands is not None:
            return stands
        if found.name in _DROPPED:
            return ""
        if found.name in _AROUND:
            inside = self._inside(found)
            return f"{_AROUND[found.name]}{inside}{_AROUND[found.name]}" if inside.strip() else inside
        write = _INLINE.get(found.name)
        return write(self, found) if write else self._inside(found)

    def heading(self, found: Element) -> str:
        """A heading on its level."""
        return f"{'#' * int(found.name[1])} {' '.join(self._inside(found).split())}"

    def quote(self, found: Element) -> str:
        """A quotation, every line marked."""
        return "\n".join(f"> {line}".rstrip() for line in self.blocks(found).split("\n"))

    def code_block(self, found: Element) -> str:
        """Code between fences that it does not hold itself, or Markdown as it was written."""
        if found.attributes.get("class") == "markdown":
            return self._source(found)
        code = found.first("code")
        language = (code.attributes.get("class", "") if code else "").removeprefix("language-").split(" ")[0]
        fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(found.all_text)), default=0))
        text = found.all_text
        return f"{fence}{language}\n{text if text.endswith(chr(10)) else text + chr(10)}{fence}"

    def _source(self, found: Element) -> str:
        parts = (each if isinstance(each, str) else self.placed(each) or each.all_text for each in found.content)
        return "".join(parts)

    def listed(self, found: Element) -> str:
        """A list; what belongs to an entry stands below its text."""
        items = [self._entry(each, f"{at}. " if found.name == "ol" else "- ") for at, each in _numbered(found)]
        is_loose = any("\n\n" in item for item in items) or any(each.first("p") for each in found.all("li"))
        return ("\n\n" if is_loose else "\n").join(items)

    def _entry(self, found: Element, mark: str) -> str:
        tight = not found.first("p")
        inside = self.blocks(found)
        if tight:
            inside = re.sub(r"\n\n(?=- |\d+\. )", "\n", inside)
        lines = inside.split("\n")
        rest = [f"{' ' * len(mark)}{line}".rstrip() for line in lines[1:]]
        return "\n".join([f"{mark}{lines[0]}", *rest])

    def table(self, found: Element) -> str:
        """A table of one line a row; its first row is its head."""
        rows = [row for row in found.walk() if row.name == "tr"]
        cells = [[self._cell(each) for each in row.children if each.name in {"td", "th"}] for row in rows]
        width = max(map(len, cells), default=0)
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in cells]
        return "\n".join([*lines[:1], f"|{' --- |' * width}", *lines[1:]]) if width else ""

    def _cell(self, found: Element) -> str:
        return " ".join(self._inside(found).split())

    def code(self, found: Element) -> str:
        """Code within a line."""
        text = found.all_text
        ticks = "`" * (1 + max(map(len, _TICKS.findall(text)), default=0))
        space = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{ticks}{space}{text}{space}{ticks}"

    def link(self, found: Element) -> str:
        """A link with its words."""
        target, words = found.attributes.get("href", ""), self._inside(found)
        return f"[{words}]({target}{_title(found)})" if target else words

    def picture(self, found: Element) -> str:
        """A picture with what it shows in words."""
        return f"![{found.attributes.get('alt', '')}]({found.attributes.get('src', '')}{_title(found)})"

    def line_break(self, _found: Element) -> str:
        """A new line that stays one."""
        return "\\\n"

    def rule(self, _found: Element) -> str:
        """A line across."""
        return "---"


def _is_block(found: Element) -> bool:
    return found.name in _BLOCKS


def _numbered(found: Element) -> list[tuple[int, Element]]:
    written = found.attributes.get("start", "1")
    first = int(written) if written.isdecimal() else 1
    return list(enumerate(found.all("li"), first))


def _title(found: Element) -> str:
    title = found.attributes.get("title", "")
    return f' "{title}"' if title else ""


_WRITERS: Final[Mapping[str, Callable[[_Converter, Element], str]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Converter.heading),
    "blockquote": _Converter.quote,
    "pre": _Converter.code_block,
    "ul": _Converter.listed,
    "ol": _Converter.listed,
    "table": _Converter.table,
    "hr": _Converter.rule,
}
_INLINE: Final[Mapping[str, Callable[[_Converter, Element], str]]] = {
    "code": _Converter.code,
    "a": _Converter.link,
    "img": _Converter.picture,
    "br": _Converter.line_break,
}
