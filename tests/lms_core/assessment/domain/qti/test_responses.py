import pytest

from lms_core.assessment.domain.qti.errors import InvalidResponse
from lms_core.assessment.domain.qti.scoring import score_file
from tests.support.qti import SCORE, item, json_value, operator, outcome, processing, response

RESPONSE = '<variable identifier="RESPONSE"/>'


def read(given, base_type="identifier", cardinality="single"):
    return json_value(RESPONSE, response(base_type, cardinality=cardinality), {"RESPONSE": given})


@pytest.mark.parametrize(
    ("base_type", "given", "told"),
    [
        ("identifier", "A", "A"),
        ("identifier", ["A"], "A"),
        ("identifier", {"base": {"identifier": "A"}}, "A"),
        ("identifier", {"base": None}, None),
        ("identifier", None, None),
        ("string", "  New\nYork ", "  New\nYork "),
        ("string", "", None),
        ("integer", 3, 3),
        ("integer", " 3 ", 3),
        ("float", 2.5, 2.5),
        ("float", 2, 2.0),
        ("float", "2.5e1", 25.0),
        ("float", "INF", "INF"),
        ("boolean", True, True),
        ("boolean", "false", False),
        ("duration", 12, 12.0),
        ("pair", "B A", "B A"),
        ("pair", ["B", "A"], "B A"),
        ("directedPair", {"base": {"directedPair": ["B", "A"]}}, "B A"),
        ("point", "3 4", "3 4"),
        ("point", [3, 4], "3 4"),
        ("uri", "a.html", "a.html"),
        ("file", "essay.pdf", "essay.pdf"),
    ],
)
def test_one_value_of_each_type(base_type, given, told):
    assert read(given, base_type) == told


@pytest.mark.parametrize(
    ("base_type", "given", "told"),
    [
        ("identifier", ["A", "B"], ["A", "B"]),
        ("identifier", "A", ["A"]),
        ("identifier", [], None),
        ("identifier", {"list": {"identifier": ["A"]}}, ["A"]),
        ("pair", ["A B", "C D"], ["A B", "C D"]),
        ("pair", [["A", "B"], "C D"], ["A B", "C D"]),
        ("pair", ["A", "B"], ["A B"]),
        ("point", [[1, 2], "3 4"], ["1 2", "3 4"]),
        ("point", [1, 2], ["1 2"]),
        ("string", ["a", "", None, "b"], ["a", "b"]),
        ("integer", [1, "2"], [1, 2]),
    ],
)
@pytest.mark.parametrize("cardinality", ["multiple", "ordered"])
def test_several_values_of_a_type(base_type, given, told, cardinality):
    assert read(given, base_type, cardinality) == told


@pytest.mark.parametrize(
    ("base_type", "given"),
    [
        ("identifier", "A B"),
        ("identifier", 3),
        ("identifier", ["A", "B"]),
        ("identifier", {"base": {"string": "A"}}),
        ("identifier", {"value": "A"}),
        ("integer", 3.5),
        ("integer", "3.0"),
        ("integer", "٣"),
        ("integer", True),
        ("integer", 10**30),
        ("float", "1_000"),
        ("float", "nan"),
        ("boolean", 1),
        ("duration", -1),
        ("pair", "A"),
        ("pair", "A B C"),
        ("point", "1"),
        ("point", [1.5, 2]),
        ("string", 7),
        ("string", {"a": {}}),
    ],
)
def test_another_shape_is_refused_with_the_line_of_its_declaration(base_type, given):
    with pytest.raises(InvalidResponse) as refused:
        read(given, base_type)
    assert (refused.value.rule, refused.value.line) == ("wrong-shape", 2)
    assert "RESPONSE" in str(refused.value.reason)


@pytest.mark.parametrize(
    "given",
    [
        {"stringValue": "12.50", "floatValue": 12.5, "leftDigits": 2, "exponent": None},
        {"stringValue": "12.50", "floatValue": "12.5", "leftDigits": "2"},
        {"stringValue": {"base": {"string": "12.50"}}, "floatValue": {"float": 12.5}, "leftDigits": 2},
        {
            "record": [
                {"name": "stringValue", "base": {"string": "12.50"}},
                {"name": "floatValue", "base": {"float": 12.5}},
                {"name": "leftDigits", "base": {"integer": 2}},
                {"name": "exponent", "base": None},
            ]
        },
    ],
)
def test_a_record_has_fields_with_types_of_their_own(given):
    declared = '<responseDeclaration identifier="RESPONSE" cardinality="record"/>'
    told = json_value(RESPONSE, declared, {"RESPONSE": given})
    assert told == {"stringValue": "12.50", "floatValue": 12.5, "leftDigits": 2}
    assert json_value(RESPONSE, declared, {"RESPONSE": {}}) is None


def test_a_record_of_other_shapes_is_refused():
    declared = '<responseDeclaration identifier="RESPONSE" cardinality="record"/>'
    for given in ("text", {"a": [1]}, {"record": [{"base": {}}]}, {"a": {"colour": "red"}}):
        with pytest.raises(InvalidResponse):
            json_value(RESPONSE, declared, {"RESPONSE": given})


def test_variables_that_nobody_declared_are_refused_by_name():
    for given in ({"RESPONSE": "A", "OTHER": 1}, {"RESPONS": "A"}, {"numAttempts": 3, "RESPONSE": "A"}):
        with pytest.raises(InvalidResponse) as refused:
            score_file(item(response("identifier")), given)
        assert refused.value.rule == "unknown-response"


@pytest.mark.parametrize("given", ["A", ["A"], {"base": {"identifier": "A"}}, {"RESPONSE": "A"}])
def test_the_value_of_an_only_variable_may_stand_without_its_name(given):
    kept = operator("setOutcomeValue", RESPONSE, identifier="KEPT")
    data = item(response("identifier") + outcome("KEPT", "identifier"), processing(kept))
    assert score_file(data, given).outcomes == {"KEPT": "A"}


def test_an_only_record_may_stand_without_its_name():
    field = operator("fieldValue", RESPONSE, fieldIdentifier="integerValue")
    rules = processing(operator("setOutcomeValue", field, identifier="SCORE"))
    data = item('<responseDeclaration identifier="RESPONSE" cardinality="record"/>' + SCORE, rules)
    for given in ({"integerValue": 3}, {"RESPONSE": {"integerValue": 3}}):
        assert score_file(data, given).outcomes == {"SCORE": 3.0}


def test_two_variables_need_their_names():
    declared = response("identifier", identifier="ONE") + response("identifier", identifier="TWO")
    with pytest.raises(InvalidResponse) as refused:
        score_file(item(declared), "A")
    assert refused.value.rule == "not-an-object"
    assert score_file(item(declared), {"ONE": "A"}).outcomes == {}
