import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement
from lms_core.assessment.domain.qti.scoring import score_file
from lms_core.assessment.domain.qti.templates import MOST_TRIES
from tests.support.qti import SCORE, as_version_3, base, item, operator, outcome, response, template


def drawn(identifier, default=""):
    value = f"<defaultValue><value>{default}</value></defaultValue>" if default else ""
    head = f'identifier="{identifier}" cardinality="single" baseType="integer"'
    return f"<templateDeclaration {head}>{value}</templateDeclaration>"


def sets(identifier, expression, rule="setTemplateValue"):
    return operator(rule, expression, identifier=identifier)


def variable(identifier):
    return f'<variable identifier="{identifier}"/>'


def is_past(number):
    return operator("gt", variable("X"), base("integer", number))


def rules(inside):
    return f"<templateProcessing>{inside}</templateProcessing>"


SUM = operator("sum", variable("X"), variable("Y"))
ADDITION = item(
    response("integer") + SCORE + drawn("X") + drawn("Y"),
    rules(
        sets("X", '<randomInteger min="1" max="9"/>')
        + sets("Y", '<randomInteger min="10" max="90" step="10"/>')
        + sets("RESPONSE", SUM, "setCorrectResponse")
    )
    + template("match_correct"),
)


@pytest.mark.parametrize("spelling", [bytes, as_version_3], ids=["2.1", "3.0"])
@given(seed=st.integers(0, 10_000))
def test_every_clone_is_scored_by_its_own_numbers(spelling, seed):
    data = spelling(ADDITION)
    first = score_file(data, 0, seed)
    x, y = first.template["X"], first.template["Y"]
    assert x in range(1, 10)
    assert y in range(10, 91, 10)
    assert score_file(data, x + y, seed).outcomes["SCORE"] == 1
    assert score_file(data, x + y + 1, seed).outcomes["SCORE"] == 0
    assert score_file(data, 0, seed).template == first.template
    assert first.maximum == 1


def test_seeds_draw_different_clones():
    assert len({score_file(ADDITION, 0, seed).template["X"] for seed in range(40)}) > 5


CONSTRAINED = rules(
    sets("X", '<randomInteger min="0" max="20"/>')
    + operator("templateConstraint", operator("gt", variable("X"), base("integer", 15)))
    + sets("Y", variable("X"))
)


@given(seed=st.integers(0, 500))
def test_a_constraint_draws_until_it_holds(seed):
    told = score_file(item(drawn("X", "99") + drawn("Y"), CONSTRAINED), {}, seed).template
    assert 15 < told["X"] <= 20
    assert told["Y"] == told["X"]


def test_a_constraint_that_never_holds_ends_with_the_defaults():
    counted = sets("X", operator("sum", variable("X"), base("integer", 1)))
    never = operator("templateConstraint", operator("lt", variable("X"), base("integer", 0)))
    told = score_file(item(drawn("X", "7") + drawn("Y", "1"), rules(counted + never + sets("Y", variable("X")))), {})
    assert told.template == {"X": 7, "Y": 7}
    assert MOST_TRIES >= 100


def test_conditions_and_the_exit():
    branches = (
        "<templateCondition>"
        f"<templateIf>{is_past(5)}{sets('Y', base('integer', 1))}<exitTemplate/></templateIf>"
        f"<templateElseIf>{is_past(3)}{sets('Y', base('integer', 2))}</templateElseIf>"
        f"<templateElse>{sets('Y', base('integer', 3))}</templateElse></templateCondition>"
    )
    after = sets("X", base("integer", 0))
    for start, told in ((6, {"X": 6, "Y": 1}), (4, {"X": 0, "Y": 2}), (1, {"X": 0, "Y": 3})):
        assert score_file(item(drawn("X", str(start)) + drawn("Y"), rules(branches + after)), {}).template == told


def test_defaults_of_responses_and_outcomes_are_set():
    declared = response("integer") + outcome("MAXSCORE") + SCORE
    inside = sets("RESPONSE", base("integer", 4), "setDefaultValue") + sets(
        "MAXSCORE", base("float", 9), "setDefaultValue"
    )
    keyed = rules(inside + sets("RESPONSE", base("integer", 4), "setCorrectResponse"))
    data = item(declared, keyed + template("match_correct"))
    assert score_file(data, {}).outcomes == {"MAXSCORE": 9.0, "SCORE": 1.0}
    assert score_file(data, {"RESPONSE": 5}).outcomes["SCORE"] == 0


@pytest.mark.parametrize(
    ("inside", "error"),
    [
        (sets("Z", base("integer", 1)), InvalidItem),
        (sets("RESPONSE", base("integer", 1)), InvalidItem),
        (sets("X", base("string", "a")), InvalidItem),
        (sets("X", '<randomInteger min="3" max="1"/>'), InvalidItem),
        (sets("X", '<randomInteger min="1"/>'), InvalidItem),
        ('<setOutcomeValue identifier="SCORE"><null/></setOutcomeValue>', UnsupportedElement),
        (operator("templateConstraint", base("integer", 1)), InvalidItem),
    ],
)
def test_a_template_that_cannot_be_followed_is_refused(inside, error):
    with pytest.raises(error) as refused:
        score_file(item(response("integer") + drawn("X"), rules(inside)), {})
    assert refused.value.line == 4


def test_templates_that_call_for_each_other_without_end_are_ended():
    endless = sets("X", variable("Y")) + sets("Y", operator("sum", variable("X"), base("integer", 1)))
    never = operator("templateConstraint", operator("isNull", variable("Y")))
    data = item(drawn("X", "1") + drawn("Y", "2"), rules(endless + never + never))
    assert score_file(data, {}).template == {"X": 1, "Y": 2}
