"""The form of an exam on its way in: what the browser sent, and the command that comes of it."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from flask import request

from lms_core.assessment.domain.exams import DraftExam, Exam, Place
from lms_core.assessment.domain.specifications import Bound, ExamSection, ExamSpecification, Quota
from lms_core.assessment.schemas.exam_writing import WrittenExamIn
from lms_core.assessment.service import ExamService
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid
from lms_core.foundation.scopes import SITE, parse_scope
from lms_core.foundation.text import Text, Titles, text
from lms_core.foundation.web import provide
from lms_core.foundation.web.forms import submitted

MOST_ROWS: Final[Mapping[str, int]] = {"quotas": 40, "types": 20, "sections": 12}
DIFFICULTIES: Final = ("easy", "medium", "hard")
CELLS: Final[Mapping[str, tuple[str, ...]]] = {
    "quotas": ("domain", "ko", "en", "items", *DIFFICULTIES),
    "types": ("name", "count"),
    "sections": ("ko", "en", "introduction_ko", "introduction_en", "domains"),
}
ITEMS: Final = ("required", "excluded", "pilots")
PLAIN: Final = (
    "opens_at",
    "closes_at",
    "attempts_allowed",
    "pass_percent",
    "shuffle_choices",
    "forms",
    "overlap_percent",
    "most_exposures",
    "breaks",
    "comments",
)


def sent_exam() -> dict[str, Any]:
    """What the browser sent, as the form shows it again: rows with nothing in them are left out."""
    rows = {kind: [row for place in range(most) if (row := _row(kind, place))] for kind, most in MOST_ROWS.items()}
    return submitted(WrittenExamIn()) | rows


def _row(kind: str, place: int) -> dict[str, Any]:
    cells = {cell: request.form.get(f"{kind}.{place}.{cell}", "").strip() for cell in CELLS[kind]}
    if kind == "sections":
        ticked = request.form.getlist(f"{kind}.{place}.types")
        row: dict[str, Any] = cells | {"types": ticked, "locks": f"{kind}.{place}.locks" in request.form}
        return row if any(row.values()) else {}
    return cells if any(cells.values()) else {}


def schema_input(sent: Mapping[str, Any]) -> dict[str, Any]:
    """The same as the schema reads it."""
    # An empty cell was not filled in: "this is required" says more than what its characters lack.
    sections = [{cell: value for cell, value in row.items() if value} for row in sent["sections"]]
    return {**sent, "quotas": [_quota_input(row) for row in sent["quotas"]], "sections": sections}


def command_of(actor: Actor, data: Mapping[str, Any], before: Exam | None = None) -> DraftExam:
    """The command that ``WrittenExamIn`` read. Published shares are kept as they are in ``before``.

    Raises Invalid for an item that no chosen bank has, and for a place that is none.
    """
    specification = ExamSpecification(
        tuple(data["bank_ids"]),
        tuple(_quota(row, before) for row in data["quotas"]),
        data["minutes"] * 60,
        languages=tuple(data["languages"]),
        types=tuple(Bound(row["name"], *row["count"]) for row in data["types"] if row["count"]),
        sections=tuple(_section(row) for row in data["sections"]),
        agreement=Titles(data["agreement_ko"], data["agreement_en"]),
        practice=not data["exam_only"],
        **_items(actor, data),
        **{name: data[name] for name in PLAIN},
    )
    titles = Titles(data["title_ko"], data["title_en"])
    about = (data["certification"], data["specification_version"])
    return DraftExam(titles, specification, _place(data["place"], before), *about)


def _quota(row: Mapping[str, Any], before: Exam | None) -> Quota:
    known = before.specification.quota(row["domain"]) if before else None
    shares = (known.least_percent, known.most_percent) if known else (None, None)
    mix = [Bound(name, *row[name]) for name in DIFFICULTIES if row[name]]
    if known:
        mix += [bound for bound in known.difficulties if bound.name not in DIFFICULTIES]
    return Quota(row["domain"], row["items"], Titles(**row["titles"]), *shares, tuple(mix))


def _section(row: Mapping[str, Any]) -> ExamSection:
    introduction = Titles(row["introduction_ko"], row["introduction_en"])
    return ExamSection(
        Titles(row["ko"], row["en"]), not row["locks"], tuple(row["domains"]), tuple(row["types"]), introduction
    )


def _items(actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
    named = [name for field in ITEMS for name in data[field]]
    known = provide(ExamService).named(actor, data["bank_ids"], named) if named else {}
    unknown: dict[str, tuple[Text, ...]] = {}
    for field in ITEMS:
        if missing := [name for name in data[field] if name not in known]:
            reason = text("No chosen bank has an item named %(names)s.", names=", ".join(missing[:5]))
            unknown[field] = (reason,)
    if unknown:
        raise Invalid(fields=unknown)
    return {field: tuple(known[name] for name in data[field]) for field in ITEMS}


def _quota_input(row: Mapping[str, Any]) -> dict[str, Any]:
    items = str(row["items"])
    titles = {"ko": row["ko"] or row["domain"], "en": row["en"] or row["ko"] or row["domain"]}
    told = {"domain": row["domain"], "items": int(items) if items.isdigit() else items, "titles": titles}
    return told | {name: row.get(name, "") for name in DIFFICULTIES}


def _place(written: str, before: Exam | None) -> Place:
    if before is not None and written == str(before.place.narrowest):
        return before.place
    try:
        scope = parse_scope(written)
        return Place() if scope == SITE else Place(**{f"{scope.kind}_id": UUID(scope.id)})
    except (ValueError, TypeError) as wrong:
        raise Invalid(fields={"place": (text("Choose one of the places."),)}) from wrong
