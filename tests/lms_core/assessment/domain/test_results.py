from datetime import UTC, datetime
from uuid import UUID

import orjson
from hypothesis import given
from hypothesis import strategies as st

from lms_core.assessment.domain.results import result_of, scaled_from_json, slot_from_json
from lms_core.assessment.domain.scoring import SectionScore, SlotScore, percent_scale, raw_score, sections
from lms_core.foundation.text import Text
from lms_core.hooks.item_types import Component

components = st.lists(st.builds(Component, st.text(max_size=3), st.floats(0, 1), st.just(1.0)), max_size=2).map(tuple)
slots = st.lists(
    st.builds(
        SlotScore, st.integers(1, 300), st.sampled_from("abc"), st.floats(0, 1), st.just(1.0), st.booleans(), components
    ),
    max_size=12,
)


@given(slots, st.none() | st.floats(1, 100))
def test_a_result_survives_being_stored(earned: list[SlotScore], line: float | None) -> None:
    raw = raw_score(UUID(int=1), "XY-1", earned)
    result = result_of(
        UUID(int=2), raw, percent_scale(raw, line), sections(raw, "ab"), tuple(earned), datetime(2026, 1, 1, tzinfo=UTC)
    )
    written = orjson.loads(orjson.dumps(result.to_json()))

    assert scaled_from_json(written["scaled"]) == result.scaled
    assert isinstance(scaled_from_json(written["scaled"]).label, Text)
    assert tuple(SectionScore(**each) for each in written["sections"]) == result.sections
    assert tuple(slot_from_json(each) for each in written["slots"]) == result.slots
    assert (result.revision, result.rule) == (1, "assessment.scoring")
