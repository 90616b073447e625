"""Microsoft's credentials and the bank that ships with them, read once from the files in ``data``."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from cert_prep.domain.catalogue_file import certifications_in
from cert_prep.hooks import Certification, ItemBank
from lms_core.foundation.text import Titles

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
)


@cache
def certifications() -> tuple[Certification, ...]:
    """Every credential of the catalogue file, the exams in use first."""
    written = json.loads((DATA / "certifications.json").read_text(encoding="utf-8"))
    return certifications_in(written)
