import io
import tracemalloc
from collections.abc import Iterator

import pytest

from lms_core.assessment.domain.formats import errors
from lms_core.assessment.domain.formats.moodle_xml import read_moodle_xml
from lms_core.assessment.domain.items import choices_of
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import GapMatchInteraction, InlineChoiceInteraction

ANSWERS = '<answer fraction="100"><text>A</text></answer><answer fraction="0"><text>B</text></answer>'


def read(written: str | bytes) -> list[ReadItem]:
    data = written.encode() if isinstance(written, str) else written
    return list(read_moodle_xml(io.BytesIO(data), ReadOptions("a.xml", language="en")))


def quiz(body: str) -> str:
    return f'<?xml version="1.0"?>\n<quiz>\n{body}\n</quiz>'


def question(stem: str = "Which?", answers: str = ANSWERS, extra: str = "", kind: str = "multichoice") -> str:
    return (
        f'<question type="{kind}"><name><text>n</text></name><questiontext format="html"><text>{stem}</text>'
        f"</questiontext>{extra}{answers}</question>"
    )


def test_fractions_of_a_multiple_response() -> None:
    answers = "".join(
        f'<answer fraction="{fraction}"><text>{name}</text></answer>'
        for fraction, name in ((50, "A"), (50, "B"), (0, "C"))
    )
    (item,) = read(quiz(question(answers=answers, extra="<single>false</single>")))
    assert item.content is not None
    assert (item.content.type, item.content.scoring) == ("multiple-response", "partial")
    assert [choice.correct for choice in choices_of(item.content)] == [True, True, False]


def test_html_tags_general_feedback_and_id_number_are_taken() -> None:
    extra = (
        "<idnumber>q-7</idnumber><generalfeedback><text>Why.</text></generalfeedback>"
        "<tags><tag><text>storage</text></tag></tags>"
    )
    (item,) = read(quiz(question("<![CDATA[<p>Which <em>one</em>?</p>]]>", extra=extra)))
    assert item.content is not None
    assert item.identifier == "q-7"
    assert item.content.stem["en"] == "Which *one*?"
    assert item.content.explanation["en"] == "Why."
    assert item.content.tags == ("storage",)


def answer(share: float, words: str, inside: str = "") -> str:
    return f'<answer fraction="{share}"><text>{words}</text>{inside}</answer>'


