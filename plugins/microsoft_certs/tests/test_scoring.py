from dataclasses import replace
from uuid import UUID

from microsoft_certs.domain import SCORING
from microsoft_certs.plugin import lms_choose_item_scoring

from lms_core.hooks.item_types import ScoringRequest


def test_each_right_part_of_an_item_earns_a_point_but_for_weights_of_its_own() -> None:
    asked = ScoringRequest(UUID(int=1), "AI-901", "matching", "all-or-nothing")

    assert lms_choose_item_scoring(asked) is SCORING
    assert SCORING.rule == "partial"
    assert lms_choose_item_scoring(replace(asked, own="map")) is None
    assert lms_choose_item_scoring(replace(asked, certification="GAIL")) is None
