"""Question sheets are read as people write them, and come back as they were told to."""

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cert_prep.domain.question_sheets import QUESTION_SHEET, marks
from lms_core.assessment.domain.formats import errors, export, read_items
from lms_core.assessment.domain.formats.differences import differences
from lms_core.hooks.item_formats import ReadItem, ReadOptions, WriteOptions
from lms_core.hooks.items import ItemContent, Provenance
from tests.support.banks.fidelity import lost_in
from tests.support.banks.strategies import contents

PAGE = Path(__file__).parents[3] / "docs/reference/formats.md"
OURS = Provenance("CC-BY-4.0", "Academy")
LIKE_MARKS = ["\\", "① ", "문제 1", "정답: ②", "Answer:", "해설 ①: x", "말"]
HAND = """
AZ-900 모의고사 1회

문제 1 [storage-1]
어느 중복 옵션이 지역 장애를 견디나요?

① LRS
② GRS
정답: ②
난이도: 상
출제 영역: storage
태그: azure, storage
근거: https://learn.microsoft.com/azure/storage Azure Storage
해설: GRS는 다른 지역에 사본을 둡니다.
해설 ①: 한 데이터 센터 안에만
사본을 둡니다.

Question 2.
Which two are regions?
① Korea Central
② Resource group
③ Korea South
Answer: 1, 3
Scoring: partial
"""


def read(written: str | bytes, language: str = "ko") -> list[ReadItem]:
    stream = io.BytesIO(written.encode() if isinstance(written, str) else written)
    return list(read_items(QUESTION_SHEET, stream, ReadOptions("a.sheet.txt", language, OURS)))


def test_a_sheet_is_read_as_people_write_it() -> None:
    first, second = read(HAND)
    assert first.content
    assert second.content
    said = first.content
    assert (first.line, said.identifier, said.type, said.difficulty) == (4, "storage-1", "choice", "hard")
    assert (said.objective, said.tags, said.references[0].title) == ("storage", ("azure", "storage"), "Azure Storage")
    assert [one.correct for one in said.interaction.choices] == [False, True]  # type: ignore[union-attr]
    assert said.interaction.choices[0].feedback["ko"] == "한 데이터 센터 안에만\n사본을 둡니다."  # type: ignore[union-attr]
    assert (second.content.type, second.content.scoring) == ("multiple-response", "partial")


@pytest.mark.parametrize(
    ("key", "rule"), [("", "no-key"), ("정답:", "no-key"), ("정답: ③", "unknown-name"), ("정답: 99", "unknown-name")]
)
def test_without_a_right_answer_among_the_choices_a_question_is_refused(key: str, rule: str) -> None:
    (item,) = read(f"문제 1\n맞는 것은?\n① 가\n② 나\n{key}\n")
    assert item.content is None
    assert [one.rule for one in item.problems] == [rule]


@pytest.mark.parametrize("broken", ["제목만 있는 글\n".encode(), "문제 1\n가\n".encode("euc-kr") * 9, b"\xff\xfea\0"])
def test_what_is_no_sheet_is_refused(broken: bytes) -> None:
    with pytest.raises(errors.FileRefused):
        read(broken)


@given(st.lists(st.sampled_from(LIKE_MARKS), max_size=4).map("".join))
def test_a_line_that_looks_like_a_mark_stays_text(line: str) -> None:
    written = marks.hidden(line)
    assert marks.shown(written) == line
    assert not any(one.match(written) for one in (marks.CHOICE, marks.LABEL))
    assert not marks.QUESTION.fullmatch(written)


def unique(items: list[ItemContent]) -> list[ItemContent]:
    return list({one.identifier: one for one in items}.values())


@settings(deadline=None, max_examples=60)
@given(st.lists(contents(), min_size=1, max_size=4).map(unique), st.sampled_from(["ko", "en"]))
def test_what_comes_back_differs_by_exactly_what_was_told(items: list[ItemContent], language: str) -> None:
    stream = io.BytesIO()
    told = list(export(QUESTION_SHEET, stream, items, WriteOptions(language)))
    written = [(item, one) for item, one in zip(items, told, strict=True) if one.is_written]
    stream.seek(0)
    back = list(QUESTION_SHEET.read(stream, ReadOptions("export", language, OURS)))
    assert len(back) == len(written)
    for (item, one), found in zip(written, back, strict=True):
        assert found.content is not None
        assert differences(item, found.content) == one.losses


def test_the_page_says_what_the_format_loses() -> None:
    assert lost_in(QUESTION_SHEET) in PAGE.read_text(encoding="utf-8")
