"""Mock exams of real questions, for tests that look at pages: the bilingual bank of one of the plugins."""

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lms_core.assessment.domain.bank_file import parse_bytes
from lms_core.assessment.domain.exams import DraftExam, Exam, MapItems
from lms_core.assessment.domain.items import choices_of
from lms_core.assessment.domain.specifications import ExamSpecification, Quota
from lms_core.assessment.service import ExamService
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.text import Titles
from lms_core.hooks.items import ItemContent
from tests.support.exams import add_bank, add_item
from tests.support.site import Site

FOLDER = Path(__file__).parents[2] / "plugins/microsoft_certs/microsoft_certs/data/banks/ai-901"
CERTIFICATION = "AI-901"
DOMAINS = {
    "ai-901.1": Titles("AI 개념과 책임", "AI concepts and responsibilities"),
    "ai-901.2": Titles("Foundry로 AI 솔루션 구현", "Implementing AI solutions with Foundry"),
}
SHARES = {"ai-901.1": (40.0, 45.0), "ai-901.2": (55.0, 60.0)}


@cache
def questions() -> Mapping[str, tuple[ItemContent, ...]]:
    """The bank's questions that an exam can ask, by domain."""
    found: dict[str, tuple[ItemContent, ...]] = dict.fromkeys(DOMAINS, ())
    for path in sorted(FOLDER.glob("*.md")):
        if path.name != "README.md":
            bank = parse_bytes(path.read_bytes(), str(path)).bank
            found[bank.header.domain] += tuple(item for item in bank.items if choices_of(item))
    return found


def publish_mock_exam(
    site: Site, counts: tuple[int, int] = (2, 3), *, types: Collection[str] = ("choice",), **given: Any
) -> Exam:
    """An exam of the whole site with so many questions of each domain, in Korean and English.

    Of single choices: who picks one after another has the last; of all ``types`` where none is named.
    """
    bank_id = add_bank(site.house.work)
    exams: ExamService = site.provide(ExamService)
    for domain, items in questions().items():
        asked = [item for item in items if not types or item.type in types]
        ids = tuple(add_item(site.house.work, bank_id, item) for item in asked)
        exams.map_items(SYSTEM, MapItems(CERTIFICATION, domain, ids))
    quotas = tuple(
        Quota(domain, count, titles, *SHARES[domain])
        for (domain, titles), count in zip(DOMAINS.items(), counts, strict=True)
    )
    values: dict[str, Any] = {"bank_ids": (bank_id,), "quotas": quotas, "seconds": 45 * 60, "forms": 1} | given
    titles = values.pop("titles", Titles("AI-901 모의고사 1회", "AI-901 mock exam 1"))
    draft = DraftExam(titles, ExamSpecification(**values), certification=CERTIFICATION)
    return exams.publish(SYSTEM, exams.draft(SYSTEM, draft).id)
