"""HTML as other systems keep it, as the Markdown we keep."""

from html.parser import HTMLParser

from lms_core.assessment.domain.bank_file.model import tidy

_AROUND = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "tr", "h1", "h2", "h3", "h4", "blockquote"})
_DROPPED = frozenset({"script", "style"})


class _Converter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._dropping = 0
        self._code = False

    def handle_starttag(self, tag: str, *_attributes: object) -> None:
        self._dropping += tag in _DROPPED
        if tag == "pre":
            self._code = True
            self.parts.append("\n\n```\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _AROUND and not self._code:
            self.parts.append(_AROUND[tag])

    def handle_endtag(self, tag: str) -> None:
        self._dropping -= tag in _DROPPED
        if tag == "pre":
            self._code = False
            self.parts.append("\n```\n\n")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _AROUND and not self._code:
            self.parts.append(_AROUND[tag])

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self.parts.append(data if self._code else data.replace("\n", " "))


def markdown_of(markup: str) -> str:
    """The text of `markup` with its paragraphs, lists, emphasis and code; everything else is dropped."""
    converter = _Converter()
    converter.feed(markup)
    converter.close()
    lines = tidy("".join(converter.parts)).split("\n")
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept)
