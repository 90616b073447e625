"""Items that answer back: attempts one after the other, in which outcomes are remembered."""

import pytest

from lms_core.assessment.domain.qti.errors import InvalidResponse
from lms_core.assessment.domain.qti.scoring import score_file
from tests.support.qti import SCORE, as_version_3, base, item, operator, outcome, processing, response

RESPONSE = '<variable identifier="RESPONSE"/>'


def sets(identifier, expression):
    return operator("setOutcomeValue", expression, identifier=identifier)


def when(condition, *rules):
    return f"<responseIf>{condition}{''.join(rules)}</responseIf>"


def named(word):
    return base("identifier", word)


CHANGED = when(operator("match", RESPONSE, '<correct identifier="RESPONSE"/>'), sets("SCORE", base("float", 1)))

# Three doors: first one is chosen, then the host opens another, then the candidate may change.
STORY = '<variable identifier="STORY"/>'
DOORS = item(
    response("identifier", identifier="DOOR")
    + response("identifier", "change", identifier="RESPONSE")
    + outcome("STORY", "identifier", "opening")
    + SCORE,
    processing(
        "<responseCondition>"
        + when(
            operator("match", STORY, named("opening")),
            sets("STORY", named("opened")),
            sets("completionStatus", named("incomplete")),
        )
        + f"<responseElseIf>{operator('match', STORY, named('opened'))}"
        + f"<responseCondition>{CHANGED}</responseCondition>"
        + sets("STORY", named("told"))
        + sets("completionStatus", named("completed"))
        + "</responseElseIf></responseCondition>"
    ),
    adaptive=True,
)


@pytest.mark.parametrize("spelling", [bytes, as_version_3], ids=["2.1", "3.0"])
@pytest.mark.parametrize(("second", "score"), [("change", 1), ("stay", 0)])
def test_the_second_attempt_goes_on_where_the_first_ended(spelling, second, score):
    data = spelling(DOORS)
    first = score_file(data, {"DOOR": "A"})
    assert (first.outcomes["STORY"], first.completion_status, first.attempts) == ("opened", "incomplete", 1)
    ended = score_file(data, [{"DOOR": "A"}, {"RESPONSE": second}])
    assert (ended.outcomes["SCORE"], ended.completion_status, ended.attempts) == (score, "completed", 2)
    assert ended.maximum is None
    assert "adaptive" in str(ended.maximum_reason)


def test_a_completed_item_takes_no_further_response():
    with pytest.raises(InvalidResponse) as refused:
        score_file(DOORS, [{"DOOR": "A"}, {"RESPONSE": "stay"}, {"RESPONSE": "change"}])
    assert refused.value.rule == "completed"


def test_attempts_are_counted_for_the_rules_as_well():
    counted = sets("SCORE", operator("divide", base("float", 1), '<variable identifier="numAttempts"/>'))
    data = item(response("identifier") + SCORE, processing(counted), adaptive=True)
    assert score_file(data, [{"RESPONSE": "A"}] * 4).outcomes["SCORE"] == 0.25
    assert score_file(item(response("identifier") + SCORE, processing(counted)), "A").outcomes["SCORE"] == 1


def test_what_was_answered_before_is_remembered_until_it_is_answered_anew():
    kept = sets("LAST", RESPONSE)
    data = item(response("identifier") + outcome("LAST", "identifier"), processing(kept), adaptive=True)
    assert score_file(data, [{"RESPONSE": "A"}, {}]).outcomes["LAST"] == "A"
    assert score_file(data, [{"RESPONSE": "A"}, {"RESPONSE": None}]).outcomes["LAST"] is None


def test_a_button_is_pressed_only_in_the_attempt_that_it_ends():
    asked = sets("ASKED", '<variable identifier="HINT"/>')
    declared = response("boolean", identifier="HINT") + response("identifier") + outcome("ASKED", "boolean")
    button = '<endAttemptInteraction responseIdentifier="HINT" title="Hint"/>'
    data = item(declared, processing(asked), button, adaptive=True)
    assert score_file(data, {"RESPONSE": "A"}).outcomes["ASKED"] is False
    assert score_file(data, {"HINT": True}).outcomes["ASKED"] is True
    assert score_file(data, [{"HINT": True}, {"RESPONSE": "A"}]).outcomes["ASKED"] is False


def test_the_time_taken_may_be_told_with_the_response():
    quick = operator("durationLT", '<variable identifier="duration"/>', base("duration", 30))
    rules = f"<responseCondition>{when(quick, sets('SCORE', base('float', 1)))}</responseCondition>"
    data = item(response("identifier") + SCORE, processing(rules))
    assert score_file(data, {"RESPONSE": "A", "duration": 12.5}).outcomes["SCORE"] == 1
    assert score_file(data, {"RESPONSE": "A", "duration": 30}).outcomes["SCORE"] == 0
