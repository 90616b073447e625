import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.errors import InvalidItem
from tests.support.qti import base, json_value, mapping, operator, outcome, response

DECLARED = response("identifier", "A", inside="<defaultValue><value>D</value></defaultValue>") + outcome(
    "OUT", "integer"
)


def test_a_variable_its_default_and_its_key():
    told = [
        json_value(f'<{name} identifier="RESPONSE"/>', DECLARED, {"RESPONSE": "B"}) for name in ("variable", "default")
    ]
    assert told == ["B", "D"]
    assert json_value('<correct identifier="RESPONSE"/>', DECLARED) == "A"
    assert json_value('<variable identifier="RESPONSE"/>', DECLARED) == "D"
    assert json_value('<default identifier="OUT"/>', DECLARED) is None
    assert json_value('<variable identifier="OUT"/>', DECLARED) == 0
    assert json_value("<null/>") is None


def test_only_a_response_has_a_key():
    with pytest.raises(InvalidItem) as refused:
        json_value('<correct identifier="OUT"/>', DECLARED)
    assert refused.value.rule == "unknown-variable"


def test_constants():
    assert json_value('<mathConstant name="pi"/>') == math.pi
    assert json_value('<mathConstant name="e"/>') == math.e
    with pytest.raises(InvalidItem):
        json_value('<mathConstant name="phi"/>')


@given(seed=st.integers(0, 1000))
def test_random_numbers_stay_within_their_range(seed):
    assert json_value('<randomInteger min="2" max="11" step="3"/>', seed=seed) in {2, 5, 8, 11}
    assert json_value('<randomInteger max="3"/>', seed=seed) in range(4)
    assert -1.5 <= json_value('<randomFloat min="-1.5" max="2"/>', seed=seed) <= 2
    assert 0 <= json_value('<randomFloat max="2"/>', seed=seed) <= 2


def test_bounds_may_be_variables_and_a_null_one_gives_null():
    declared = response("integer", identifier="N")
    for expression in ('<randomInteger min="{N}" max="N"/>', '<randomFloat min="N" max="{N}"/>'):
        assert json_value(expression, declared, {"N": 4}) == 4
        assert json_value(expression, declared, {"N": None}) is None


@pytest.mark.parametrize(
    "expression",
    [
        '<randomInteger min="3" max="2"/>',
        '<randomInteger max="2" step="0"/>',
        '<randomInteger max="2.5"/>',
        "<randomFloat/>",
        '<randomFloat min="3" max="2"/>',
        '<randomFloat max="RESPONSE"/>',
    ],
)
def test_a_range_that_means_nothing_is_refused(expression):
    with pytest.raises(InvalidItem):
        json_value(expression, DECLARED)


def test_a_record_is_not_mapped_and_has_no_sum():
    declared = '<responseDeclaration identifier="RESPONSE" cardinality="record"/>'
    with pytest.raises(InvalidItem):
        json_value(operator("sum", '<variable identifier="RESPONSE"/>'), declared, {"RESPONSE": {"x": 1}})
    with pytest.raises(InvalidItem):
        json_value("<null/>", declared.replace("/>", f">{mapping({'x': 1})}</responseDeclaration>"))


def test_a_point_is_not_compared_with_a_word():
    with pytest.raises(InvalidItem):
        json_value(operator("inside", base("string", "1 1"), shape="default", coords=""))
