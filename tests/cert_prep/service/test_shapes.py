"""Mock exams in the shape of the vendors' own."""

from datetime import date

import pytest

from cert_prep.domain.mock_exams import MakeMockExam
from lms_core.assessment.service.exams import ExamService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.errors import Invalid


def test_a_role_based_simulation_has_microsofts_sections_and_rules(preparation):
    preparation.approved("ai-901")
    exam = preparation.published("ai-103", MakeMockExam("AI-103", shaped=True, shortened=True))
    asked = exam.specification
    assert [one.titles.en for one in asked.sections] == ["Questions", "Case study", "Yes or no series"]
    assert all(not one.returns for one in asked.sections)
    assert [(bound.name, bound.least, bound.most) for bound in asked.types] == [
        ("case-study", 1, 1),
        ("problem-solution", 1, 1),
    ]
    assert (asked.total, asked.seconds) == (42, 94 * 60)
    assert (len(asked.pilots), asked.required) == (3, asked.pilots)
    assert (asked.breaks, asked.comments) == (True, True)
    assert "our own estimate, not Microsoft's" in asked.agreement.en
    assert len(asked.bank_ids) == 2


def test_a_google_simulation_is_one_section_with_a_line_of_our_own(preparation):
    exam = preparation.published("gail", MakeMockExam("GAIL", shaped=True, shortened=True))
    asked = exam.specification
    assert [(len(asked.sections), asked.sections[0].returns)] == [(1, True)]
    assert (asked.total, asked.seconds, asked.pass_percent) == (40, 72 * 60, 70)
    assert (asked.pilots, asked.comments) == ((), False)


def test_a_draft_in_full_length_names_what_is_missing(preparation):
    preparation.approved("gail")
    made = preparation.mock_exams.make_exam(SYSTEM, MakeMockExam("GAIL", shaped=True))
    assert (made.specification.total, made.specification.seconds) == (50, 90 * 60)
    missing = preparation.provide(ExamService).missing(SYSTEM, made.id)
    assert {one.code for one in missing} == {"domain-short"}
    assert len(missing) == 4


def test_a_credential_whose_shape_is_unknown_gets_none(embedded_preparation):
    with pytest.raises(Invalid):
        embedded_preparation.mock_exams.make_exam(SYSTEM, MakeMockExam("GA", shaped=True))


def test_every_fact_of_a_shape_names_its_source_and_day(embedded_preparation):
    shapes = {one.shape for one in embedded_preparation.catalogue.catalogue().certifications.values() if one.shape}
    assert {one.name for one in shapes} == {
        "microsoft.fundamentals",
        "microsoft.role-based",
        "google.foundational",
        "google.associate-professional",
    }
    for shape in shapes:
        assert shape.facts
        assert all(fact.source.url and fact.checked_at >= date(2026, 11, 22) for fact in shape.facts)
