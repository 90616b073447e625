"""Google's credentials and the bank that ships with them, read once from the files in ``data``."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from cert_prep.domain.catalogue_file import certifications_in
from cert_prep.hooks import Certification, ItemBank
from lms_core.foundation.text import Titles
from lms_core.hooks.item_types import ItemScoring

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
SCORING: Final = ItemScoring(
    "all-or-nothing",
    Titles(
        "Google이 밝히지 않아 우리가 정한 방식: 모두 맞혀야 1점",
        "Our own choice, since Google publishes no rule: a point when everything is right",
    ),
)
"""Google publishes nothing of the kind: this is our own choice, and is labelled so."""


@cache
def certifications() -> tuple[Certification, ...]:
    """Every credential of the catalogue file, the exams in use first."""
    written = json.loads((DATA / "certifications.json").read_text(encoding="utf-8"))
    return certifications_in(written)
