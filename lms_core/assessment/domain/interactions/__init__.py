"""The types of item that the core brings: one module a type, each a value of pure functions."""

from typing import Final

from lms_core.assessment.domain.interactions.choices import CHOICE, MULTIPLE_RESPONSE
from lms_core.assessment.domain.interactions.extended_text import EXTENDED_TEXT
from lms_core.assessment.domain.interactions.gap_match import GAP_MATCH
from lms_core.assessment.domain.interactions.hot_spot import HOT_SPOT
from lms_core.assessment.domain.interactions.inline_choice import HOT_AREA, INLINE_CHOICE
from lms_core.assessment.domain.interactions.matching import MATCHING, STATEMENT_SET
from lms_core.assessment.domain.interactions.numeric import NUMERIC
from lms_core.assessment.domain.interactions.ordering import ORDERING
from lms_core.assessment.domain.interactions.text_entry import TEXT_ENTRY
from lms_core.hooks.item_types import ItemType

CORE_TYPES: Final[tuple[ItemType, ...]] = (
    CHOICE,
    MULTIPLE_RESPONSE,
    STATEMENT_SET,
    ORDERING,
    MATCHING,
    GAP_MATCH,
    INLINE_CHOICE,
    TEXT_ENTRY,
    NUMERIC,
    HOT_SPOT,
    HOT_AREA,
    EXTENDED_TEXT,
)
