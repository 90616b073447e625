"""An exported item scores, by its own response processing, exactly as we score it."""

import unicodedata
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lms_core.assessment.domain.formats.qti.answers import response_of
from lms_core.assessment.domain.formats.qti.dialects import DIALECTS
from lms_core.assessment.domain.formats.qti.items_read import content_of
from lms_core.assessment.domain.formats.qti.kinds_written import KINDS
from lms_core.assessment.domain.formats.qti.writing import item_of
from lms_core.assessment.domain.interactions import CORE_TYPES
from lms_core.assessment.domain.qti.document import read_document
from lms_core.assessment.domain.qti.scoring import score_file
from lms_core.assessment.domain.scoring import SlotKey, score_slot
from lms_core.hooks.item_formats import ReadOptions
from lms_core.hooks.items import ItemContent, Scoring
from tests.support.banks.strategies import contents

TYPES = {one.name: one for one in CORE_TYPES}
RULES: tuple[Scoring, ...] = ("all-or-nothing", "partial", "map")
OTHER_WIDTH = {ord(letter): ord(letter) + 0xFEE0 for letter in map(chr, range(0x21, 0x7F))}


def names_of(content: ItemContent) -> dict[str, str]:
    return {name: name for name in TYPES[content.type].arrange(content, None)}


def some_of(names: list[str], most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), unique=True, max_size=min(most, len(names)))


def typed_like(words: str) -> st.SearchStrategy[str]:
    shapes = [words, words.upper(), words.translate(OTHER_WIDTH), " ".join(words), f"\u3000{words}\u200b ", f"{words}!"]
    return st.sampled_from([*shapes, unicodedata.normalize("NFD", words), "", " ", "전혀 다른 말"])


@st.composite
def answers(draw: st.DrawFn, content: ItemContent) -> dict[str, Any]:
    """Any answer that the exam room takes for this item."""
    kind, ids = TYPES[content.type], names_of(content)
    expected, key = kind.expect(content, ids), kind.key(content, ids)
    shape = expected["shape"]
    if shape == "choices":
        return {"choices": draw(some_of(list(expected["choices"]), expected["most"]))}
    if shape == "order":
        right = list(key["order"])
        return {"order": draw(some_of(list(expected["choices"]), expected["most"]) | st.just(right))}
    if shape == "selections":
        return {
            "selections": {
                name: draw(st.sampled_from(ones)) for name, ones in expected["lists"].items() if draw(st.booleans())
            }
        }
    if shape == "pairs":
        return {"pairs": draw(pairs(expected, key))}
    return {"entries": {name: draw(typed(told)) for name, told in key["fields"].items() if draw(st.booleans())}}


@st.composite
def pairs(draw: st.DrawFn, expected: dict[str, Any], key: dict[str, Any]) -> list[dict[str, str]]:
    every = [(source, target) for source in expected["sources"] for target in expected["targets"]]
    turned = bool(expected["per_target"])
    right = [(b, a) if turned else (a, b) for a, ones in key["right"].items() for b in ones]
    chosen = draw(st.lists(st.sampled_from(every) | st.sampled_from(right), unique=True, max_size=6) | st.just(right))
    kept: list[tuple[str, str]] = []
    for source, target in chosen:
        of_source = sum(one == source for one, _ in kept) < (expected["per_source"] or 99)
        if of_source and sum(one == target for _, one in kept) < (expected["per_target"] or 99):
            kept.append((source, target))
    return [{"source": source, "target": target} for source, target in kept]


def typed(told: Any) -> st.SearchStrategy[str]:
    if isinstance(told, list):
        return st.one_of(*(typed_like(words) for one in told for words in one["texts"]))
    value, tolerance = told["value"], told["tolerance"]
    near = [value, value + tolerance, value - tolerance, value + 2 * tolerance + 1, -value]
    return st.sampled_from([f"{one!r}{unit}" for one in near for unit in ("", told["unit"], "x")] + ["", "없음"])


@pytest.mark.parametrize("version", DIALECTS)
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"extended-text"}))
@settings(deadline=None, max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink])
@given(data=st.data())
def test_an_exported_item_scores_as_we_score_it(kind: str, version: str, data: st.DataObject) -> None:
    drawn = data.draw(contents(kind))
    rule = data.draw(st.sampled_from(RULES))
    content = ItemContent(**{name: getattr(drawn, name) for name in drawn.__slots__} | {"scoring": rule})
    written = item_of(content, DIALECTS[version], "ko", KINDS).encode()
    read, _, wiring = content_of(read_document(written), ReadOptions("item.xml", "ko"))
    # Names inside an interaction may be new; places are not.
    renamed = dict(zip(names_of(content), names_of(read), strict=True))
    key = SlotKey(1, "", kind, rule, TYPES[kind].key(content, names_of(content)))
    for _ in range(4):
        answer = data.draw(answers(content))
        ours = score_slot(TYPES[kind], key, answer)
        scored = score_file(written, response_of(read, wiring, in_names(answer, renamed)))
        assert scored.maximum is not None
        assert scored.outcomes["SCORE"] / scored.maximum == pytest.approx(ours.points / ours.possible, abs=1e-12)


def in_names(answer: Any, renamed: dict[str, str]) -> Any:
    if isinstance(answer, dict):
        return {
            renamed.get(name, name): in_names(each, renamed)
            if name != "entries"
            else {renamed[one]: said for one, said in each.items()}
            for name, each in answer.items()
        }
    if isinstance(answer, list):
        return [in_names(each, renamed) for each in answer]
    return renamed.get(answer, answer)
