from dataclasses import replace
from uuid import UUID

from google_certs.domain import SCORING
from google_certs.plugin import lms_choose_item_scoring

from lms_core.hooks.item_types import ScoringRequest


def test_an_item_counts_as_a_whole_which_is_labelled_as_our_own_choice() -> None:
    asked = ScoringRequest(UUID(int=1), "GAIL", "multiple-response", "partial")

    assert lms_choose_item_scoring(asked) is SCORING
    assert (SCORING.rule, "our own choice" in SCORING.label.en.lower()) == ("all-or-nothing", True)
    assert lms_choose_item_scoring(replace(asked, own="map")) is None
    assert lms_choose_item_scoring(replace(asked, certification="AI-901")) is None
