from datetime import UTC, date, datetime, timedelta

import pytest
from bigtech_campus.domain import (
    Agreement,
    AgreementDetails,
    WithdrawnAlready,
    against_application,
    against_enrolment,
    against_publication,
    check_agreement,
    completion,
    covering,
)
from bigtech_campus.service import programme_of
from hypothesis import given
from hypothesis import strategies as st

from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.hooks.enrolment import EnrolmentFacts
from lms_core.hooks.progress import CompletionFacts

NOW = datetime(2026, 3, 2, tzinfo=UTC)
PROGRAMME = programme_of("hanbit-ai-engineer")
FIRST, LAST = date(2026, 3, 1), date(2026, 8, 31)
ALL = {module.key: len(module.activities) for module in PROGRAMME.curriculum.modules}


def agreement(**changes):
    values = {"begins_from": FIRST, "begins_until": LAST, "places": 120, "note": ""} | changes
    return Agreement(new_id(), new_id(), new_id(), **values, given_by=new_id(), given_at=NOW)


@given(st.dates(FIRST - timedelta(days=400), LAST + timedelta(days=400)))
def test_an_agreement_covers_every_day_between_its_first_and_its_last(day):
    assert agreement().covers(day) == (FIRST <= day <= LAST)


def test_a_withdrawn_agreement_covers_nothing_and_is_withdrawn_once():
    one = agreement()
    one.withdraw(new_id(), NOW)
    assert not one.covers(FIRST)
    with pytest.raises(WithdrawnAlready):
        one.withdraw(new_id(), NOW)


def test_any_agreement_that_covers_the_day_will_do():
    early, late = agreement(begins_until=FIRST), agreement(begins_from=LAST)
    assert covering([early, late], LAST) is late
    assert covering([early, late], date(2026, 5, 1)) is None


def test_every_fault_of_an_agreement_is_said_at_once():
    details = AgreementDetails(new_id(), LAST, FIRST, 0)
    with pytest.raises(Invalid) as refused:
        check_agreement(details, [new_id()])
    assert set(refused.value.fields) == {"course_id", "begins_until", "places"}


def test_a_course_that_keeps_all_required_modules_may_be_published():
    assert against_publication(PROGRAMME, ALL) is None
    assert against_publication(PROGRAMME, ALL | {"models": 0}) is None


def test_the_reason_names_every_required_module_that_is_gone_or_empty_in_both_languages():
    kept = {key: count for key, count in ALL.items() if key != "responsible"} | {"workshop": 0}
    refusal = against_publication(PROGRAMME, kept)
    assert refusal.code == "required-modules"
    modules = refusal.reason.values["modules"]
    assert modules.en == "Setting up the workshop, Responsible AI and personal data"
    assert modules.ko == "개발 작업실 차리기, 책임 있는 AI와 개인정보"


def test_a_cohort_without_an_agreement_is_refused_with_partner_and_day():
    assert against_enrolment(PROGRAMME, [agreement()], date(2026, 4, 6)) is None
    refusal = against_enrolment(PROGRAMME, [agreement()], date(2026, 9, 7))
    assert refusal.code == "partner-agreement"
    assert str(refusal.reason).startswith("Hanbit Cloud has not agreed to a cohort that begins on 2026-09-07.")


def facts(**changes):
    values = {
        "by_staff": False,
        "answers": {"motivation": "공공 서비스를 AI로 더 쉽게 쓰도록 만들고 싶어서 지원합니다."},
    } | changes
    return EnrolmentFacts(new_id(), new_id(), new_id(), new_id(), None, FIRST, **values)


def test_an_applicant_says_why_unless_staff_put_them_in():
    assert against_application(PROGRAMME, facts()) is None
    assert against_application(PROGRAMME, facts(answers={"motivation": "그냥"})).code == "partner-motivation"
    assert against_application(PROGRAMME, facts(answers={}, by_staff=True)) is None


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_programme_is_complete_at_four_fifths_and_an_empty_one_never(done, total):
    verdict = completion(PROGRAMME, CompletionFacts(new_id(), new_id(), min(done, total), total))
    assert verdict.complete == (total > 0 and min(done, total) / total >= 0.8)
