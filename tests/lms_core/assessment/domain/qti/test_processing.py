import pytest

from lms_core.assessment.domain.qti.errors import InvalidItem, UnsupportedElement
from lms_core.assessment.domain.qti.scoring import score_file
from tests.support.qti import SCORE, TEMPLATES, base, item, mapping, operator, outcome, processing, response, template

RESPONSE = '<variable identifier="RESPONSE"/>'
KEYED = f'<match>{RESPONSE}<correct identifier="RESPONSE"/></match>'
CHOICE = response("identifier", "A")


def sets(identifier, expression, rule="setOutcomeValue"):
    return operator(rule, expression, identifier=identifier)


def is_answered(name):
    return f"<match>{RESPONSE}{base('identifier', name)}</match>"


def outcomes(rules, given, declarations=CHOICE + SCORE, **options):
    return score_file(item(declarations, processing(rules), **options), given).outcomes


def test_the_first_branch_that_is_true_runs_and_null_is_not_true():
    rules = (
        f"<responseCondition><responseIf>{is_answered('A')}{sets('SCORE', base('float', 3))}</responseIf>"
        f"<responseElseIf>{is_answered('B')}{sets('SCORE', base('float', 2))}</responseElseIf>"
        f"<responseElseIf>{is_answered('B')}{sets('SCORE', base('float', 9))}</responseElseIf>"
        f"<responseElse>{sets('SCORE', base('float', 1))}</responseElse></responseCondition>"
    )
    assert [outcomes(rules, given)["SCORE"] for given in ("A", "B", "C", None)] == [3, 2, 1, 1]


def test_an_exit_ends_processing_from_within_a_fragment():
    inside = f"<responseCondition><responseIf>{KEYED}<exitResponse/></responseIf></responseCondition>"
    rules = (
        sets("SCORE", base("float", 1))
        + f"<responseProcessingFragment>{inside}</responseProcessingFragment>"
        + sets("SCORE", base("float", 0))
    )
    assert outcomes(rules, "A")["SCORE"] == 1
    assert outcomes(rules, "B")["SCORE"] == 0


def test_numbers_start_at_zero_and_the_rest_at_null():
    declarations = (
        CHOICE + SCORE + outcome("COUNT", "integer") + outcome("WORD", "string") + outcome("BASE", default="2.5")
    )
    told = outcomes(
        sets("SCORE", operator("sum", '<variable identifier="SCORE"/>', base("float", 1))), "A", declarations
    )
    assert told == {"SCORE": 1.0, "COUNT": 0, "WORD": None, "BASE": 2.5}


def test_an_item_that_is_not_adaptive_forgets_the_attempt_before():
    rules = sets("SCORE", operator("sum", '<variable identifier="SCORE"/>', '<mapResponse identifier="RESPONSE"/>'))
    declared = response("identifier", "A", inside=mapping({"A": 1})) + SCORE
    again = [{"RESPONSE": "A"}, {"RESPONSE": "A"}]
    assert outcomes(rules, again, declared)["SCORE"] == 1
    assert outcomes(rules, again, declared, adaptive=True)["SCORE"] == 2


@pytest.mark.parametrize(
    ("given", "grade"), [(100, "A"), (90, "A"), (89.9, "B"), (70, "C"), (70.5, "B"), (-1, "F"), (None, "F")]
)
def test_a_number_becomes_the_grade_of_its_range(given, grade):
    rows = (
        '<interpolationTableEntry sourceValue="90" targetValue="A"/>'
        '<interpolationTableEntry sourceValue="70" includeBoundary="false" targetValue="B"/>'
        '<interpolationTableEntry sourceValue="0" targetValue="C"/>'
    )
    table = f'<interpolationTable defaultValue="F">{rows}</interpolationTable>'
    declared = response("float") + outcome("GRADE", "identifier", inside=table)
    assert outcomes(sets("GRADE", RESPONSE, "lookupOutcomeValue"), given, declared)["GRADE"] == grade


