"""Whatever an author edits and whenever somebody comes: no question before the start, and one truth about an exam."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.attempts import Before, NotYetOpen, reasons_against, require_startable
from lms_core.assessment.domain.exams import WHOLE_SITE, DraftExam, Exam, ExamFrozen, ExamNotPublished
from lms_core.assessment.domain.specifications import ExamSection, ExamSpecification, Quota
from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import Titles

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
TITLES = Titles("가", "A")

moments = st.none() | st.integers(-7200, 7200).map(lambda after: NOW + timedelta(seconds=after))
sections = st.lists(st.builds(ExamSection, st.just(TITLES), st.booleans(), st.just(("a",))), max_size=4).map(tuple)
edits = st.lists(
    st.tuples(st.just("window"), moments, moments)
    | st.tuples(st.just("sections"), sections, st.none())
    | st.tuples(st.sampled_from(["publish", "close"]), st.none(), st.none()),
    max_size=12,
)


def exam() -> Exam:
    asked = ExamSpecification((uuid4(),), (Quota("a", 3, TITLES),), 2700)
    return Exam(uuid4(), TITLES, WHOLE_SITE, frozenset(), "", "", asked, NOW)


def edit(one: Exam, kind: str, first: object, second: object) -> None:
    """What an author does, by the doors that there are."""
    if kind == "publish":
        one.publish(NOW)
    elif kind == "close":
        one.close(NOW)
    elif kind == "window" and one.state == "published":
        one.move_window(first, second)  # type: ignore[arg-type]  # hypothesis pairs them
    else:
        given_ = {"opens_at": first, "closes_at": second} if kind == "window" else {"sections": first}
        asked = replace(one.specification, **given_)  # type: ignore[arg-type]  # hypothesis pairs them
        one.change(DraftExam(one.titles, asked), one.scopes)


@given(edits, moments)
def test_no_edit_leaves_an_exam_that_contradicts_itself_or_changes_what_was_published(
    edited: list[tuple[str, object, object]], now: datetime | None
) -> None:
    one, published = exam(), None
    for kind, first, second in edited:
        before = one.specification
        try:
            edit(one, kind, first, second)
        except (Invalid, ExamFrozen, ExamNotPublished):
            # What is refused leaves everything as it was.
            assert one.specification == before
        one.specification.require_sound()
        published = published or (one.specification if one.state == "published" else None)
        if published is not None:
            window = {"opens_at": one.specification.opens_at, "closes_at": one.specification.closes_at}
            assert one.specification == replace(published, **window)
        assert ExamSpecification.from_json(one.specification.to_json()) == one.specification
    _nobody_comes_early(one, now or NOW)


def _nobody_comes_early(one: Exam, now: datetime) -> None:
    """Questions leave the house by beginning alone: it is refused before the start, after the end, and for drafts."""
    asked = one.specification
    if asked.opens_at is not None and now < asked.opens_at:
        with pytest.raises(NotYetOpen):
            require_startable(asked, Before(), now)
    codes = {refusal.code for refusal in reasons_against(one.state, asked, Before(), now)}
    assert ("exam-closed" in codes) == (one.state != "published")
    assert ("window-closed" in codes) == (asked.closes_at is not None and now >= asked.closes_at)
