"""Packages that nobody vouches for: what is in them comes in, what is wrong with them is refused by name."""

import io
import zipfile

import pytest

from lms_core.assessment.domain.formats import CORE_FORMATS, errors, format_of, read_items
from lms_core.assessment.domain.formats.qti import archives
from lms_core.hooks.item_formats import ReadItem, ReadOptions
from lms_core.hooks.items import (
    ChoiceInteraction,
    ExtendedTextInteraction,
    MatchInteraction,
    NumericInteraction,
    Provenance,
)

OURS = Provenance("CC0-1.0", "LMS Core contributors")
QTI = "http://www.imsglobal.org/xsd/imsqti_v2p2"
MATCH = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct"
MAP = "http://www.imsglobal.org/question/qti_v2p2/rptemplates/map_response"


def item(
    body: str, declared: str, processing: str = f'<responseProcessing template="{MATCH}"/>', name="q1", extra=""
) -> str:
    score = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
    return (
        f'<assessmentItem xmlns="{QTI}" identifier="{name}" title="T" adaptive="false" timeDependent="false">'
        f"{declared}{score}<itemBody>{body}</itemBody>{processing}{extra}</assessmentItem>"
    )


def key(*values: str, cardinality="single", base="identifier", mapping="") -> str:
    said = "".join(f"<value>{one}</value>" for one in values)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{said}</correctResponse>{mapping}</responseDeclaration>"
    )


CHOICES = (
    '<p>Which?</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="0"><prompt>Pick.</prompt>'
    '<simpleChoice identifier="A"><p>One<feedbackInline outcomeIdentifier="F" identifier="A" showHide="show">Yes.'
    '</feedbackInline></p></simpleChoice><simpleChoice identifier="B" fixed="true">Two</simpleChoice>'
    '<simpleChoice identifier="C">Three</simpleChoice></choiceInteraction>'
)


