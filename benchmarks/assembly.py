"""Drawing a form from banks of 100 to 100,000 items: how the cost grows, and that it hardly does."""

import tempfile
import time
from pathlib import Path
from uuid import UUID

from sqlalchemy import insert, text

from benchmarks.measure import Figure, median
from lms_core.assessment.domain.exams import WHOLE_SITE, Exam
from lms_core.assessment.domain.forms import assemble
from lms_core.assessment.domain.specifications import Bound, ExamSpecification, Quota
from lms_core.assessment.repository.candidates import Candidates
from lms_core.assessment.service.drawing import SPARE_ITEMS
from lms_core.assessment.tables.exams import item_domains
from lms_core.assessment.tables.items import banks, item_versions, items
from lms_core.foundation.clock import SystemClock
from lms_core.foundation.database import Database, metadata
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import Work

SIZES, ROUNDS, DOMAINS = (100, 1_000, 10_000, 100_000), 15, ("plan", "store", "network", "identity", "monitor")
DIFFICULTIES, TYPES = ("easy", "medium", "hard"), ("choice", "multiple-response", "order", "hotspot")
NO_TITLES = Titles("", "")


def measure() -> list[Figure]:
    """Milliseconds for a form of 40 items with quotas of domain, difficulty and type, by the size of the bank."""
    with tempfile.TemporaryDirectory(prefix="lms-bench-") as folder:
        taken = {size: _drawing(Path(folder), size) for size in SIZES}
    least = taken[SIZES[0]]
    return [
        Figure(f"drawing 40 items from {size:,}", taken[size] * 1e3, "ms", f"{SIZES[0]} items", taken[size] / least)
        for size in SIZES
    ]


def _drawing(folder: Path, size: int) -> float:
    database = Database(f"sqlite:///{folder}/{size}.sqlite3")
    metadata.create_all(database.engine)
    work = Work(database, SystemClock())
    exam = _exam(_planted(work, size))
    rounds = [_timed(work, exam, number * 2**62 // ROUNDS) for number in range(ROUNDS)]
    database.dispose()
    return median(rounds)


def _timed(work: Work, exam: Exam, lot: int) -> float:
    each = {domain: 4 * count + SPARE_ITEMS for domain, count in exam.specification.counts.items()}
    began = time.perf_counter()
    with work.read() as uow:
        found = Candidates(uow).some(exam, None, TYPES, each, lot)
        assemble(found, exam.specification, lot)
    return time.perf_counter() - began


def _exam(bank_id: UUID) -> Exam:
    mix = (Bound("easy", 2, 4), Bound("hard", 1, 3))
    quotas = tuple(Quota(domain, 8, NO_TITLES, difficulties=mix) for domain in DOMAINS)
    asked = ExamSpecification((bank_id,), quotas, 2700, types=(Bound("order", 4), Bound("hotspot", 2, 6)))
    return Exam(new_id(), NO_TITLES, WHOLE_SITE, frozenset(), "XY-1", "", asked, SystemClock().now())


def _planted(work: Work, size: int) -> UUID:
    bank_id = new_id()
    with work.write() as uow:
        run, now = uow.session.execute, uow.clock.now()
        bank = {"slug": f"bank-{size}", "title_ko": "", "title_en": "", "certification": "XY-1", "version": 1}
        run(insert(banks).values(id=bank_id, created_at=now, **bank))
        rows = [_item(bank_id, number) | {"created_at": now, "changed_at": now} for number in range(size)]
        run(insert(items), rows)
        versions = [
            {
                "id": row["approved_version_id"],
                "item_id": row["id"],
                "content": _content(row),
                "created_at": now,
                "number": 1,
            }
            for row in rows
        ]
        run(insert(item_versions), versions)
        mapped = [
            {"item_id": row["id"], "certification": "XY-1", "domain": DOMAINS[place % len(DOMAINS)]}
            for place, row in enumerate(rows)
        ]
        run(insert(item_domains), mapped)
        uow.commit()
    with work.write() as uow:
        uow.session.execute(text("ANALYZE"))
        uow.commit()
    return bank_id


def _item(bank_id: UUID, number: int) -> dict[str, object]:
    version_id = new_id()
    told = {"identifier": f"item-{number}", "type": TYPES[number % 7 % len(TYPES)], "state": "approved", "stem": ""}
    kept = {"objective": "", "difficulty": DIFFICULTIES[number % 3], "languages": "en ko", "version": 1}
    ids = {"id": new_id(), "bank_id": bank_id, "latest_version_id": version_id, "approved_version_id": version_id}
    return {**told, **kept, **ids}


def _content(row: dict[str, object]) -> dict[str, object]:
    return {"type": row["type"], "stem": {"ko": "문제", "en": "A question"}}
