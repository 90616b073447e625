"""Items of every type as hypothesis strategies, with texts that try to look like structure."""

from datetime import date

from hypothesis import strategies as st

from lms_core.assessment.domain.bank_file.model import positional, tidy
from lms_core.assessment.domain.checks import problems
from lms_core.hooks.items import (
    Area,
    Choice,
    ChoiceGroup,
    ChoiceInteraction,
    Criterion,
    Exhibit,
    ExtendedTextInteraction,
    GapMatchInteraction,
    GroupInteraction,
    HotspotInteraction,
    InlineChoiceInteraction,
    ItemContent,
    MatchInteraction,
    NumericField,
    NumericInteraction,
    OrderInteraction,
    Pair,
    Picture,
    Provenance,
    Reference,
    TextAnswer,
    TextEntryInteraction,
    TextField,
)
from lms_core.hooks.words import NO_WORDS, Words

LANGUAGES = ("ko", "en")
_snippets = st.sampled_from(
    ["# 제목", "## ko", "### g1: x", "- [x] y", "- [ ] z", "- (a) b", "> q", "\\> q", "\\# h", "```", "~~~~", "```py",
     "a {pinned}", "a \\{pinned}", "  indented", "---", "name: value", "\\- [x]", "", "1. eins", "    > deep", "{id=q}"]
)  # fmt: skip
_prose = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\u2028\u2029"), min_size=1, max_size=24
)
_line = _snippets | _prose
_multiline = st.lists(_line, min_size=1, max_size=5).map("\n".join).map(tidy).filter(bool)
_one_line = _prose.map(tidy).filter(bool)
_maybe = _multiline | st.just("")


def _both(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Words]:
    return st.tuples(texts, texts).map(lambda pair: Words(dict(zip(LANGUAGES, pair, strict=True))))


_words = _both(_multiline)
_titles = _both(_one_line)
_feedback = _both(_maybe)
_weights = st.none() | st.sampled_from([0.5, -0.25, 1.0, 1 / 3])


def _numbered(words: Words, number: int) -> Words:
    return Words({language: f"{text}\n{number}" for language, text in words.items()})


@st.composite
def _choices(draw: st.DrawFn, ticked: bool = True, one_key: bool = False) -> tuple[Choice, ...]:
    number = draw(st.integers(2, 4))
    key = draw(st.integers(0, number - 1))
    return tuple(
        Choice(
            positional(position),
            _numbered(draw(_words), position),
            ticked and (position == key or (not one_key and draw(st.booleans()))),
            draw(_feedback),
            draw(st.booleans()),
            draw(_weights),
        )
        for position in range(number)
    )


_multiple = st.builds(ChoiceInteraction, _choices(), st.booleans())
_single = st.builds(ChoiceInteraction, _choices(one_key=True), st.booleans())


@st.composite
def _ordering(draw: st.DrawFn) -> OrderInteraction:
    choices = draw(_choices(ticked=False))
    order = draw(st.permutations([choice.identifier for choice in choices]))
    return OrderInteraction(choices, tuple(order[: draw(st.integers(2, len(order)))]))


@st.composite
def _matching(draw: st.DrawFn) -> MatchInteraction:
    sources = draw(_choices(ticked=False))
    targets = tuple(Choice(f"t{number}", draw(_words)) for number in range(draw(st.integers(1, 3))))
    names = st.sampled_from([target.identifier for target in targets])
    key = [
        Pair(source.identifier, target)
        for source in sources
        for target in draw(st.lists(names, min_size=1, max_size=2, unique=True))
    ]
    return MatchInteraction(sources, targets, tuple(key))


@st.composite
def _gap_match(draw: st.DrawFn) -> GapMatchInteraction:
    texts = draw(_choices(ticked=False))
    gaps = tuple(f"g{number}" for number in range(draw(st.integers(1, len(texts)))))
    key = tuple(Pair(text.identifier, gap) for text, gap in zip(texts, gaps, strict=False))
    return GapMatchInteraction(texts, gaps, key)


@st.composite
def _inline(draw: st.DrawFn, labelled: bool = False) -> InlineChoiceInteraction:
    groups = tuple(
        ChoiceGroup(f"g{number}", draw(_choices(one_key=True)), draw(_titles) if labelled else NO_WORDS)
        for number in range(draw(st.integers(1, 2)))
    )
    return InlineChoiceInteraction(groups, draw(st.none() | _pictures) if labelled else None)


