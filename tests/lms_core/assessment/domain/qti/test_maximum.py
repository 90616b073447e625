import pytest

from lms_core.assessment.domain.qti.scoring import score_file
from tests.support.qti import SCORE, base, item, mapping, operator, outcome, processing, response, template

ONE = '<variable identifier="ONE"/>'
MAPPED = {"A": 2, "B": 1, "C": 0.5, "D": -1}


def sets(expression):
    return operator("setOutcomeValue", expression, identifier="SCORE")


def choices(most, *names):
    inside = "".join(f'<simpleChoice identifier="{each}">{each}</simpleChoice>' for each in names)
    return f'<choiceInteraction responseIdentifier="RESPONSE" maxChoices="{most}">{inside}</choiceInteraction>'


def maximum(*parts, **options):
    return score_file(item(*parts, **options), {}).maximum


def test_what_the_author_declares_is_the_maximum():
    declared = SCORE.replace("/>", ' normalMaximum="4" normalMinimum="-1"/>')
    assert maximum(declared) == 4
    assert maximum(SCORE + outcome("MAXSCORE", default="3")) == 3


def test_a_template_may_declare_it():
    rules = operator("setDefaultValue", base("float", 6), identifier="MAXSCORE")
    assert maximum(SCORE + outcome("MAXSCORE"), f"<templateProcessing>{rules}</templateProcessing>") == 6


@pytest.mark.parametrize(("most", "told"), [(0, 3.5), (1, 2), (2, 3)])
def test_as_many_choices_count_as_may_be_picked(most, told):
    declared = response("identifier", cardinality="multiple", inside=mapping(MAPPED)) + SCORE
    assert maximum(declared, template("map_response"), choices(most, *"ABCDE")) == told


def test_a_bound_and_a_default_take_part():
    bounded = response("identifier", cardinality="multiple", inside=mapping(MAPPED, upperBound=3)) + SCORE
    assert maximum(bounded, template("map_response"), choices(0, *"ABCD")) == 3
    spared = response("identifier", cardinality="multiple", inside=mapping({"A": -1}, defaultValue=1)) + SCORE
    assert maximum(spared, template("map_response"), choices(0, *"ABC")) == 2


def test_points_of_several_responses_are_added():
    keyed = operator("match", ONE, '<correct identifier="ONE"/>')
    added = sets(operator("sum", '<variable identifier="SCORE"/>', base("float", 1)))
    rules = f"<responseCondition><responseIf>{keyed}{added}</responseIf></responseCondition>"
    second = rules.replace('"ONE"', '"TWO"')
    declared = response("identifier", "A", identifier="ONE") + response("identifier", "B", identifier="TWO") + SCORE
    assert maximum(declared, processing(rules + second)) == 2


def test_a_bonus_that_excludes_the_key_is_not_guessed_at():
    wrong = operator("match", ONE, base("identifier", "B"))
    bonus = f"<responseIf>{wrong}{sets(base('float', 9))}</responseIf>"
    rules = f"<responseCondition>{bonus}<responseElse>{sets(base('float', 1))}</responseElse></responseCondition>"
    scored = score_file(item(response("identifier", "A", identifier="ONE") + SCORE, processing(rules)), "B")
    assert (scored.outcomes["SCORE"], scored.maximum) == (9, None)
    assert "no answer" in str(scored.maximum_reason).lower()


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ((response("string"),), "SCORE"),
        ((outcome("SCORE", "identifier"),), "SCORE"),
        ((SCORE,), "response processing"),
        ((SCORE, processing(sets('<randomFloat max="3"/>'))), "chance"),
        ((SCORE, processing(sets(base("float", "INF")))), "declares none"),
        ((SCORE + outcome("MAXSCORE", default="INF"),), "response processing"),
        ((response("float") + SCORE, processing(sets('<variable identifier="RESPONSE"/>'))), "declares none"),
        ((response("identifier", inside=mapping(MAPPED)) + SCORE, template("map_response")), "declares none"),
    ],
)
def test_a_maximum_that_does_not_follow_is_not_told_but_why(parts, word):
    scored = score_file(item(*parts), {})
    assert scored.maximum is None
    assert word in str(scored.maximum_reason)


def simple_match_set(names, times):
    head = "simpleAssociableChoice"
    inside = "".join(f'<{head} identifier="{each}" matchMax="{times}">{each}</{head}>' for each in names)
    return f"<simpleMatchSet>{inside}</simpleMatchSet>"


def test_pairs_that_cannot_all_be_made_are_not_added_up():
    pairs = {"A X": 1, "A Y": 1}
    declared = response("directedPair", cardinality="multiple", inside=mapping(pairs)) + SCORE

    def told(times):
        sides = [simple_match_set(("A",), times), simple_match_set(("X", "Y"), 1)]
        head = 'responseIdentifier="RESPONSE" maxAssociations="0"'
        return maximum(
            declared, template("map_response"), f"<matchInteraction {head}>{''.join(sides)}</matchInteraction>"
        )

    assert told(2) == 2
    assert told(0) == 2
    assert told(1) is None


def test_arithmetic_on_bounds():
    inside = operator("subtract", operator("product", base("integer", 3), base("float", 2)), base("float", 1.5))
    most = operator("min", operator("max", inside, base("float", 4)), base("integer", 10))
    assert maximum(SCORE, processing(sets(most))) == 4.5
