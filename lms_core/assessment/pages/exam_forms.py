"""The form of an exam on its way out: its fields, its rows, and what is wrong beside each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from lms_core.assessment.domain.exams import AUTHOR_EXAM, Exam
from lms_core.assessment.domain.specifications import Bound, ExamSection, ExamSpecification, Quota
from lms_core.assessment.pages.exam_sent import DIFFICULTIES, ITEMS, MOST_ROWS, PLAIN
from lms_core.assessment.schemas.exam_writing import WrittenExamIn
from lms_core.assessment.service import BankService, ExamService
from lms_core.catalog.service import CourseDirectory
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import LmsError
from lms_core.foundation.scopes import EVERYWHERE, SITE, Scope
from lms_core.foundation.text import Titles, text
from lms_core.foundation.web import provide
from lms_core.foundation.web.forms import Form, Option, make_form
from lms_core.foundation.web.languages import language, say
from lms_core.hooks.caller import Hooks
from lms_core.organisation.service import CampusService

SPARE: Final[Mapping[str, int]] = {"quotas": 2, "types": 1, "sections": 1}
FEWEST: Final[Mapping[str, int]] = {"quotas": 4, "types": 2, "sections": 1}
NEW: Final[Mapping[str, Any]] = {"minutes": 45, "languages": ("ko", "en"), "shuffle_choices": True, "forms": 4}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its place from 0, what is in its cells, and what is wrong with it."""

    place: int
    cells: Mapping[str, Any]
    errors: tuple[str, ...] = ()

    @property
    def is_spare(self) -> bool:
        """Whether nothing stands in it."""
        return not self.cells


@dataclass(frozen=True, slots=True)
class ExamForm:
    """The whole form. ``rows`` by kind: quotas, types, sections; ``types`` can be chosen in rows: (name, title)."""

    form: Form
    rows: Mapping[str, Sequence[Row]]
    types: Sequence[Option]


def exam_form(actor: Actor, values: Mapping[str, Any], error: LmsError | None = None) -> ExamForm:
    """The form with ``values`` in it, ``error`` beside its fields, and rows to spare."""
    form = make_form(WrittenExamIn(), values, error)
    filled = form.with_options(place=_places(actor, str(values.get("place", ""))), bank_ids=_banks(actor))
    found = error.fields if error else {}
    rows = {kind: _rows(kind, list(values.get(kind, ())), found) for kind in MOST_ROWS}
    return ExamForm(filled, rows, _types(values))


def values_of(exam: Exam) -> dict[str, Any]:
    """What the form shows of an exam."""
    asked = exam.specification
    kept = {name: getattr(asked, name) for name in (*PLAIN, "bank_ids", "languages")}
    titles = {"title_ko": exam.titles.ko, "title_en": exam.titles.en}
    about = {"certification": exam.certification, "specification_version": exam.specification_version}
    told = {"agreement_ko": asked.agreement.ko, "agreement_en": asked.agreement.en, "exam_only": not asked.practice}
    place = {"place": str(exam.place.narrowest), "minutes": asked.seconds // 60}
    return {**titles, **about, **kept, **told, **place, **_named(asked), **_written_rows(asked)}


def _written_rows(asked: ExamSpecification) -> dict[str, list[dict[str, Any]]]:
    return {
        "quotas": [_quota_cells(quota) for quota in asked.quotas],
        "types": [{"name": bound.name, "count": span(bound)} for bound in asked.types],
        "sections": [_section_cells(section) for section in asked.sections],
    }


def _named(asked: ExamSpecification) -> dict[str, str]:
    """Items by their names, a line each."""
    names = provide(ExamService).names({one for field in ITEMS for one in getattr(asked, field)})
    return {field: "\n".join(names[one] for one in getattr(asked, field) if one in names) for field in ITEMS}


def span(bound: Bound) -> str:
    """A bound as people write it: see ``Span``."""
    if bound.most == bound.least:
        return str(bound.least)
    return f"{bound.least or ''}-{'' if bound.most is None else bound.most}"


def _rows(kind: str, written: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Any]]) -> list[Row]:
    count = min(MOST_ROWS[kind], max(FEWEST[kind], len(written) + SPARE[kind]))
    cells = (written[place] if place < len(written) else {} for place in range(count))
    return [Row(place, row, _wrong(found, f"{kind}.{place}.")) for place, row in enumerate(cells)]


def _quota_cells(quota: Quota) -> dict[str, Any]:
    mix = {bound.name: span(bound) for bound in quota.difficulties if bound.name in DIFFICULTIES}
    return {"domain": quota.domain, "ko": quota.titles.ko, "en": quota.titles.en, "items": quota.items, **mix}


def _section_cells(section: ExamSection) -> dict[str, Any]:
    return {
        "ko": section.titles.ko,
        "en": section.titles.en,
        "introduction_ko": section.introduction.ko,
        "introduction_en": section.introduction.en,
        "domains": ", ".join(section.domains),
        "types": section.types,
        "locks": not section.returns,
    }


def _wrong(found: Mapping[str, Sequence[Any]], prefix: str) -> tuple[str, ...]:
    return tuple(say(one) for key, said in found.items() if key.startswith(prefix) for one in said)


def _types(values: Mapping[str, Any]) -> list[Option]:
    """The types of item that can be asked, and those that are written already."""
    known = type_titles()
    written = {row.get("name", "") for row in values.get("types", ())}
    written |= {name for row in values.get("sections", ()) for name in row.get("types", ())}
    return [*known.items(), *((name, name) for name in sorted(written - set(known)) if name)]


def type_titles() -> dict[str, str]:
    """What the types of item are called, by their names."""
    return {one.name: say(one.title) for one in provide(Hooks).item_types(frozenset({SITE}))}


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
