"""The SQL of the organisation room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.exc import IntegrityError

from lms_core.foundation.actors import Actor
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.scopes import SITE
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork
from lms_core.organisation.domain import (
    Campus,
    CampusListed,
    CampusNotFound,
    Department,
    DepartmentNotFound,
    Membership,
    MembershipNotFound,
    Organisation,
    OrganisationNotFound,
    SlugTaken,
)
from lms_core.organisation.tables import campuses, departments, memberships, organisations

partners = organisations.alias("partner")


@dataclass(frozen=True)
class Organisations:
    """Organisations inside one unit of work."""

    uow: UnitOfWork

    def add(self, organisation: Organisation) -> None:
        """Keep a new one. Raises SlugTaken."""
        self.uow.session.add(organisation)
        _flush(self.uow)

    def save(self) -> None:
        """Write changes down now. Raises SlugTaken."""
        _flush(self.uow)

    def find(self, organisation_id: UUID) -> Organisation | None:
        """The organisation, or None."""
        return self.uow.session.get(Organisation, organisation_id)

    def get(self, organisation_id: UUID) -> Organisation:
        """The organisation. Raises OrganisationNotFound."""
        found = self.find(organisation_id)
        if found is None:
            raise OrganisationNotFound
        return found

    def listed(self, request: PageRequest, actor: Actor, permission: str) -> Page[Organisation]:
        """One page of those where ``actor`` holds ``permission``."""
        statement = _searched(select(Organisation), organisations, request.search)
        if kind := request.filtered("kind"):
            statement = statement.where(organisations.c.kind == kind)
        reach = actor.ids_where(permission, "organisation")
        if reach is not None:
            statement = statement.where(organisations.c.id.in_(reach))
        sorts = {"kind": organisations.c.kind, "slug": organisations.c.slug}
        return page(self.uow, _ordered(statement, organisations, request.sort, sorts, actor.language), request)

    def choices(self, kinds: Iterable[str], language: str) -> list[Organisation]:
        """Every organisation of these kinds by title, for a form to choose from."""
        statement = select(Organisation).where(organisations.c.kind.in_(list(kinds)))
        return list(self.uow.session.scalars(statement.order_by(_title(organisations, language))))

    def titles(self, ids: Iterable[UUID]) -> Mapping[UUID, Titles]:
        """Titles by id, in one query."""
        return _titles(self.uow, organisations, ids)


@dataclass(frozen=True)
class Campuses:
    """Campuses and their departments inside one unit of work."""

    uow: UnitOfWork

    def add(self, campus: Campus) -> None:
        """Keep a new one. Raises SlugTaken."""
        self.uow.session.add(campus)
        _flush(self.uow)

    def save(self) -> None:
        """Write changes down now. Raises SlugTaken."""
        _flush(self.uow)

    def find(self, campus_id: UUID) -> Campus | None:
        """The campus, or None."""
        return self.uow.session.get(Campus, campus_id)

    def get(self, campus_id: UUID) -> Campus:
        """The campus. Raises CampusNotFound."""
        found = self.find(campus_id)
        if found is None:
            raise CampusNotFound
        return found

    def listed(self, request: PageRequest, actor: Actor, permission: str) -> Page[CampusListed]:
        """One page of those where ``actor`` holds ``permission``, each with its owner and partner."""
        statement = _within(_filtered(_searched(_with_hosts(), campuses, request.search), request), actor, permission)
        sorts = {"slug": campuses.c.slug, "district": campuses.c.district, "opened": campuses.c.opened_on}
        ordered = _ordered(statement, campuses, request.sort, sorts, actor.language)
        return page(self.uow, ordered, request).map(_listed)

    def choices(self, actor: Actor, permission: str) -> list[Campus]:
        """Every campus where ``actor`` holds ``permission``, by title."""
        statement = _within(select(Campus), actor, permission)
        return list(self.uow.session.scalars(statement.order_by(_title(campuses, actor.language))))

    def hosted_by(self, organisation_ids: Iterable[UUID]) -> frozenset[UUID]:
        """The campuses that these organisations own, or that are dedicated to them."""
        ids = list(organisation_ids)
        hosted = or_(campuses.c.owner_id.in_(ids), campuses.c.partner_id.in_(ids))
        return frozenset(self.uow.session.scalars(select(campuses.c.id).where(hosted))) if ids else frozenset()

    def titles(self, ids: Iterable[UUID]) -> Mapping[UUID, Titles]:
        """Titles by id, in one query."""
        return _titles(self.uow, campuses, ids)

    def department(self, campus_id: UUID, department_id: UUID) -> Department:
        """A department of this campus. Raises DepartmentNotFound."""
        found = self.uow.session.get(Department, department_id)
        if found is None or found.campus_id != campus_id:
            raise DepartmentNotFound
        return found

    def departments(self, campus_id: UUID) -> list[Department]:
        """The departments of a campus by short name."""
        statement = select(Department).where(departments.c.campus_id == campus_id).order_by(departments.c.slug)
        return list(self.uow.session.scalars(statement))

    def add_department(self, department: Department) -> None:
        """Keep a new department. Raises SlugTaken."""
        self.uow.session.add(department)
        _flush(self.uow)


@dataclass(frozen=True)
class Memberships:
    """Who belongs where, inside one unit of work."""

    uow: UnitOfWork

    def add(self, membership: Membership) -> None:
        """Keep a new one."""
        self.uow.session.add(membership)

    def get(self, membership_id: UUID) -> Membership:
        """The membership. Raises MembershipNotFound."""
        found = self.uow.session.get(Membership, membership_id)
        if found is None:
            raise MembershipNotFound
        return found

    def holds(self, membership: Membership) -> bool:
        """Whether the person already has this position in this place, and it has not ended."""
        same = and_(
            memberships.c.person_id == membership.person_id,
            memberships.c.position == membership.position,
            memberships.c.organisation_id.is_not_distinct_from(membership.organisation_id),
            memberships.c.campus_id.is_not_distinct_from(membership.campus_id),
            memberships.c.ended_on.is_(None),
        )
        return bool(self.uow.session.scalar(select(exists().where(same))))

    def listed(
        self, request: PageRequest, organisation_id: UUID | None = None, campus_id: UUID | None = None
    ) -> Page[Membership]:
        """One page of the members of a place, the newest first; ended ones only if asked for."""
        statement = select(Membership).where(
            memberships.c.organisation_id == organisation_id
            if organisation_id is not None
            else memberships.c.campus_id == campus_id
        )
        if position := request.filtered("position"):
            statement = statement.where(memberships.c.position == position)
        if request.filtered("ended") != "yes":
            statement = statement.where(memberships.c.ended_on.is_(None))
        return page(self.uow, statement.order_by(memberships.c.begun_on.desc(), memberships.c.id), request)


def _flush(uow: UnitOfWork) -> None:
    # The unique constraint is the only judge of names: a look beforehand could be overtaken.
    try:
        uow.session.flush()
    except IntegrityError as taken:
        raise SlugTaken from taken


def _with_hosts() -> Select[Any]:
    counted = select(func.count()).where(departments.c.campus_id == campuses.c.id).scalar_subquery()
    owner = (organisations.c.title_ko.label("owner_ko"), organisations.c.title_en.label("owner_en"))
    partner = (partners.c.title_ko.label("partner_ko"), partners.c.title_en.label("partner_en"))
    joined = select(Campus, *owner, *partner, counted.label("departments"))
    joined = joined.join(organisations, organisations.c.id == campuses.c.owner_id)
    return joined.outerjoin(partners, partners.c.id == campuses.c.partner_id)


def _listed(row: Any) -> CampusListed:
    partner = Titles(row.partner_ko, row.partner_en) if row.partner_ko is not None else None
    return CampusListed(row.Campus, Titles(row.owner_ko, row.owner_en), partner, row.departments)


def _filtered(statement: Select[Any], request: PageRequest) -> Select[Any]:
    dedicated = request.filtered("dedicated")
    if dedicated in {"yes", "no"}:
        empty = campuses.c.partner_id.is_(None)
        statement = statement.where(~empty if dedicated == "yes" else empty)
    return statement


def _within(statement: Select[Any], actor: Actor, permission: str) -> Select[Any]:
    places = actor.where(permission)
    if SITE in places:
        return statement
    ids = {kind: [UUID(place.id) for place in places if place.kind == kind] for kind in ("organisation", "campus")}
    hosts = ids["organisation"]
    return statement.where(
        or_(campuses.c.id.in_(ids["campus"]), campuses.c.owner_id.in_(hosts), campuses.c.partner_id.in_(hosts))
    )


def _searched(statement: Select[Any], table: Any, words: str) -> Select[Any]:
    if not words:
        return statement
    columns = (table.c.title_ko, table.c.title_en, table.c.slug)
    return statement.where(or_(*(column.icontains(words, autoescape=True) for column in columns)))


def _ordered(statement: Select[Any], table: Any, sort: str, sorts: Mapping[str, Any], language: str) -> Select[Any]:
    column = sorts.get(sort.removeprefix("-"), _title(table, language))
    return statement.order_by(column.desc() if sort.startswith("-") else column, table.c.id)


def _title(table: Any, language: str) -> Any:
    return table.c.title_ko if language == "ko" else table.c.title_en


def _titles(uow: UnitOfWork, table: Any, ids: Iterable[UUID]) -> Mapping[UUID, Titles]:
    wanted = {each for each in ids if each is not None}
    if not wanted:
        return {}
    rows = uow.session.execute(select(table.c.id, table.c.title_ko, table.c.title_en).where(table.c.id.in_(wanted)))
    return {identifier: Titles(ko, en) for identifier, ko, en in rows}