@pytest.mark.parametrize("attribute", ["targetValue", "targetType"])
def test_a_whole_number_is_matched_exactly(attribute):
    rows = f'<matchTableEntry sourceValue="1" {attribute}="2.5"/><matchTableEntry sourceValue="2" {attribute}="4"/>'
    declared = response("integer") + outcome("SCORE", inside=f"<matchTable>{rows}</matchTable>")
    rules = sets("SCORE", RESPONSE, "lookupOutcomeValue")
    assert [outcomes(rules, given, declared)["SCORE"] for given in (1, 2, 3)] == [2.5, 4.0, None]


def test_a_whole_float_becomes_an_integer_and_a_broken_one_is_refused():
    declared = response("identifier", inside=mapping({"A": 2, "B": 0.5})) + outcome("SCORE", "integer")
    rules = sets("SCORE", '<mapResponse identifier="RESPONSE"/>')
    told = outcomes(rules, "A", declared)["SCORE"]
    assert (told, type(told)) == (2, int)
    with pytest.raises(InvalidItem) as refused:
        outcomes(rules, "B", declared)
    assert (refused.value.rule, refused.value.element) == ("wrong-type", "setOutcomeValue")


@pytest.mark.parametrize(
    ("rules", "rule", "element"),
    [
        (sets("OTHER", base("float", 1)), "unknown-variable", "setOutcomeValue"),
        (sets("RESPONSE", base("identifier", "A")), "unknown-variable", "setOutcomeValue"),
        (sets("SCORE", '<variable identifier="OTHER"/>'), "unknown-variable", "variable"),
        (sets("SCORE", '<mapResponse identifier="RESPONSE"/>'), "no-mapping", "mapResponse"),
        (sets("SCORE", '<mapResponsePoint identifier="RESPONSE"/>'), "no-mapping", "mapResponsePoint"),
        (sets("SCORE", base("float", 1), "lookupOutcomeValue"), "no-lookup-table", "lookupOutcomeValue"),
        (sets("SCORE", base("float", "one")), "invalid-value", "baseValue"),
        (sets("SCORE", base("number", 1)), "invalid-attribute", "baseValue"),
        (sets("SCORE", ""), "wrong-number-of-operands", "setOutcomeValue"),
        (sets("SCORE", operator("not")), "wrong-number-of-operands", "not"),
        (sets("SCORE", operator("divide", base("float", 1))), "wrong-number-of-operands", "divide"),
        (sets("completionStatus", base("identifier", "done")), "invalid-completion-status", "setOutcomeValue"),
        ("<setOutcomeValue><null/></setOutcomeValue>", "missing-attribute", "setOutcomeValue"),
        ("<responseCondition><responseIf/></responseCondition>", "wrong-number-of-operands", "responseIf"),
        (
            f"<responseCondition><responseIf>{base('integer', 1)}<exitResponse/></responseIf></responseCondition>",
            "wrong-type",
            "baseValue",
        ),
    ],
)
def test_rules_that_cannot_be_followed_are_refused_with_element_and_line(rules, rule, element):
    with pytest.raises(InvalidItem) as refused:
        outcomes(rules, "A")
    assert (refused.value.rule, refused.value.element, refused.value.line) == (rule, element, 4)
    assert refused.value.facts == {"rule": rule, "element": element, "line": "4"}


@pytest.mark.parametrize(
    ("expression", "rule", "element"),
    [
        (
            operator("customOperator", base("float", 1), **{"class": "org.example.Sum"}),
            "custom-operator",
            "customOperator",
        ),
        ('<numberCorrect sectionIdentifier="S"/>', "test-level", "numberCorrect"),
        ('<testVariables variableIdentifier="SCORE"/>', "test-level", "testVariables"),
        ('<outcomeMaximum outcomeIdentifier="SCORE"/>', "test-level", "outcomeMaximum"),
        ("<average/>", "unsupported-element", "average"),
        ("<sum><p>1</p></sum>", "unsupported-element", "p"),
        (
            '<sum><include xmlns="http://www.w3.org/2001/XInclude" href="a.xml"/></sum>',
            "unsupported-element",
            "include",
        ),
    ],
)
def test_what_is_unsupported_is_refused_by_name_even_where_no_response_leads(expression, rule, element):
    never = (
        f"<responseCondition><responseIf>{is_answered('Z')}{sets('SCORE', expression)}</responseIf></responseCondition>"
    )
    with pytest.raises(UnsupportedElement) as refused:
        outcomes(never, "A")
    assert (refused.value.rule, refused.value.element, refused.value.line) == (rule, element, 4)


