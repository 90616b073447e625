"""Banks inside one unit of work: the SQL."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.exc import IntegrityError

from lms_core.assessment.domain.banks import Bank, SlugTaken
from lms_core.assessment.tables.items import banks
from lms_core.foundation.actors import Actor
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork

PLACES = {
    "organisation": banks.c.organisation_id,
    "campus": banks.c.campus_id,
    "course": banks.c.course_id,
    "cohort": banks.c.cohort_id,
}


@dataclass(frozen=True)
class Banks:
    """Banks, found by id or by short name."""

    uow: UnitOfWork

    def add(self, bank: Bank) -> None:
        """Keep a new bank. Raises SlugTaken if somebody else took its short name in this moment."""
        self.uow.session.add(bank)
        try:
            self.uow.session.flush()
        except IntegrityError as taken:
            raise SlugTaken from taken

    def get(self, bank_id: UUID) -> Bank:
        """The bank. Raises NotFound."""
        found = self.uow.session.get(Bank, bank_id)
        if found is None:
            raise NotFound
        return found

    def by_slug(self, slug: str) -> Bank | None:
        """The bank with this short name, if there is one."""
        return self.uow.session.scalar(select(Bank).where(banks.c.slug == slug))

    def listed(self, request: PageRequest, actor: Actor, permission: str) -> Page[Bank]:
        """One page of those where ``actor`` holds ``permission``, by title."""
        statement = _within(_searched(select(Bank), request.search), actor, permission)
        return page(self.uow, statement.order_by(_title(actor.language), banks.c.id), request)

    def choices(self, actor: Actor, permission: str) -> list[Bank]:
        """Every bank where ``actor`` holds ``permission``, by title."""
        statement = _within(select(Bank), actor, permission)
        return list(self.uow.session.scalars(statement.order_by(_title(actor.language), banks.c.id)))


def _searched(statement: Select[Any], search: str) -> Select[Any]:
    if not search:
        return statement
    like = f"%{search.lower()}%"
    searched = (banks.c.slug, banks.c.title_ko, banks.c.title_en, banks.c.certification)
    return statement.where(or_(*(func.lower(column).like(like) for column in searched)))


def _within(statement: Select[Any], actor: Actor, permission: str) -> Select[Any]:
    reach = {kind: actor.ids_where(permission, kind) for kind in PLACES}
    if None in reach.values():
        return statement
    shared = and_(*(column.is_(None) for column in PLACES.values())) if actor.where(permission) else false()
    return statement.where(or_(shared, *(PLACES[kind].in_(ids) for kind, ids in reach.items() if ids)))


def _title(language: str) -> Any:
    return banks.c.title_en if language == "en" else banks.c.title_ko