def package(files: dict[str, str | bytes], tests: tuple[str, ...] = ()) -> io.BytesIO:
    resources = "".join(
        f'<resource identifier="r{at}" type="imsqti_{"test" if name in tests else "item"}_xmlv2p2" href="{name}"/>'
        for at, name in enumerate(files)
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("imsmanifest.xml", f"<manifest><resources>{resources}</resources></manifest>")
        for name, content in files.items():
            written.writestr(name, content)
    return stream


def read(stream: io.BytesIO | str, name: str = "a.qti.zip") -> list[ReadItem]:
    opened = io.BytesIO(stream.encode()) if isinstance(stream, str) else stream
    return list(read_items(format_of(CORE_FORMATS, name), opened, ReadOptions(name, "en", OURS)))


def only(written: str) -> ReadItem:
    (found,) = read(written, "a.qti.xml")
    return found


def rules(found: ReadItem) -> set[str]:
    return {one.rule for one in found.problems}


def test_a_choice_comes_with_prompt_feedback_and_pinned_choices() -> None:
    found = only(item(CHOICES, key("A")))
    assert found.content is not None
    asked = found.content.interaction
    assert isinstance(asked, ChoiceInteraction)
    assert (found.content.type, found.content.stem["en"]) == ("choice", "Which?\n\nPick.")
    assert [(one.text["en"], one.correct, one.pinned) for one in asked.choices] == [
        ("One", True, False),
        ("Two", False, True),
        ("Three", False, False),
    ]
    assert asked.choices[0].feedback == {"en": "Yes."}


def shares(**values: float) -> str:
    entries = "".join(f'<mapEntry mapKey="{name}" mappedValue="{value}"/>' for name, value in values.items())
    return f'<mapping defaultValue="0">{entries}</mapping>'


def bounded(**values: float) -> str:
    return shares(**values).replace("<mapping", '<mapping lowerBound="0"')


@pytest.mark.parametrize(
    ("mapping", "template", "scoring"),
    [
        ("", MATCH, "all-or-nothing"),
        (bounded(A=1, B=1, C=-1), MAP, "partial"),
        (bounded(A=3, B=1, C=-1), MAP, "map"),
    ],
)
def test_response_processing_is_recognised_by_what_it_gives(mapping: str, template: str, scoring: str) -> None:
    declared = key("A", "B", cardinality="multiple", mapping=mapping)
    found = only(item(CHOICES, declared, f'<responseProcessing template="{template}"/>'))
    assert found.content is not None
    assert found.content.scoring == scoring
    weights = [one.weight for one in found.content.interaction.choices]  # type: ignore[union-attr]
    assert weights == ([0.75, 0.25, -0.25] if scoring == "map" else [None, None, None])


def test_processing_that_is_none_of_ours_is_told() -> None:
    rule = (
        '<responseProcessing><setOutcomeValue identifier="SCORE">'
        '<baseValue baseType="float">1</baseValue></setOutcomeValue></responseProcessing>'
    )
    found = only(item(CHOICES, key("A"), rule))
    assert "custom-scoring" in rules(found)
    assert found.content is not None


def test_an_item_without_a_key_is_refused_and_never_guessed() -> None:
    found = only(item(CHOICES, key(), ""))
    assert (found.content, rules(found)) == (None, {"no-processing", "no-key"})


def test_what_is_written_for_scorers_is_the_rubric() -> None:
    body = (
        '<p>Why?</p><extendedTextInteraction responseIdentifier="RESPONSE"/><rubricBlock view="scorer">'
        "<p>Names a cause</p></rubricBlock>"
    )
    declared = '<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string"/>'
    found = only(item(body, declared, ""))
    assert found.content is not None
    asked = found.content.interaction
    assert isinstance(asked, ExtendedTextInteraction)
    assert [one.text["en"] for one in asked.rubric] == ["Names a cause"]
    assert "rubric-points" in rules(found)


def test_a_rubric_block_beside_another_question_is_told_as_lost() -> None:
    assert "lost-rubric" in rules(
        only(item(f'<rubricBlock view="candidate"><p>Read.</p></rubricBlock>{CHOICES}', key("A")))
    )


def test_numbers_associations_hot_text_and_sliders_become_what_is_nearest() -> None:
    number = only(item('<p>n <textEntryInteraction responseIdentifier="RESPONSE"/></p>', key("4", base="integer")))
    assert number.content is not None
    assert isinstance(number.content.interaction, NumericInteraction)
    assert number.content.stem["en"] == "n [[RESPONSE]]"
    choices = "".join(
        f'<simpleAssociableChoice identifier="{one}" matchMax="1">{one}</simpleAssociableChoice>' for one in "ABCD"
    )
    pairs = key("A B", "C D", cardinality="multiple", base="pair")
    matched = only(item(f'<associateInteraction responseIdentifier="RESPONSE">{choices}</associateInteraction>', pairs))
    assert matched.content is not None
    assert isinstance(matched.content.interaction, MatchInteraction)
    hot = (
        '<hottextInteraction responseIdentifier="RESPONSE">'
        '<p>The <hottext identifier="A">cat</hottext> <hottext identifier="B">sat</hottext>.</p>'
        "</hottextInteraction>"
    )
    text = only(item(hot, key("A")))
    assert text.content is not None
    assert (text.content.type, text.content.stem["en"]) == ("choice", "The cat sat.")
    assert {"converted-type"} <= rules(matched) & rules(text)


@pytest.mark.parametrize(
    "name", ["uploadInteraction", "drawingInteraction", "positionObjectInteraction", "mediaInteraction"]
)
def test_what_cannot_be_asked_here_is_refused_by_name(name: str) -> None:
    found = only(item(f'<{name} responseIdentifier="RESPONSE"/>', key("A")))
    assert found.content is None
    assert name in str(found.errors[0].text)


def test_several_questions_in_one_item_are_refused_by_name() -> None:
    assert rules(only(item(CHOICES + CHOICES, key("A")))) == {"several-interactions"}


def test_items_of_a_test_come_in_its_order_with_headings_as_tags() -> None:
    sections = (
        '<testPart identifier="p"><timeLimits maxTime="60"/>'
        '<assessmentSection identifier="s" title="Storage" visible="true">'
        '<assessmentItemRef identifier="b" href="b.xml"/>'
        '<assessmentItemRef identifier="a" href="a.xml"/></assessmentSection></testPart>'
    )
    test = f'<assessmentTest xmlns="{QTI}" identifier="t" title="T">{sections}</assessmentTest>'
    items = {f"{one}.xml": item(CHOICES.replace("Which", one), key("A"), name=one) for one in "abc"}
    found = read(package({"test.xml": test, **items}, tests=("test.xml",)))
    assert [(one.line, one.identifier) for one in found] == [(1, "b"), (2, "a"), (3, "c")]
    assert [one.content.tags for one in found if one.content] == [("Storage",), ("Storage",), ()]
    assert [one.rule for one in found[0].problems if "timeLimits" in str(one.text)] == ["not-taken"]


def test_a_test_that_leads_to_itself_is_refused() -> None:
    test = (
        f'<assessmentTest xmlns="{QTI}" identifier="t" title="T"><testPart identifier="p">'
        '<assessmentSectionRef identifier="s" href="test.xml"/></testPart></assessmentTest>'
    )
    with pytest.raises(errors.BrokenFile, match="back to itself"):
        read(package({"test.xml": test}, tests=("test.xml",)))


@pytest.mark.parametrize("name", ["../a.xml", "/etc/a.xml", "a\\b.xml"])
def test_a_path_out_of_the_package_is_refused(name: str) -> None:
    stream = package({"b.xml": item(CHOICES, key("A"))})
    with zipfile.ZipFile(stream, "a") as written:
        written.writestr(name, "x")
    with pytest.raises(archives.UnsafePath):
        read(stream)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(errors.FileTooLarge):
        read(package({"a.xml": b"\0" * 30_000_000}))


def test_an_encrypted_package_is_refused() -> None:
    data = bytearray(package({"a.xml": item(CHOICES, key("A"))}).getvalue())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(archives.EncryptedFile):
        read(io.BytesIO(bytes(data)))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MEMBER_LIMIT", 2)
    with pytest.raises(errors.BrokenFile, match="more than 2"):
        read(package({f"{at}.xml": "x" for at in range(3)}))


def test_a_package_that_is_cut_off_or_has_no_manifest_is_refused() -> None:
    whole = package({"a.xml": item(CHOICES, key("A"))}).getvalue()
    with pytest.raises(errors.TruncatedFile):
        read(io.BytesIO(whole[:-40]))
    bare = io.BytesIO()
    with zipfile.ZipFile(bare, "w") as written:
        written.writestr("a.xml", "x")
    with pytest.raises(errors.BrokenFile, match="imsmanifest"):
        read(bare)


def test_an_item_with_entities_or_that_is_not_there_is_refused_and_the_others_come_in() -> None:
    hostile = '<!DOCTYPE x [<!ENTITY a "b">]><assessmentItem/>'
    stream = package({"a.xml": hostile, "b.xml": item(CHOICES, key("A")), "c.xml": ""})
    found = read(stream)
    assert [sorted(rules(one)) for one in found if one.content is None] == [["xml-entities"], ["truncated"]]
    assert [one.identifier for one in found if one.content] == ["q1"]


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        (item(CHOICES, key("A"))[:-30], errors.TruncatedFile),
        ("<!DOCTYPE x><assessmentItem/>", errors.EntitiesRefused),
        ("<quiz/>", errors.BrokenFile),
    ],
)
def test_a_single_file_is_refused_by_name(written: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read(written, "a.qti.xml")
