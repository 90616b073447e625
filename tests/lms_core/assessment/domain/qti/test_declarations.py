import pytest

from lms_core.assessment.domain.qti.declarations import read_item
from lms_core.assessment.domain.qti.document import read_document
from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement
from lms_core.assessment.domain.qti.lexical import json_of
from lms_core.assessment.domain.qti.scoring import score_file
from tests.support.qti import SCORE, base, item, operator, outcome, processing, response


def read(*declarations):
    return read_item(read_document(item("".join(declarations)))).variables


def test_defaults_and_keys_are_read_by_cardinality():
    default = "<defaultValue><value>A B</value></defaultValue>"
    variables = read(response("directedPair", "C D", "E F", cardinality="ordered", inside=default))
    assert json_of(variables["RESPONSE"].default) == ["A B"]
    assert json_of(variables["RESPONSE"].correct) == ["C D", "E F"]


def test_the_fields_of_a_record_have_types_of_their_own():
    rows = (
        '<value fieldIdentifier="x" baseType="integer">3</value><value fieldIdentifier="y" baseType="point">1 2</value>'
    )
    default = f"<defaultValue>{rows}</defaultValue>"
    declared = f'<outcomeDeclaration identifier="R" cardinality="record">{default}</outcomeDeclaration>'
    assert score_file(item(declared), {}).outcomes == {"R": {"x": 3, "y": "1 2"}}


def test_what_the_specification_declares_may_be_declared_by_the_item_as_well():
    declared = outcome("completionStatus", "identifier", "not_attempted")
    rules = operator("setOutcomeValue", base("identifier", "completed"), identifier="completionStatus")
    scored = score_file(item(response("identifier") + declared, processing(rules)), "A")
    assert scored.outcomes == {"completionStatus": "completed"}
    assert scored.completion_status == "completed"


@pytest.mark.parametrize(
    ("declaration", "rule"),
    [
        (response("identifier") + SCORE + SCORE, "declared-twice"),
        (SCORE + outcome("completionStatus", "identifier") * 2, "declared-twice"),
        (response("identifier", "A", "B"), "several-values"),
        (response("identifier", "A B"), "invalid-value"),
        (response("integer", "one"), "invalid-value"),
        (response("number"), "invalid-attribute"),
        (response("identifier", cardinality="some"), "invalid-attribute"),
        ('<responseDeclaration cardinality="single" baseType="identifier"/>', "missing-attribute"),
        ('<responseDeclaration identifier="R" baseType="identifier"/>', "missing-attribute"),
        ('<responseDeclaration identifier="R" cardinality="single"/>', "missing-attribute"),
        (
            outcome(
                "G", "identifier", inside='<matchTable><matchTableEntry sourceValue="x" targetValue="A"/></matchTable>'
            ),
            "invalid-attribute",
        ),
        (
            outcome(
                "G", "integer", inside='<matchTable><matchTableEntry sourceValue="1" targetValue="A"/></matchTable>'
            ),
            "invalid-attribute",
        ),
    ],
)
def test_declarations_that_contradict_themselves_are_refused(declaration, rule):
    with pytest.raises(InvalidItem) as refused:
        read(declaration)
    assert (refused.value.rule, refused.value.line) == (rule, 2)


@pytest.mark.parametrize(
    "data",
    [
        b'<assessmentTest xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"/>',
        b'<qti-assessment-test xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"/>',
        b'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"/>',
        b"<questestinterop><item/></questestinterop>",
        b'<assessmentItem xmlns="http://example.org/other"/>',
        b"<html/>",
    ],
)
def test_what_is_no_item_is_refused_by_the_name_of_its_root(data):
    with pytest.raises(UnsupportedElement) as refused:
        score_file(data, {})
    assert (refused.value.rule, refused.value.line) == ("not-an-item", 1)


def test_what_only_the_delivery_knows_is_refused_where_it_is_used():
    context = '<contextDeclaration identifier="QTI_CONTEXT" cardinality="record"/>'
    data = item(response("identifier") + context + SCORE)
    assert score_file(data, "A").outcomes == {"SCORE": 0.0}
    named = operator("fieldValue", '<variable identifier="QTI_CONTEXT"/>', fieldIdentifier="candidateIdentifier")
    rules = operator("setOutcomeValue", operator("containerSize", named), identifier="SCORE")
    with pytest.raises(UnsupportedElement) as refused:
        score_file(item(response("identifier") + context + SCORE, processing(rules)), "A")
    assert refused.value.rule == "context-variable"
