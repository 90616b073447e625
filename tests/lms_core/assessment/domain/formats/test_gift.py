import io

import pytest

from lms_core.assessment.domain.formats.errors import BrokenFile, TruncatedFile
from lms_core.assessment.domain.formats.gift import read_gift
from lms_core.assessment.domain.items import choices_of
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import NumericField, NumericInteraction


def read(written: str) -> list[ReadItem]:
    return list(read_gift(io.BytesIO(written.encode()), ReadOptions("a.gift", language="en")))


def only(written: str) -> ReadItem:
    (item,) = read(written)
    return item


def test_a_question_with_everything() -> None:
    item = only(
        "// note\n$CATEGORY: top/azure/storage\n\n::a\\:1:: [markdown]Which \\{one\\}?\\nNow {\n"
        "=Right \\= good#Because.\n~Wrong#No \\# never\n~Other\n####In general.\n}\n"
    )

    assert item.content is not None
    assert item.content.identifier == "a:1"
    assert item.content.stem["en"] == "Which {one}?\nNow"
    assert [(c.text["en"], c.correct, c.feedback.in_("en")) for c in choices_of(item.content)] == [
        ("Right = good", True, "Because."),
        ("Wrong", False, "No # never"),
        ("Other", False, ""),
    ]
    assert item.content.explanation["en"] == "In general."
    assert item.content.tags == ("storage",)
    assert item.line == 4


def test_equal_weights_are_a_multiple_response_with_partial_credit() -> None:
    content = only("Pick two {~%50%A ~%50%B ~C}").content
    assert content is not None
    assert (content.type, content.scoring) == ("multiple-response", "partial")
    assert [choice.correct for choice in choices_of(content)] == [True, True, False]


def test_unequal_weights_are_kept_as_a_map() -> None:
    content = only("Pick {~%75%A ~%25%B ~%-50%C}").content
    assert content is not None
    assert content.scoring == "map"
    assert [choice.weight for choice in choices_of(content)] == [0.75, 0.25, -0.5]


def test_a_missing_word_keeps_its_place() -> None:
    content = only("Water boils at {=100 ~90} degrees.").content
    assert content is not None
    assert content.stem["en"] == "Water boils at _____ degrees."


def test_html_becomes_markdown_and_is_told() -> None:
    item = only("[html]<p>Which <b>one</b>?</p> {=<code>a</code> ~b}")
    assert item.content is not None
    assert item.content.stem["en"] == "Which **one**?"
    assert "converted-markup" in {problem.rule for problem in item.problems}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("Sun rises {T}", "choice"),
        ("Sun sets {FALSE#no#yes}", "choice"),
        ("How many {#3:1}", "numeric"),
        ("How many {#=3..5}", "numeric"),
        ("Say {=yes =yeah}", "text-entry"),
        ("Match {=a -> b =c -> d}", "matching"),
        ("Write {}", "extended-text"),
    ],
)
def test_every_kind_of_question_is_read_as_its_type(written: str, kind: str) -> None:
    content = only(written).content
    assert content is not None
    assert content.type == kind


def test_feedback_of_true_and_false_stands_at_the_choice_it_belongs_to() -> None:
    content = only("Sun sets {FALSE#It does.#Well seen.}").content
    assert content is not None
    assert [(c.text["en"], c.correct, c.feedback.in_("en")) for c in choices_of(content)] == [
        ("True", False, "It does."),
        ("False", True, "Well seen."),
    ]


@pytest.mark.parametrize(
    ("written", "value", "tolerance"),
    [("{#5}", 5, 0), ("{#-2:0.5}", -2, 0.5), ("{#1..2}", 1.5, 0.5), ("{#=1e3}", 1000, 0)],
)
def test_numbers_come_with_their_tolerance(written: str, value: float, tolerance: float) -> None:
    content = only(f"How many {written}").content
    assert content is not None
    assert content.interaction == NumericInteraction((NumericField("answer", value, tolerance),))


def test_a_star_in_a_short_answer_stands_for_anything() -> None:
    content = only("Name it {=virt*machine =%50%VM}").content
    assert content is not None
    assert content.scoring == "map"
    (field,) = content.interaction.fields  # type: ignore[union-attr]
    assert [(one.text.in_("en"), one.match, one.weight) for one in field.answers] == [
        ("virt.*machine", "pattern", None),
        ("VM", "folded", 0.5),
    ]


@pytest.mark.parametrize(
    ("written", "rule"),
    [("Just words", "no-question"), ("How many {#=1 =2}", "no-number"), ("How many {#some}", "no-number")],
)
def test_what_makes_no_question_is_refused_by_name(written: str, rule: str) -> None:
    item = only(written)
    assert item.content is None
    assert [problem.rule for problem in item.problems] == [rule]


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("Which? {~a ~b}", "no-key"),
        ("Which? {=a =b ~c}", "several-keys"),
        ("Which? {=a ~ a}", "equal-choices"),
        ("{=a ~b}", "empty-stem"),
        ("q1 {=a ~b}", "placeholder"),
        ("Which? {=option 1 ~option 2}", "placeholder"),
        ("Which? {=a ~}", "empty-choice"),
    ],
)
def test_an_unusable_question_is_refused_with_its_rule_and_line(written: str, rule: str) -> None:
    item = only("\n\n" + written)
    assert item.content is None
    assert rule in {problem.rule for problem in item.errors}
    assert item.line == 3


def test_a_question_without_a_title_keeps_its_name_on_the_next_read() -> None:
    assert only("Which? {=a ~b}").identifier == only("Which?  {\n~b\n=a\n}").identifier != ""


def test_a_file_that_ends_inside_a_question_is_refused() -> None:
    with pytest.raises(TruncatedFile) as refused:
        read("A? {=a ~b}\n\nB? {=a ~b\n")
    assert refused.value.line == 3


def test_a_question_that_swallows_the_next_is_refused() -> None:
    with pytest.raises(BrokenFile):
        read("::A:: A? {=a ~b\n\n::B:: B? {=a ~b}\n")


def test_a_title_behind_closed_braces_begins_the_next_question() -> None:
    first, second = read("::a:: One {=1 ~2}\n::b:: Two {\n=3 ~4\n}\n")
    assert [one.content.identifier for one in (first, second) if one.content] == ["a", "b"]
    assert (first.line, second.line) == (1, 2)


def test_two_questions_without_a_blank_line_are_told_and_not_joined() -> None:
    item = only("One {=1 ~2}\nTwo {=3 ~4}\n")
    assert item.content is None
    assert [problem.rule for problem in item.problems] == ["several-questions"]


def test_a_category_behind_closed_braces_ends_the_question_and_holds_for_the_next() -> None:
    first, second = read("One {=1 ~2}\n$CATEGORY: top/later\nTwo {=3 ~4}\n")
    assert [one.content.tags for one in (first, second) if one.content] == [(), ("later",)]
    assert (first.line, second.line) == (1, 3)
