import pytest
from hypothesis import given
from hypothesis import strategies as st

from cert_prep.domain.mock_exams import MakeMockExam, MockExamRefused
from cert_prep.service import BankLoader, shares
from lms_core.assessment.domain.forms import SpecificationUnmet
from lms_core.assessment.service.exams import ExamService
from lms_core.foundation.actors import ANYONE, SYSTEM, Actor, grants
from lms_core.foundation.errors import Forbidden, Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.scopes import Scope
from tests.support.certifications import specification

ranges = st.tuples(st.integers(1, 100), st.integers(1, 100)).map(sorted).map(tuple)


@given(st.lists(ranges, min_size=1, max_size=8), st.integers(1, 120))
def test_counts_sum_to_the_total_and_lie_within_one_of_their_share(weights, total):
    found = shares(specification(weights=tuple(weights)), total)
    assert sum(share.items for share in found) == total
    whole = sum(share.percent for share in found)
    assert all(abs(share.items - share.percent * total / whole) < 1 for share in found)


def test_a_credential_becomes_an_exam_of_40_items_and_45_minutes(preparation):
    exam = preparation.published("ai-901", MakeMockExam("AI-901"))
    assert exam.specification.counts == {"ai-901.1": 17, "ai-901.2": 23}
    assert exam.specification.seconds == 45 * 60
    assert (exam.certification, exam.specification_version) == ("AI-901", "2026-04-15")
    assert exam.specification.languages == ("ko", "en")
    quota = exam.specification.quota("ai-901.1")
    assert (quota.least_percent, quota.most_percent) == (40, 45)


def test_the_bank_of_the_other_vendor_gives_a_form_as_well(preparation):
    exam = preparation.published("gail", MakeMockExam("GAIL"))
    assert exam.specification.counts == {"gail.1": 12, "gail.2": 14, "gail.3": 8, "gail.4": 6}


def test_items_that_nobody_approved_are_in_no_exam(preparation):
    made = preparation.mock_exams.make_exam(SYSTEM, MakeMockExam("AI-901"))
    checks = preparation.provide(ExamService).check(SYSTEM, made.id)
    assert [check.available for check in checks] == [0, 0]
    with pytest.raises(SpecificationUnmet):
        preparation.provide(ExamService).publish(SYSTEM, made.id)


def test_a_retired_exam_is_refused_and_the_successor_named(embedded_preparation):
    with pytest.raises(MockExamRefused) as refused:
        embedded_preparation.mock_exams.make_exam(SYSTEM, MakeMockExam("AI-900"))
    assert "AI-901" in str(refused.value.reason)


def test_a_course_certificate_is_no_exam(embedded_preparation):
    with pytest.raises(MockExamRefused):
        embedded_preparation.mock_exams.make_exam(SYSTEM, MakeMockExam("GAIE"))


def test_loading_a_bank_twice_adds_nothing(preparation):
    loader, ships = preparation.provide(BankLoader), preparation.catalogue.banks()["gail"]
    first, again = loader.load(SYSTEM, ships), loader.load(SYSTEM, ships)
    assert first.id == again.id
    assert len(list(loader.items(SYSTEM, first.id))) == 40


def test_nobody_makes_exams_without_the_permission(embedded_preparation):
    for actor in (ANYONE, Actor(new_id())):
        with pytest.raises(Forbidden):
            embedded_preparation.mock_exams.make_exam(actor, MakeMockExam("AI-901"))


@pytest.mark.parametrize(
    ("more", "field"), [({"items": 0}, "items"), ({"items": 121}, "items"), ({"minutes": 0}, "minutes")]
)
def test_numbers_that_cannot_be_are_refused_by_field(embedded_preparation, more, field):
    with pytest.raises(Invalid) as refused:
        embedded_preparation.mock_exams.make_exam(SYSTEM, MakeMockExam("AI-901", **more))
    assert field in refused.value.fields


@pytest.mark.parametrize("bank", ["no-such-bank", "019aaaaa-0000-7000-8000-000000000000"])
def test_a_bank_that_is_not_there_is_refused(embedded_preparation, bank):
    with pytest.raises(Invalid) as refused:
        embedded_preparation.mock_exams.make_exam(SYSTEM, MakeMockExam("AI-901", bank=bank))
    assert "bank" in refused.value.fields


def test_a_place_that_no_exam_is_made_for_is_refused(embedded_preparation):
    with pytest.raises(Invalid):
        embedded_preparation.mock_exams.make_exam(SYSTEM, MakeMockExam("AI-901", place=Scope("course", "nonsense")))


def test_the_credentials_own_bank_is_offered_first_and_only_to_those_who_may_load_it(embedded_preparation):
    loader = embedded_preparation.provide(BankLoader)
    assert [(one.value, one.ships) for one in loader.choices(SYSTEM, "AI-901")] == [("ai-901", True)]
    assert loader.choices(Actor(new_id(), grants({"assessment.author_exam"})), "AI-901") == []
    bank = loader.load(SYSTEM, embedded_preparation.catalogue.banks()["ai-901"])
    assert [(one.value, one.ships) for one in loader.choices(SYSTEM, "AI-901")] == [(str(bank.id), False)]
