"""Names for other rooms: who stands behind an id, and which id behind an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from lms_core.foundation.errors import Invalid
from lms_core.foundation.text import text
from lms_core.foundation.uow import Work
from lms_core.people.repository import People


@dataclass(frozen=True)
class DirectoryService:
    """Reads names only. The caller has checked that the actor may see them."""

    work: Work

    def names(self, ids: Iterable[UUID | None]) -> dict[UUID, str]:
        """Display names by id; those of erased persons are empty."""
        wanted = {each for each in ids if each is not None}
        if not wanted:
            return {}
        with self.work.read() as uow:
            return People(uow).names(wanted)

    def languages(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """The languages in which people use the site, by id."""
        with self.work.read() as uow:
            return People(uow).languages(ids)

    def id_of(self, email: str) -> UUID:
        """The person with this address. Raises Invalid, for the field ``email``, if there is none."""
        with self.work.read() as uow:
            person = People(uow).by_email(email.strip().lower())
        if person is None or person.state == "erased":
            raise Invalid(fields={"email": (text("Nobody has an account with this address. Invite them first."),)})
        return person.id

    def require_known(self, person_id: UUID) -> None:
        """Raise NotFound unless there is such a person."""
        with self.work.read() as uow:
            People(uow).get(person_id)
