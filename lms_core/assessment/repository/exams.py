"""Exams and the domains of items: the SQL."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, and_, cast, delete, false, func, insert, or_, select, true, update

from lms_core.assessment.domain.attempts import OPEN
from lms_core.assessment.domain.exams import Exam, MapItems
from lms_core.assessment.tables.attempts import attempts
from lms_core.assessment.tables.exams import exams, item_domains
from lms_core.assessment.tables.items import items
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork

PLACES = {
    "organisation": exams.c.organisation_id,
    "campus": exams.c.campus_id,
    "course": exams.c.course_id,
    "cohort": exams.c.cohort_id,
}
SORTS = {"title": exams.c.title_ko, "created": exams.c.created_at, "published": exams.c.published_at}


@dataclass(frozen=True, slots=True)
class Sat:
    """A person's attempts at one exam: how many, and the open one."""

    count: int
    open_id: UUID | None


NEVER_SAT = Sat(0, None)


@dataclass(frozen=True)
class Exams:
    """Exams inside one unit of work."""

    uow: UnitOfWork

    def add(self, exam: Exam) -> None:
        """Keep a new exam."""
        self.uow.session.add(exam)

    def get(self, exam_id: UUID) -> Exam:
        """The exam. Raises NotFound."""
        found = self.uow.session.get(Exam, exam_id)
        if found is None:
            raise NotFound
        return found

    def held(self, exam_id: UUID) -> Exam:
        """The exam, which nobody else can change, nor begin, before this unit of work ends. Raises NotFound."""
        found = self.uow.session.scalar(select(Exam).where(exams.c.id == exam_id).with_for_update())
        if found is None:
            raise NotFound
        return found

    def listed(
        self, request: PageRequest, authored: frozenset[Scope], sat: frozenset[Scope], *, anywhere: bool
    ) -> Page[Exam]:
        """One page of the exams in places ``authored``, and of those no longer drafts that are meant for ``sat``.

        ``anywhere``: exams of the whole site are among those to sit. Filters: state, course, certification.
        """
        to_sit = or_(_meant_for(sat), _of_the_site() if anywhere else false())
        mine = or_(_lies_in(authored), and_(exams.c.state != "draft", to_sit))
        statement = select(Exam).where(mine, *_filters(request))
        column: ColumnElement[Any] = SORTS.get(request.sort.removeprefix("-"), exams.c.created_at)
        descending = request.sort.startswith("-") or not request.sort
        ordered = statement.order_by(column.desc() if descending else column, exams.c.id)
        return page(self.uow, ordered, request)

    def keep_for_exams(self, item_ids: Sequence[UUID], *, exam_only: bool) -> None:
        """Say whether practice may ask these items."""
        self.uow.session.execute(update(items).where(items.c.id.in_(item_ids)).values(exam_only=exam_only))

    def sat_by(self, person_id: UUID, exam_ids: Sequence[UUID]) -> Mapping[UUID, Sat]:
        """The person's attempts at each of these exams, in one query."""
        theirs = select(attempts.c.exam_id, attempts.c.id, attempts.c.state)
        rows = self.uow.session.execute(
            theirs.where(attempts.c.person_id == person_id, attempts.c.exam_id.in_(exam_ids))
        ).all()
        sat: dict[UUID, Sat] = {}
        for exam_id, attempt_id, state in rows:
            before = sat.get(exam_id, NEVER_SAT)
            sat[exam_id] = Sat(before.count + 1, attempt_id if state == OPEN else before.open_id)
        return sat

    def titles(self, exam_ids: Iterable[UUID]) -> Mapping[UUID, Titles]:
        """The titles of these exams, in one query."""
        wanted = select(exams.c.id, exams.c.title_ko, exams.c.title_en).where(exams.c.id.in_(set(exam_ids)))
        return {row.id: Titles(row.title_ko, row.title_en) for row in self.uow.session.execute(wanted)}

    def map_items(self, command: MapItems) -> None:
        """Put the items into a domain of a certification, out of the one they were in."""
        theirs = and_(
            item_domains.c.certification == command.certification, item_domains.c.item_id.in_(command.item_ids)
        )
        self.uow.session.execute(delete(item_domains).where(theirs))
        if command.domain and command.item_ids:
            where = {"certification": command.certification, "domain": command.domain}
            rows = [{"item_id": item_id, **where} for item_id in dict.fromkeys(command.item_ids)]
            self.uow.session.execute(insert(item_domains), rows)

    def mapped(self, certification: str, item_ids: Sequence[UUID]) -> Mapping[UUID, str]:
        """The domain of each of these items in a certification."""
        where = and_(item_domains.c.certification == certification, item_domains.c.item_id.in_(item_ids))
        rows = self.uow.session.execute(select(item_domains.c.item_id, item_domains.c.domain).where(where))
        return {item_id: domain for item_id, domain in rows}  # noqa: C416 rows are no pairs to mypy

    def identified(self, bank_ids: Sequence[UUID], identifiers: Iterable[str]) -> Mapping[str, UUID]:
        """The items of these names in these banks, by name."""
        named = and_(items.c.bank_id.in_(bank_ids), items.c.identifier.in_(list(identifiers)))
        rows = self.uow.session.execute(select(items.c.identifier, items.c.id).where(named))
        return {row.identifier: row.id for row in rows}

    def identifiers(self, item_ids: Iterable[UUID]) -> Mapping[UUID, str]:
        """What these items are named."""
        rows = self.uow.session.execute(select(items.c.id, items.c.identifier).where(items.c.id.in_(list(item_ids))))
        return {row.id: row.identifier for row in rows}


def _filters(request: PageRequest) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if request.search:
        like = f"%{request.search.lower()}%"
        words = (exams.c.title_ko, exams.c.title_en, exams.c.certification)
        found.append(or_(*(func.lower(column).like(like) for column in words)))
    if state := request.filtered("state"):
        found.append(exams.c.state == state)
    if certification := request.filtered("certification"):
        found.append(exams.c.certification == certification)
    if course := request.filtered("course"):
        found.append(exams.c.course_id == UUID(course))
    return found


def _lies_in(places: frozenset[Scope]) -> ColumnElement[bool]:
    if SITE in places:
        return true()
    written = cast(exams.c.scopes, Text)
    return or_(false(), *(written.contains(f'"{place}"', autoescape=True) for place in sorted(places)))


def _meant_for(places: frozenset[Scope]) -> ColumnElement[bool]:
    if SITE in places:
        return true()
    found: list[ColumnElement[bool]] = []
    narrower: list[ColumnElement[bool]] = []
    for kind in ("cohort", "course", "campus", "organisation"):
        ids = [UUID(place.id) for place in places if place.kind == kind]
        found.append(and_(PLACES[kind].in_(ids), *narrower))
        narrower.append(PLACES[kind].is_(None))
    return or_(*found)


def _of_the_site() -> ColumnElement[bool]:
    return and_(*(column.is_(None) for column in PLACES.values()))
