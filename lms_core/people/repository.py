"""The SQL of people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, Table, and_, bindparam, delete, exists, func, or_, select, update

from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.uow import UnitOfWork
from lms_core.people.domain import LinkSpent, Person, PersonListed, RoleGiven, Session, SingleUseLink, Token
from lms_core.people.tables import links, persons, roles, sessions, tokens

Key = TypeVar("Key", Session, Token)
SORTS = {"name": persons.c.display_name, "email": persons.c.email, "joined": persons.c.created_at}


@dataclass(frozen=True)
class People:
    """Persons and their roles inside one unit of work."""

    uow: UnitOfWork

    def add(self, person: Person) -> None:
        """Keep a new person."""
        self.uow.session.add(person)

    def get(self, person_id: UUID) -> Person:
        """The person. Raises NotFound, also for someone who was erased."""
        found = self.uow.session.get(Person, person_id)
        if found is None or found.state == "erased":
            raise NotFound
        return found

    def by_email(self, email: str) -> Person | None:
        """The person with this address, if there is one."""
        return self.uow.session.scalar(select(Person).where(persons.c.email == email))

    def names(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """Display names by id, in one query."""
        rows = self.uow.session.execute(select(persons.c.id, persons.c.display_name).where(persons.c.id.in_(list(ids))))
        return {identifier: name for identifier, name in rows}  # noqa: C416 rows are no pairs to mypy

    def languages(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """The languages in which people use the site, by id, in one query."""
        rows = self.uow.session.execute(select(persons.c.id, persons.c.language).where(persons.c.id.in_(list(ids))))
        return {identifier: language for identifier, language in rows}  # noqa: C416 rows are no pairs to mypy

    def listed(self, request: PageRequest, places: frozenset[Scope]) -> Page[PersonListed]:
        """One page of those who hold a role in ``places`` (SITE: everyone), with their roles: three queries."""
        statement = _ordered(_searched(select(Person).where(persons.c.state != "erased"), request), request.sort)
        if role := request.filtered("role"):
            statement = statement.where(_holds(roles.c.role == role))
        if SITE not in places:
            statement = statement.where(_holds(or_(*(_in(place) for place in places))))
        found = page(self.uow, statement, request)
        held = self.roles_of([person.id for person in found.items])
        return found.map(lambda person: _listed(person, held))

    def roles_of(self, ids: Sequence[UUID]) -> dict[UUID, list[RoleGiven]]:
        """The roles of several persons, in one query."""
        gathered: dict[UUID, list[RoleGiven]] = {identifier: [] for identifier in ids}
        for given in self.uow.session.scalars(select(RoleGiven).where(roles.c.person_id.in_(ids))):
            gathered[given.person_id].append(given)
        return gathered

    def scopes_of(self, person_id: UUID) -> frozenset[Scope]:
        """Every place in which the person holds a role, and the site."""
        held = select(roles.c.scope_kind, roles.c.scope_id).where(roles.c.person_id == person_id)
        return frozenset({SITE, *(Scope(kind, identifier) for kind, identifier in self.uow.session.execute(held))})

    def give(self, given: RoleGiven) -> bool:
        """Keep a role; False if the person holds it there already."""
        here = and_(roles.c.person_id == given.person_id, roles.c.role == given.role, _in(given.scope))
        if self.uow.session.scalar(select(exists().where(here))):
            return False
        self.uow.session.add(given)
        return True

    def take(self, person_id: UUID, role: str, scope: Scope) -> bool:
        """Remove a role; False if the person did not hold it there."""
        gone = delete(roles).where(roles.c.person_id == person_id, roles.c.role == role, _in(scope))
        return bool(self.uow.session.execute(gone.returning(roles.c.id)).all())


@dataclass(frozen=True, slots=True)
class Held(Generic[Key]):
    """A session or token with its person, and every role of theirs with its place."""

    key: Key
    person: Person
    roles: tuple[tuple[str, Scope], ...]


@dataclass(frozen=True)
class Keys:
    """Sessions, tokens and single-use links inside one unit of work."""

    uow: UnitOfWork

    def add(self, key: Session | Token | SingleUseLink) -> None:
        """Keep a new key."""
        self.uow.session.add(key)

    def session(self, token_hash: str) -> Held[Session] | None:
        """The session, its person and their roles, in one query."""
        return self._held(_SESSION, token_hash)

    def token(self, token_hash: str) -> Held[Token] | None:
        """The token, its person and their roles, in one query."""
        return self._held(_TOKEN, token_hash)

    def link(self, token_hash: str) -> SingleUseLink:
        """The single-use link. Raises LinkSpent if there is none."""
        found = self.uow.session.scalar(select(SingleUseLink).where(links.c.token_hash == token_hash))
        if found is None:
            raise LinkSpent
        return found

    def sessions_of(self, person_id: UUID, now: datetime) -> Sequence[Session]:
        """The sessions in force, the last used first."""
        mine = select(Session).where(sessions.c.person_id == person_id, sessions.c.revoked_at.is_(None))
        return self.uow.session.scalars(
            mine.where(sessions.c.expires_at > now).order_by(sessions.c.last_seen_at.desc())
        ).all()

    def tokens_of(self, person_id: UUID, now: datetime) -> Sequence[Token]:
        """The tokens in force, the newest first."""
        mine = select(Token).where(tokens.c.person_id == person_id, tokens.c.revoked_at.is_(None))
        return self.uow.session.scalars(
            mine.where(tokens.c.expires_at > now).order_by(tokens.c.created_at.desc())
        ).all()

    def touch(self, session_id: UUID, now: datetime) -> None:
        """Write down when a session was last used."""
        self.uow.session.execute(update(sessions).where(sessions.c.id == session_id).values(last_seen_at=now))

    def revoke(self, person_id: UUID, key_id: UUID, now: datetime) -> None:
        """End one session or token of a person. Raises NotFound if it is not theirs."""
        ended = 0
        for table in (sessions, tokens):
            mine = update(table).where(table.c.id == key_id, table.c.person_id == person_id)
            ended += len(self.uow.session.execute(mine.values(revoked_at=now).returning(table.c.id)).all())
        if not ended:
            raise NotFound

    def _held(self, statement: Select[Any], token_hash: str) -> Held[Any] | None:
        rows = self.uow.session.execute(statement, {"token_hash": token_hash}).all()
        if not rows:
            return None
        key, person, *_ = rows[0]
        given = ((role, Scope(kind, identifier)) for _, _, role, kind, identifier in rows if role is not None)
        return Held(key, person, tuple(given))

    def revoke_all(self, person_id: UUID, now: datetime) -> None:
        """End every session and token of a person, and spend every link."""
        for table in (sessions, tokens):
            mine = update(table).where(table.c.person_id == person_id, table.c.revoked_at.is_(None))
            self.uow.session.execute(mine.values(revoked_at=now))
        spent = update(links).where(links.c.person_id == person_id, links.c.used_at.is_(None))
        self.uow.session.execute(spent.values(used_at=now))


def _searched(statement: Select[Any], request: PageRequest) -> Select[Any]:
    if not request.search:
        return statement
    like = f"%{request.search.lower()}%"
    return statement.where(or_(func.lower(persons.c.display_name).like(like), persons.c.email.like(like)))


def _ordered(statement: Select[Any], sort: str) -> Select[Any]:
    column = SORTS.get(sort.removeprefix("-"), persons.c.display_name)
    return statement.order_by(column.desc() if sort.startswith("-") else column, persons.c.id)


def _holds(which: Any) -> Any:
    return exists().where(roles.c.person_id == persons.c.id, which)


def _in(place: Scope) -> Any:
    return and_(roles.c.scope_kind == place.kind, roles.c.scope_id == place.id)


def _listed(person: Person, held: dict[UUID, list[RoleGiven]]) -> PersonListed:
    given = tuple((one.role, one.scope) for one in held[person.id])
    return PersonListed(person.id, person.display_name, person.email, person.state, given, person.created_at)


def _holder(kind: type[Session | Token], table: Table) -> Select[Any]:
    return (
        select(kind, Person, roles.c.role, roles.c.scope_kind, roles.c.scope_id)
        .join_from(table, persons)
        .outerjoin(roles, roles.c.person_id == persons.c.id)
        .where(table.c.token_hash == bindparam("token_hash"))
    )


# Every request asks one of these, so they are built once.
_SESSION: Final = _holder(Session, sessions)
_TOKEN: Final = _holder(Token, tokens)
