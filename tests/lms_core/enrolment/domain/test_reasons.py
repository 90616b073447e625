"""Reasons survive storage, whatever stands in them."""

from datetime import UTC, date, datetime
from uuid import UUID

from lms_core.enrolment.domain.reasons import reasons_from_json, reasons_to_json
from lms_core.foundation.errors import Refusal
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web.json import dumps


def test_a_reason_is_read_as_it_was_written():
    said = text(
        "Until %(day)s, %(moment)s: %(what)s %(inner)s %(count)s",
        day=date(2026, 4, 1),
        moment=datetime(2026, 4, 1, 9, tzinfo=UTC),
        what=Titles("과정", "course"),
        inner=text("and so on"),
        count=3,
    )
    written = reasons_to_json([Refusal("some-code", said, "labs")])
    assert reasons_from_json(written) == (Refusal("some-code", said, "labs"),)
    assert dumps(written)


def test_what_json_cannot_hold_is_kept_as_text():
    (read,) = reasons_from_json(reasons_to_json([Refusal("code", text("%(id)s", id=UUID(int=1)))]))
    assert read.reason.values == {"id": str(UUID(int=1))}
