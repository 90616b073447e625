from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from lms_core.assessment.domain.attempts import (
    AttemptClosed,
    AttemptOpen,
    Before,
    DeadlinePassed,
    NotYetOpen,
    Receipt,
    Save,
    SessionSuperseded,
    SlotLocked,
    Standing,
    explain,
    reasons_against,
    require_startable,
)
from lms_core.assessment.domain.specifications import ExamSpecification, Quota
from lms_core.foundation.errors import LmsError, NotFound
from lms_core.foundation.text import Titles

NOW = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
SAVE = Save(UUID(int=1), UUID(int=2), 1, 3, 7, {"choices": []}, None, NOW)
STANDING = Standing(UUID(int=2), 1, "open", None, LATER, LATER, 1, 40, None)
KEPT = Receipt("kept", 7, NOW, LATER)
SPECIFICATION = ExamSpecification((), (Quota("a", 1, Titles("", "")),), 600)


@pytest.mark.parametrize(
    ("standing", "why"),
    [
        (None, NotFound),
        (replace(STANDING, person_id=UUID(int=3)), NotFound),
        (replace(STANDING, generation=2), SessionSuperseded),
        (replace(STANDING, state="submitted", submitted_by="person"), AttemptClosed),
        (replace(STANDING, state="submitted", submitted_by="server"), DeadlinePassed),
        (replace(STANDING, closes_at=NOW - timedelta(microseconds=1)), DeadlinePassed),
        (replace(STANDING, first_slot=4), SlotLocked),
        (replace(STANDING, last_slot=2), SlotLocked),
        (replace(STANDING, kept=replace(KEPT, sequence=6), state="submitted"), AttemptClosed),
    ],
)
def test_a_refused_save_is_told_why(standing: Standing | None, why: type[LmsError]) -> None:
    with pytest.raises(why):
        explain(SAVE, standing)


@pytest.mark.parametrize("sequence", [7, 8])
@pytest.mark.parametrize("state", ["open", "submitted"])
def test_an_answer_that_is_kept_or_outrun_gets_the_receipt_of_the_newer_one(sequence: int, state: str) -> None:
    kept = replace(KEPT, sequence=sequence)

    assert explain(SAVE, replace(STANDING, kept=kept, state=state)) == kept


def test_a_save_that_nothing_speaks_against_is_tried_again() -> None:
    assert explain(SAVE, STANDING) is None
    assert explain(SAVE, replace(STANDING, closes_at=NOW)) is None


def test_the_persons_own_token_speaks_for_every_device() -> None:
    assert explain(replace(SAVE, generation=None), replace(STANDING, generation=5)) is None


def test_an_open_attempt_is_named_with_its_id() -> None:
    with pytest.raises(AttemptOpen) as refused:
        require_startable(SPECIFICATION, Before(1, UUID(int=9)), NOW)

    assert refused.value.facts["id"] == str(UUID(int=9))


def test_nobody_begins_before_the_window_opens() -> None:
    with pytest.raises(NotYetOpen):
        require_startable(replace(SPECIFICATION, opens_at=LATER), Before(), NOW)
    require_startable(replace(SPECIFICATION, opens_at=NOW), Before(), NOW)


def test_all_other_reasons_are_gathered() -> None:
    narrow = replace(SPECIFICATION, attempts_allowed=2, closes_at=NOW)

    assert [one.code for one in reasons_against("closed", narrow, Before(2), NOW)] == [
        "exam-closed",
        "window-closed",
        "attempts-used",
    ]
    assert reasons_against("published", replace(narrow, closes_at=LATER), Before(1), NOW) == ()
