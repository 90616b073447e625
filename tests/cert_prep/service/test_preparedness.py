"""Readiness: our own estimate from one's own first answers, or how many of them are missing."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from cert_prep.domain.preparedness import Chance, Studied, spread, weakest
from cert_prep.service.preparedness import _estimated
from lms_core.assessment.domain.specifications import ExamSpecification, Quota
from lms_core.assessment.service.measurement import Evidence, Known
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import Titles


@dataclass(frozen=True)
class OneExam:
    specification: ExamSpecification


def exam(line=70.0):
    quotas = (Quota("a", 6, Titles("가", "A")), Quota("b", 4, Titles("나", "B")))
    return OneExam(ExamSpecification((new_id(),), quotas, 2700, pass_percent=line))


def known(count=30):
    found = {}
    for number in range(count):
        name = (new_id(), 0)
        domain = "ab"[number % 2]
        found[name] = Known(name, 1.2, (number - count / 2) / 10, domain, f"{domain}.1")
    return found


def estimated(right, answers):
    items = known()
    given_answers = dict.fromkeys(list(items)[:answers], right)
    return _estimated(Evidence(None, items, given_answers), exam())


def test_below_the_least_it_says_how_many_answers_are_missing():
    found = estimated(right=True, answers=6)
    assert found.whole.probability is None
    assert (found.whole.answers, found.whole.missing) == (6, 14)
    assert [(one.domain, one.missing) for one in found.domains] == [("a", 2), ("b", 2)]


def test_who_answers_everything_right_is_likelier_to_pass_than_who_does_not():
    strong, weak = estimated(right=True, answers=24), estimated(right=False, answers=24)
    assert strong.whole.low <= strong.whole.probability <= strong.whole.high
    assert strong.whole.probability > 0.8 > 0.2 > weak.whole.probability
    assert strong.whole.missing == 0
    assert strong.line == 0.7


def test_what_was_missed_is_named_to_study_next():
    assert estimated(right=True, answers=24).study == ()
    assert [one.objective for one in estimated(right=False, answers=24).study] == ["a.1", "b.1"]


def test_a_few_wrong_answers_weigh_less_than_many():
    told = weakest([Studied("one", 0, 1), Studied("many", 0, 9), Studied("all right", 9, 9), Studied("", 0, 9)])
    assert [one.objective for one in told] == ["many", "one"]


@given(st.lists(st.floats(-4, 4), min_size=1, max_size=40), st.integers(1, 60))
def test_a_form_goes_from_the_easiest_to_the_hardest(difficulties, count):
    items = [Known((new_id(), 0), 1.0, each, "a", "") for each in difficulties]
    chosen = [one.difficulty for one in spread(items, count)]
    assert len(chosen) == count
    assert chosen == sorted(chosen)


def test_words_follow_the_whole_interval_and_not_the_middle_of_it():
    assert Chance("", 40, 0, 0.8, 0.6, 0.9).verdict == "ready"
    assert Chance("", 40, 0, 0.6, 0.3, 0.9).verdict == "open"
    assert Chance("", 40, 0, 0.2, 0.1, 0.4).verdict == "behind"
    assert Chance("", 3, 17).verdict is None