@pytest.mark.parametrize("rule", ["setTemplateValue", "templateCondition", "outcomeCondition", "exitTemplate"])
def test_a_rule_of_another_phase_is_refused(rule):
    with pytest.raises(UnsupportedElement):
        outcomes(f'<{rule} identifier="SCORE"/>', "A")


def test_rules_of_its_own_go_before_a_template():
    inside = sets("SCORE", base("float", 7))
    rules = f'<responseProcessing template="{TEMPLATES}match_correct">{inside}</responseProcessing>'
    assert score_file(item(CHOICE + SCORE, rules), "B").outcomes["SCORE"] == 7


FEEDBACK = outcome("FEEDBACK", "identifier") + outcome("FEEDBACKBASIC", "identifier") + outcome("MAXSCORE", default="5")


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("CC2_match", "A", {"SCORE": 5, "FEEDBACK": "A"}),
        ("CC2_match", "B", {"SCORE": 0, "FEEDBACK": "B"}),
        ("CC2_match_basic", "A", {"SCORE": 5, "FEEDBACKBASIC": "correct"}),
        ("CC2_match_basic", "B", {"SCORE": 0, "FEEDBACKBASIC": "incorrect"}),
        ("CC2_map_response", "A", {"SCORE": 5, "FEEDBACK": "correct"}),
        ("CC2_map_response", "B", {"SCORE": 2, "FEEDBACK": "incorrect"}),
        ("CC2_map_response", None, {"SCORE": 0, "FEEDBACK": "incorrect"}),
        ("match_correct.xml", "A", {"SCORE": 1}),
    ],
)
def test_the_templates_of_common_cartridge(name, given, told):
    declared = response("identifier", "A", inside=mapping({"A": 5, "B": 2})) + SCORE + FEEDBACK
    scored = score_file(item(declared, template(name)), given)
    assert {each: scored.outcomes[each] for each in told} == told
    assert scored.maximum == 5


@pytest.mark.parametrize(
    "address",
    [
        "http://www.imsglobal.org/question/qti_v2p0/rptemplates/match_correct",
        "http://www.imsglobal.org/question/qti_v2p2/rptemplates/match_correct.xml",
        "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct",
        "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml",
        "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/CC2_match.xml",
    ],
)
def test_every_address_of_a_template_is_recognised(address):
    data = item(CHOICE + SCORE, f'<responseProcessing template="{address}"/>')
    assert [score_file(data, given).outcomes["SCORE"] for given in ("A", "B")] == [1, 0]


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/question/qti_v2p1/rptemplates/match_correct",
        TEMPLATES + "match_all",
        "match_correct",
        "file:///a",
    ],
)
def test_another_address_is_refused_and_never_opened(address):
    with pytest.raises(UnsupportedElement) as refused:
        score_file(item(CHOICE + SCORE, f'<responseProcessing template="{address}"/>'), "A")
    assert (refused.value.rule, refused.value.line) == ("unknown-template", 4)


def test_rules_that_stand_in_another_file_are_not_taken_for_none():
    with pytest.raises(UnsupportedElement):
        score_file(item(CHOICE + SCORE, '<responseProcessing templateLocation="rules.xml"/>'), "A")


def test_a_template_needs_the_variables_it_names():
    with pytest.raises(InvalidItem) as refused:
        score_file(item(CHOICE, template("match_correct")), "A")
    assert (refused.value.rule, refused.value.line) == ("unknown-variable", 4)
    assert "SCORE" in str(refused.value.reason)
