"""The form of an exam: what it shows of one, what the browser sent, and the command that comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from flask import request

from lms_core.assessment.domain.exams import AUTHOR_EXAM, DraftExam, Exam, Place
from lms_core.assessment.domain.specifications import ExamSpecification, Quota
from lms_core.assessment.schemas.writing import WrittenExamIn
from lms_core.assessment.service.banks import BankService
from lms_core.catalog.service import CourseDirectory
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import Invalid, LmsError
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope, parse_scope
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web import provide
from lms_core.foundation.web.forms import Form, Option, make_form, submitted
from lms_core.foundation.web.languages import language, say
from lms_core.organisation.service import CampusService

MOST_ROWS: Final = 40
SPARE: Final = 2
CELLS: Final = ("domain", "ko", "en", "items")
NEW: Final[Mapping[str, Any]] = {"minutes": 45, "languages": ("ko", "en"), "shuffle_choices": True, "forms": 4}


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One row: its place from 0, what is in its cells, and what is wrong with it."""

    place: int
    cells: Mapping[str, Any]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExamForm:
    """The whole form."""

    form: Form
    rows: tuple[QuotaRow, ...]


def exam_form(actor: Actor, values: Mapping[str, Any], error: LmsError | None = None) -> ExamForm:
    """The form with ``values`` in it, ``error`` beside its fields, and rows to spare."""
    form = make_form(WrittenExamIn(), values, error)
    filled = form.with_options(place=_places(actor, str(values.get("place", ""))), bank_ids=_banks(actor))
    written = list(values.get("quotas", ()))
    count = min(MOST_ROWS, max(4, len(written) + SPARE))
    rows = (written[place] if place < len(written) else {} for place in range(count))
    found = error.fields if error else {}
    return ExamForm(filled, tuple(QuotaRow(place, row, _wrong(found, place)) for place, row in enumerate(rows)))


def values_of(exam: Exam) -> dict[str, Any]:
    """What the form shows of an exam."""
    specification = exam.specification
    plain = ("bank_ids", "opens_at", "closes_at", "attempts_allowed", "pass_percent", "languages", "forms")
    kept = {name: getattr(specification, name) for name in (*plain, "shuffle_choices")}
    titles = {"title_ko": exam.titles.ko, "title_en": exam.titles.en}
    about = {"certification": exam.certification, "specification_version": exam.specification_version}
    rows = [_cells(quota) for quota in specification.quotas]
    place = {"place": str(exam.place.narrowest), "minutes": specification.seconds // 60}
    return {**titles, **about, **kept, **place, "quotas": rows}


def sent_exam() -> dict[str, Any]:
    """What the browser sent, as the form shows it again: rows with nothing in them are left out."""
    rows = [
        {cell: request.form.get(f"quotas.{place}.{cell}", "").strip() for cell in CELLS} for place in range(MOST_ROWS)
    ]
    return submitted(WrittenExamIn()) | {"quotas": [row for row in rows if any(row.values())]}


def schema_input(sent: Mapping[str, Any]) -> dict[str, Any]:
    """The same as the schema reads it."""
    return {**sent, "quotas": [_quota_input(row) for row in sent["quotas"]]}


def command_of(data: Mapping[str, Any], before: Exam | None = None) -> DraftExam:
    """The command that ``WrittenExamIn`` read. The published shares of ``before`` stay with their domains."""
    plain = ("opens_at", "closes_at", "attempts_allowed", "pass_percent", "shuffle_choices", "forms")
    specification = ExamSpecification(
        tuple(data["bank_ids"]),
        tuple(_quota(row, before) for row in data["quotas"]),
        data["minutes"] * 60,
        languages=tuple(data["languages"]),
        **{name: data[name] for name in plain},
    )
    titles = Titles(data["title_ko"], data["title_en"])
    about = (data["certification"], data["specification_version"])
    return DraftExam(titles, specification, _place(data["place"], before), *about)


def _quota(row: Mapping[str, Any], before: Exam | None) -> Quota:
    known = before.specification.quota(row["domain"]) if before else None
    shares = (known.least_percent, known.most_percent) if known else (None, None)
    return Quota(row["domain"], row["items"], Titles(**row["titles"]), *shares)


def _place(written: str, before: Exam | None) -> Place:
    if before is not None and written == str(before.place.narrowest):
        return before.place
    try:
        scope = parse_scope(written)
        return Place() if scope == SITE else Place(**{f"{scope.kind}_id": UUID(scope.id)})
    except (ValueError, TypeError) as wrong:
        raise Invalid(fields={"place": (text("Choose one of the places."),)}) from wrong


def _cells(quota: Quota) -> dict[str, Any]:
    return {"domain": quota.domain, "ko": quota.titles.ko, "en": quota.titles.en, "items": quota.items}


def _quota_input(row: Mapping[str, Any]) -> dict[str, Any]:
    items = str(row["items"])
    titles = {"ko": row["ko"] or row["domain"], "en": row["en"] or row["ko"] or row["domain"]}
    return {"domain": row["domain"], "items": int(items) if items.isdigit() else items, "titles": titles}


def _wrong(found: Mapping[str, Sequence[Any]], place: int) -> tuple[str, ...]:
    return tuple(say(one) for key, said in found.items() if key.startswith(f"quotas.{place}.") for one in said)


def _banks(actor: Actor) -> list[Option]:
    return [(str(one.id), one.titles.in_(language())) for one in provide(BankService).choices(actor)]


def _places(actor: Actor, current: str) -> list[Option]:
    """The site, campuses and courses where the actor writes exams, and the place it has now."""
    courses, ids = provide(CourseDirectory), provide(CourseDirectory).within(actor, AUTHOR_EXAM)
    found = [(SITE, Titles("모든 교육생", "Everybody who learns here"))] if actor.may(AUTHOR_EXAM, EVERYWHERE) else []
    found += [(Scope("campus", str(one.id)), one.titles) for one in provide(CampusService).choices(actor, AUTHOR_EXAM)]
    titles = courses.offered(actor) if ids is None else courses.titles(ids)
    found += [(Scope("course", str(one)), named) for one, named in titles.items()]
    options = [(str(scope), named.in_(language())) for scope, named in found]
    known = {value for value, _ in options}
    return options if not current or current in known else [(current, say(text("As it is now"))), *options]
