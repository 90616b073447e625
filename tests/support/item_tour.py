"""One question of each type, as the demonstration shows them, for tests that look at all of them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from cert_prep.service.tour import FILE, TITLES
from lms_core.assessment.domain.bank_file import parse_bytes
from lms_core.assessment.domain.exams import DraftExam, Exam
from lms_core.assessment.domain.specifications import ExamSpecification, Quota
from lms_core.assessment.service import ExamService
from lms_core.foundation.actors import SYSTEM
from lms_core.hooks.items import ItemContent
from tests.support.exams import add_bank, add_items
from tests.support.site import Site


@cache
def tour() -> tuple[ItemContent, ...]:
    """Every item of the tour."""
    return tuple(parse_bytes(FILE.read_bytes(), FILE.name).bank.items)


def publish_tour(site: Site, *types: str, **given: Any) -> Exam:
    """An exam of the whole site that asks one item of each of ``types``; of every type where none is named."""
    bank_id = add_bank(site.house.work)
    chosen = [item for item in tour() if not types or item.type in types]
    add_items(site.house.work, bank_id, chosen)
    values: Mapping[str, Any] = {"seconds": 60 * 60, "forms": 1} | given
    asked = ExamSpecification(bank_ids=(bank_id,), quotas=(Quota("", len(chosen), TITLES),), **values)
    exams: ExamService = site.provide(ExamService)
    return exams.publish(SYSTEM, exams.draft(SYSTEM, DraftExam(TITLES, asked)).id)
