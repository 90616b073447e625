"""Google's credentials and the bank that ships with them, read once from the files in ``data``."""

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
        certification="GAIL",
        slug="gail",
        titles=Titles("생성형 AI 리더 모의 문항", "Generative AI Leader practice items"),
        folder=DATA / "banks" / "gail",
        licence="CC-BY-4.0",
        attribution="LMS Core contributors, CC BY 4.0",
        source="google_certs/data/banks/gail",
    ),
)


@cache
def certifications() -> tuple[Certification, ...]:
    """Every credential of the catalogue file, the exams in use first."""
    written = json.loads((DATA / "certifications.json").read_text(encoding="utf-8"))
    return certifications_in(written)
