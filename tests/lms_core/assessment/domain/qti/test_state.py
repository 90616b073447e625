import pytest

from lms_core.assessment.domain.qti.errors import InvalidItem
from lms_core.assessment.domain.qti.scoring import score_file
from tests.support.qti import base, item, operator, processing, response


def set_to(expression, base_type, cardinality, declared=""):
    head = f'identifier="OUT" cardinality="{cardinality}"' + (f' baseType="{base_type}"' if base_type else "")
    rules = processing(operator("setOutcomeValue", expression, identifier="OUT"))
    return score_file(item(f"{declared}<outcomeDeclaration {head}/>", rules), {}).outcomes["OUT"]


def several(container, base_type, *values):
    return operator(container, *(base(base_type, each) for each in values))


@pytest.mark.parametrize(
    ("expression", "base_type", "cardinality", "told"),
    [
        (base("integer", 2), "float", "single", 2.0),
        (base("float", 2), "integer", "single", 2),
        (base("identifier", "A"), "string", "single", "A"),
        (base("integer", 90), "duration", "single", 90.0),
        (base("identifier", "A"), "identifier", "multiple", ["A"]),
        (base("identifier", "A"), "string", "ordered", ["A"]),
        (several("multiple", "integer", 1, 2), "float", "multiple", [1.0, 2.0]),
        (several("ordered", "pair", "A B"), "pair", "ordered", ["A B"]),
        ("<null/>", "pair", "ordered", None),
    ],
)
def test_a_value_becomes_what_the_variable_takes_where_nothing_is_lost(expression, base_type, cardinality, told):
    found = set_to(expression, base_type, cardinality)
    assert found == told
    assert type(found) is type(told)


@pytest.mark.parametrize(
    ("expression", "base_type", "cardinality"),
    [
        (base("float", 2.5), "integer", "single"),
        (base("float", "INF"), "integer", "single"),
        (base("integer", 1), "boolean", "single"),
        (base("pair", "A B"), "directedPair", "single"),
        (base("string", "3"), "integer", "multiple"),
        (several("multiple", "identifier", "A"), "identifier", "single"),
        (several("multiple", "identifier", "A"), "identifier", "ordered"),
        (several("multiple", "float", 1, 2.5), "integer", "multiple"),
        (base("integer", 1), "", "record"),
    ],
)
def test_another_value_is_refused_with_what_is_taken(expression, base_type, cardinality):
    with pytest.raises(InvalidItem) as refused:
        set_to(expression, base_type, cardinality)
    assert (refused.value.rule, refused.value.element) == ("wrong-type", "setOutcomeValue")
    assert cardinality in str(refused.value.reason)


def test_a_record_goes_where_a_record_is_declared():
    rows = '<defaultValue><value fieldIdentifier="x" baseType="integer">3</value></defaultValue>'
    declared = f'<responseDeclaration identifier="R" cardinality="record">{rows}</responseDeclaration>'
    assert set_to('<variable identifier="R"/>', "", "record", declared) == {"x": 3}
    with pytest.raises(InvalidItem):
        set_to('<variable identifier="R"/>', "integer", "single", declared + response("integer", identifier="N"))
