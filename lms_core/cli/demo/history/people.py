"""The people of the history: what they can do and how fast they are, by lot from a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final
from uuid import UUID

from lms_core.cli.demo.accounts import Accounts
from lms_core.foundation.actors import SYSTEM
from lms_core.foundation.scopes import Scope
from lms_core.foundation.web.house import House
from lms_core.people.domain import GiveRole
from lms_core.people.service import EnlistService, RoleService

PEOPLE: Final = 60
ENGLISH: Final = 3
"""One in so many reads the questions in English."""


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody with an ability in logits; ``pace`` multiplies the time that questions take them."""

    person_id: UUID
    language: str
    ability: float
    pace: float


def plant_learners(here: House, accounts: Accounts, campus: Scope, lot: Random, people: int) -> Sequence[Learner]:
    """Trainees of a campus who can be told from people at first sight: their names are numbers."""
    enlist, roles = here.provide(EnlistService), here.provide(RoleService)
    learners = []
    with here.work.write() as uow:
        for number in range(1, people + 1):
            language = "ko" if number % ENGLISH else "en"
            name = f"표본 훈련생 {number:02}" if language == "ko" else f"Sample trainee {number:02}"
            address = f"sample{number:02}@cohort.example.org"
            person_id = enlist.enlist_within(uow, SYSTEM, address, name, accounts.password_hash, language)
            roles.give_within(uow, SYSTEM, GiveRole(person_id, "campus_trainee", campus))
            learners.append(Learner(person_id, language, lot.gauss(0.4, 0.9), lot.lognormvariate(0.0, 0.25)))
        uow.commit()
    return learners
