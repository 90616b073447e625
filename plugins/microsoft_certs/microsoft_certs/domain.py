"""Microsoft's credentials and the bank that ships with them, read once from the files in ``data``."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from cert_prep.domain.catalogue_file import certifications_in
from cert_prep.hooks import Borrowed, Certification, ItemBank
from lms_core.foundation.text import Titles
from lms_core.hooks.item_types import ItemScoring

DATA: Final = Path(__file__).parent / "data"
BANKS: Final = (
    ItemBank(
        certification="AI-901",
        slug="ai-901",
        titles=Titles("AI-901 모의 문항", "AI-901 practice items"),
        folder=DATA / "banks" / "ai-901",
        licence="CC-BY-4.0",
        attribution="LMS Core contributors, CC BY 4.0",
        source="microsoft_certs/data/banks/ai-901",
    ),
    # A bank of its own for what role-based exams ask beyond single questions; the rest of a form comes from AI-901's
    # items, each in the domain that its subject has there.
    ItemBank(
        certification="AI-103",
        slug="ai-103",
        titles=Titles("AI-103 모의 문항", "AI-103 practice items"),
        folder=DATA / "banks" / "ai-103",
        licence="CC-BY-4.0",
        attribution="LMS Core contributors, CC BY 4.0",
        source="microsoft_certs/data/banks/ai-103",
        borrows=(
            Borrowed(
                "ai-901",
                {
                    "ai-901.1.1": "ai-103.1",
                    "ai-901.1.2": "ai-103.2",
                    "ai-901.1.3": "ai-103.1",
                    "ai-901.2.1": "ai-103.2",
                    "ai-901.2.2": "ai-103.4",
                    "ai-901.2.3": "ai-103.3",
                    "ai-901.2.4": "ai-103.5",
                },
            ),
        ),
    ),
)
SCORING: Final = ItemScoring(
    "partial",
    Titles(
        "Microsoft가 밝힌 방식: 맞힌 부분마다 1점",
        "As Microsoft describes it: a point for each right part",
    ),
)
"""Microsoft publishes that parts of an item earn points of their own."""


@cache
def certifications() -> tuple[Certification, ...]:
    """Every credential of the catalogue file, the exams in use first."""
    written = json.loads((DATA / "certifications.json").read_text(encoding="utf-8"))
    return certifications_in(written)
