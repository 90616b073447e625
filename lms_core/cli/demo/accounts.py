"""The accounts of the demonstration: made with one password, told in ``instance/demo-accounts.json``."""

import json
import os
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import UUID

from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.scopes import SITE, Scope
from lms_core.foundation.uow import UnitOfWork
from lms_core.foundation.web.house import House
from lms_core.people.domain import GiveRole
from lms_core.people.service import DirectoryService, EnlistService, Passwords, RoleService

TRAINEE = "trainee@example.org"
PASSWORD = "try-the-academy"  # noqa: S105 of a demonstration on loopback, printed at its start


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the file."""

    role: str
    email: str
    password: str
    token: str


@dataclass
class Accounts:
    """Collects accounts while people are made, and writes them readable for the owner alone, each once."""

    path: Path
    made: list[Account] = field(default_factory=list)

    @property
    def exist(self) -> bool:
        """Whether the demonstration was planted before."""
        return self.path.is_file()

    @property
    def shown(self) -> list[Account]:
        """The first account of each role, for the terminal."""
        known = self.read()
        return list({account.role: account for account in reversed(known)}.values())[::-1]

    @cached_property
    def password_hash(self) -> str:
        """One hash for all: argon2 takes a tenth of a second each."""
        return Passwords().hash(PASSWORD)

    def make(self, here: House, uow: UnitOfWork, role: str, name: str, email: str, *places: Scope) -> UUID:
        """A person with a token; the role is given in each of ``places``."""
        enlist, roles = here.provide(EnlistService), here.provide(RoleService)
        language = "en" if name.isascii() else "ko"
        person_id = enlist.enlist_within(uow, SYSTEM, email, name, self.password_hash, language)
        for place in places:
            # As enrolment gives them: a trainee of a cohort is at its campus, and no more than that.
            here_as = "campus_trainee" if (role, place.kind) == ("trainee", "campus") else role
            roles.give_within(uow, SYSTEM, GiveRole(person_id, here_as, place))
        token = enlist.token_within(uow, SYSTEM, person_id, "demo")
        self.made.append(Account(role, email, PASSWORD, token))
        return person_id

    def trainee_places(self, here: House) -> list[Scope]:
        """Where the first sample trainee is one: the places of the whole crowd."""
        person_id = here.provide(DirectoryService).id_of(TRAINEE)
        return sorted(here.provide(RoleService).places(person_id) - {SITE})

    def read(self) -> list[Account]:
        """What the file holds."""
        return [Account(**one) for one in json.loads(self.path.read_text())] if self.exist else []

    def write(self) -> None:
        """Write the file, added to what it held."""
        lines = [asdict(one) for one in (*self.read(), *self.made)]
        with os.fdopen(os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(lines, file, ensure_ascii=False, indent=1)
        self.made.clear()