_pictures = st.builds(Picture, st.just("media/a.png"), _titles, st.integers(1, 4000), st.integers(1, 4000))
_answers = st.builds(TextAnswer, _words, st.sampled_from(["exact", "folded"]), _feedback, _weights)
_text_entry = st.lists(st.lists(_answers, min_size=1, max_size=3).map(tuple), min_size=1, max_size=2).map(
    lambda each: TextEntryInteraction(tuple(TextField(f"g{number}", answers) for number, answers in enumerate(each)))
)
_number = st.floats(allow_nan=False, allow_infinity=False)
_numeric = st.lists(
    st.tuples(_number, _number.map(abs), st.sampled_from(["", "kg", "GB/s"])), min_size=1, max_size=2
).map(lambda each: NumericInteraction(tuple(NumericField(f"g{number}", *given) for number, given in enumerate(each))))


@st.composite
def _hot_spot(draw: st.DrawFn) -> HotspotInteraction:
    shapes = st.sampled_from([("circle", (9, 9, 4)), ("rect", (0, 1, 2, 3)), ("poly", (0, 0, 4, 0, 4, 4))])
    areas = tuple(
        Area(
            positional(position),
            *draw(shapes),
            draw(_words),
            position == 0 or draw(st.booleans()),
            draw(_feedback),
        )
        for position in range(draw(st.integers(1, 3)))
    )
    return HotspotInteraction(draw(_pictures), areas)


@st.composite
def _extended(draw: st.DrawFn) -> ExtendedTextInteraction:
    rubric = tuple(
        Criterion(positional(position), draw(_words), draw(st.sampled_from([1.0, 2.0, 0.5])))
        for position in range(draw(st.integers(1, 3)))
    )
    limits = st.none() | st.integers(1, 500)
    return ExtendedTextInteraction(rubric, draw(_words | st.just(NO_WORDS)), draw(limits), draw(limits))


@st.composite
def _cases(draw: st.DrawFn) -> GroupInteraction:
    exhibits = tuple(Exhibit(f"e{number}", draw(_titles), draw(_words)) for number in range(draw(st.integers(0, 2))))
    questions = draw(st.lists(_contents(_SIMPLE), min_size=1, max_size=2))
    named = tuple(_renamed(question, f"q{number}") for number, question in enumerate(questions))
    return GroupInteraction(exhibits, named)


def _renamed(content: ItemContent, name: str) -> ItemContent:
    return ItemContent(name, *[getattr(content, field) for field in content.__slots__[1:]])


_SIMPLE = {
    "choice": _single,
    "multiple-response": _multiple,
    "statement-set": _matching(),
    "matching": _matching(),
    "ordering": _ordering(),
    "gap-match": _gap_match(),
    "inline-choice": _inline(),
    "text-entry": _text_entry,
    "numeric": _numeric,
    "hot-spot": _hot_spot(),
    "hot-area": _inline(labelled=True),
    "extended-text": _extended(),
}
_references = st.builds(
    Reference,
    st.just("https://example.org/a?b=c#d"),
    _prose.map(lambda words: tidy(words).replace("|", "/")),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
HEADER_PROVENANCE = Provenance("CC-BY-4.0", "LMS Core contributors", "누군가", "https://example.org", "Own words.")


@st.composite
def _contents(draw: st.DrawFn, kinds: dict[str, st.SearchStrategy[object]]) -> ItemContent:
    kind = draw(st.sampled_from(sorted(kinds)))
    return ItemContent(
        identifier=draw(st.sampled_from(["a", "learn.x#1", "한글 이름", "b-2"])),
        type=kind,
        stem=_with_gaps(draw(_words)),
        interaction=draw(kinds[kind]),
        scoring=draw(st.sampled_from(["all-or-nothing", "partial"])),
        explanation=draw(_feedback),
        references=tuple(draw(st.lists(_references, max_size=2))),
        objective=draw(st.sampled_from(["", "ai-901.1.1", "other"])),
        difficulty=draw(st.sampled_from([None, "easy", "medium", "hard"])),
        difficulty_value=draw(st.none() | st.sampled_from([-0.7, 1.25])),
        tags=tuple(draw(st.lists(st.sampled_from(["a", "b c", "공정성"]), unique=True))),
        provenance=draw(st.sampled_from([HEADER_PROVENANCE, Provenance("MIT", "B", "C", "https://example.net", "D")])),
    )


def _with_gaps(stem: Words) -> Words:
    gaps = " ".join(f"[[g{number}]]" for number in range(4))
    return Words({language: f"{text}\n{gaps}" for language, text in stem.items()})


def contents(kind: str = "") -> st.SearchStrategy[ItemContent]:
    """Any item that breaks no rule, of one type where one is named."""
    every = {**_SIMPLE, "case-study": _cases(), "problem-solution": _cases()}
    return _contents({kind: every[kind]} if kind else every).filter(lambda content: not problems(content))