PAIR = "<subquestion><text>%s</text><answer><text>%s</text></answer></subquestion>"
OPTION = "<%s><text>%s</text><group>%s</group></%s>"
KINDS = {
    "truefalse": (answer(0, "true") + answer(100, "false"), "choice"),
    "shortanswer": (answer(100, "yes") + answer(50, "yeah"), "text-entry"),
    "numerical": (answer(100, "5", "<tolerance>0.5</tolerance>"), "numeric"),
    "matching": (PAIR % ("a", "b") + PAIR % ("c", "d") + PAIR % ("", "e"), "matching"),
    "essay": ("<graderinfo><text>Model.</text></graderinfo>", "extended-text"),
    "ordering": (answer(1, "first") + answer(2, "second") + answer(3, "third"), "ordering"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_question_is_read_as_its_type(kind: str) -> None:
    answers, wanted = KINDS[kind]
    (item,) = read(quiz(question(answers=answers, kind=kind)))
    assert item.content is not None
    assert item.content.type == wanted


def test_gaps_name_what_belongs_there() -> None:
    boxes = "".join(OPTION % ("dragbox", words, group, "dragbox") for words, group in (("x", 1), ("y", 1), ("z", 1)))
    (item,) = read(quiz(question("Put [[2]] before [[1]].", answers=boxes, kind="ddwtos")))
    assert item.content is not None
    assert item.content.stem["en"] == "Put [[g0]] before [[g1]]."
    asked = item.content.interaction
    assert isinstance(asked, GapMatchInteraction)
    placed = {pair.target: pair.source for pair in asked.key}
    texts = {text.identifier: text.text["en"] for text in asked.texts}
    assert [texts[placed[name]] for name in asked.gaps] == ["y", "x"]


def test_a_list_in_the_text_offers_the_choices_of_its_group() -> None:
    options = "".join(
        OPTION % ("selectoption", words, group, "selectoption")
        for words, group in (("a", 1), ("b", 1), ("c", 2), ("d", 2))
    )
    (item,) = read(quiz(question("Take [[1]] and [[4]].", answers=options, kind="gapselect")))
    assert item.content is not None
    asked = item.content.interaction
    assert isinstance(asked, InlineChoiceInteraction)
    listed = [[(choice.text["en"], choice.correct) for choice in group.choices] for group in asked.groups]
    assert listed == [[("a", True), ("b", False)], [("c", False), ("d", True)]]


@pytest.mark.parametrize("kind", ["cloze", "ddmarker", "description", ""])
def test_other_kinds_are_refused_by_name(kind: str) -> None:
    (item,) = read(quiz(question(kind=kind)))
    assert [(problem.rule, problem.text.values["type"]) for problem in item.errors] == [("not-importable", kind)]


@pytest.mark.parametrize(
    ("kind", "stem", "answers", "rule"),
    [
        ("truefalse", "Is it?", answer(0, "true") + answer(0, "false"), "no-key"),
        ("numerical", "How many?", answer(100, "5") + answer(100, "6"), "no-number"),
        ("numerical", "How many?", answer(100, "many"), "unreadable-mark"),
        ("ddwtos", "Put [[3]].", OPTION % ("dragbox", "x", 1, "dragbox"), "no-key"),
        ("gapselect", "No gap.", OPTION % ("selectoption", "x", 1, "selectoption"), "no-key"),
    ],
)
def test_a_key_is_never_guessed(kind: str, stem: str, answers: str, rule: str) -> None:
    (item,) = read(quiz(question(stem, answers=answers, kind=kind)))
    assert item.content is None
    assert [problem.rule for problem in item.errors] == [rule]


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ('<!DOCTYPE quiz [<!ENTITY a "b">]><quiz></quiz>', errors.EntitiesRefused),
        ('<!DOCTYPE quiz SYSTEM "file:///etc/passwd"><quiz></quiz>', errors.EntitiesRefused),
        ("<quiz>&passwords;</quiz>", errors.EntitiesRefused),
        ("<quiz><question></quiz>", errors.BrokenFile),
        ("<quiz>a < b</quiz>", errors.BrokenFile),
        ("<html></html>", errors.BrokenFile),
        ("<quiz><question>", errors.TruncatedFile),
        ('<?xml version="1.0" encoding="euc-kr"?><quiz></quiz>', errors.WrongEncoding),
        ("<quiz>가</quiz>".encode("euc-kr"), errors.WrongEncoding),
    ],
)
def test_a_bad_file_gets_its_own_refusal(written: str | bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read(written)


def test_a_fraction_that_is_no_number_refuses_the_question() -> None:
    (item,) = read(quiz(question(answers='<answer fraction="all"><text>A</text></answer>')))
    assert [problem.rule for problem in item.errors] == ["unreadable-mark"]


def test_memory_stays_flat_over_many_questions() -> None:
    class Endless(io.RawIOBase):
        """A quiz of many questions that never exists as a whole."""

        def __init__(self, count: int) -> None:
            self._parts = self._pieces(count)
            self._left = b""

        def _pieces(self, count: int) -> Iterator[bytes]:
            yield b"<quiz>"
            for number in range(count):
                yield question(f"Which of these is number {number}?").encode()
            yield b"</quiz>"

        def read(self, size: int = -1) -> bytes:
            while len(self._left) < size and (piece := next(self._parts, None)):
                self._left += piece
            given, self._left = self._left[:size], self._left[size:]
            return given

    def peak(count: int) -> int:
        tracemalloc.start()
        total = sum(1 for _ in read_moodle_xml(Endless(count), ReadOptions("a.xml")))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert total == count
        return highest

    assert peak(6000) < 1.5 * peak(1500)
