"""One text in several languages, as content is written: each variant by hand, none translated at the edge."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType


class Words(Mapping[str, str]):
    """One Markdown text in its languages, immutable: `Words({"ko": "질문", "en": "Question"})`.

    An empty variant is no variant, so `not words` means that nothing was written in any language.
    """

    __slots__ = ("_variants",)

    def __init__(self, variants: Mapping[str, str] = MappingProxyType({}), /, **more: str) -> None:
        written = {**variants, **more}
        self._variants = {language: words for language, words in written.items() if words}

    def __getitem__(self, language: str) -> str:
        return self._variants[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._variants)

    def __len__(self) -> int:
        return len(self._variants)

    def __hash__(self) -> int:
        return hash(frozenset(self._variants.items()))

    def __repr__(self) -> str:
        return f"Words({self._variants!r})"

    def in_(self, language: str) -> str:
        """The variant of `language`, else the first one written, else an empty string."""
        return self._variants.get(language) or next(iter(self._variants.values()), "")


NO_WORDS = Words()
