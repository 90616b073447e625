from datetime import UTC, datetime
from uuid import UUID

import pytest

from lms_core.assessment.domain.exams import DraftExam, Exam, ExamFrozen, ExamNotPublished, Place
from lms_core.assessment.domain.specifications import ExamSpecification, Quota
from lms_core.foundation.errors import Invalid
from lms_core.foundation.scopes import SITE, Scope, scopes
from lms_core.foundation.text import Titles

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ONE, TWO, THREE, FOUR = (UUID(int=number) for number in (1, 2, 3, 4))
SOUND = ExamSpecification((ONE,), (Quota("a", 3, Titles("가", "A")),), 600)
BROKEN = ExamSpecification((ONE,), (), 600)


def exam(specification: ExamSpecification = SOUND) -> Exam:
    return Exam(ONE, Titles("시험", "Exam"), Place(), scopes(), "XY-1", "2026", specification, NOW)


def test_publishing_freezes_an_exam() -> None:
    one = exam()
    one.change(DraftExam(Titles("새", "New"), SOUND), scopes())
    one.publish(NOW)

    assert (one.state, one.published_at, one.titles.en) == ("published", NOW, "New")
    with pytest.raises(ExamFrozen):
        one.change(DraftExam(Titles("또", "Again"), SOUND), scopes())
    with pytest.raises(ExamFrozen):
        one.publish(NOW)


def test_what_contradicts_itself_is_neither_kept_nor_published() -> None:
    with pytest.raises(Invalid):
        exam().change(DraftExam(Titles("", ""), BROKEN), scopes())
    with pytest.raises(Invalid):
        exam(BROKEN).publish(NOW)


def test_only_a_published_exam_is_closed() -> None:
    one = exam()
    with pytest.raises(ExamNotPublished):
        one.close(NOW)
    one.publish(NOW)
    one.close(NOW)
    assert (one.state, one.closed_at) == ("closed", NOW)


@pytest.mark.parametrize(
    ("place", "narrowest"),
    [
        (Place(), SITE),
        (Place(organisation_id=ONE), Scope("organisation", str(ONE))),
        (Place(ONE, TWO), Scope("campus", str(TWO))),
        (Place(ONE, TWO, THREE), Scope("course", str(THREE))),
        (Place(ONE, TWO, THREE, FOUR), Scope("cohort", str(FOUR))),
    ],
)
def test_an_exam_is_meant_for_its_narrowest_place(place: Place, narrowest: Scope) -> None:
    assert place.narrowest == narrowest
    assert narrowest in place.scopes
