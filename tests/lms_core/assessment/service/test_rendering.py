from datetime import date
from uuid import UUID

import orjson

from lms_core.assessment.domain.forms import Placed
from lms_core.assessment.domain.interactions import CORE_TYPES
from lms_core.assessment.service.rendering import Printer, render
from lms_core.hooks.items import Choice, ChoiceInteraction, ItemContent, Reference
from lms_core.hooks.words import Words

VERSION = UUID(int=1)
PLACED = (Placed(1, VERSION, UUID(int=2), "a", (("id-2", "b"), ("id-1", "a"))),)
CONTENT = ItemContent(
    "item",
    "choice",
    Words(ko="**무엇**인가요? <script>alert(1)</script>"),
    ChoiceInteraction(
        (
            Choice("a", Words(ko="`가`"), correct=True, feedback=Words(ko="맞습니다.")),
            Choice("b", Words(ko="나\n\n다"), feedback=Words(ko="아닙니다.")),
        )
    ),
    explanation=Words(ko="설명"),
    references=(Reference("https://example.org", checked_on=date(2026, 11, 22)),),
)


def printer() -> Printer:
    types = {one.name: one for one in CORE_TYPES}
    return Printer({VERSION: CONTENT}, {VERSION: render(CONTENT, "ko")}, types, "ko")


def test_a_question_shows_words_and_safe_html_and_no_solution() -> None:
    (line,) = printer().paper(PLACED, ()).split(b"\n")
    question = orjson.loads(line)

    assert question["prompt_html"].startswith("<p><strong>무엇</strong>인가요?")
    assert "<script" not in question["prompt_html"]
    assert [(one["id"], one["text"]) for one in question["choices"]] == [("id-2", "나\n\n다"), ("id-1", "`가`")]
    assert set(question["choices"][0]) == {"id", "text", "html"}
    assert (question["slot"], question["most"]) == (1, 1)


def test_a_choice_of_one_paragraph_fits_into_a_label() -> None:
    question = orjson.loads(printer().paper(PLACED, ()))

    assert [one["html"].count("<p>") for one in question["choices"]] == [2, 0]
    assert question["choices"][1]["html"] == "<code>가</code>"


def test_a_solution_says_what_is_right_why_and_by_what_source() -> None:
    solved = orjson.loads(printer().solution(PLACED, (), {1: {"scoring": "partial", "scoring_label": "our own"}}))

    assert solved["key"] == {"choices": ["id-1"]}
    assert [(one["correct"], one["feedback"]) for one in solved["choices"]] == [
        (False, "아닙니다."),
        (True, "맞습니다."),
    ]
    assert solved["explanation_html"] == "<p>설명</p>\n"
    assert solved["references"] == [
        {"url": "https://example.org", "title": "https://example.org", "checked_on": "2026-11-22"}
    ]
    assert (solved["domain"], solved["scoring"], solved["scoring_label"]) == ("a", "partial", "our own")


def test_a_language_the_item_lacks_falls_back_to_the_one_there_is() -> None:
    assert orjson.loads(render(CONTENT, "en"))["설명"] == "<p>설명</p>\n"
