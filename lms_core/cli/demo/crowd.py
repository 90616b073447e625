"""A crowd for load work: trainees who share one password hash and have a token each."""

from collections.abc import Callable

from lms_core.cli.demo.accounts import Accounts
from lms_core.foundation.web.house import House

CHUNK = 1_000
# Where the addresses of a crowd are.
CROWD = "load.example.org"


def plant_crowd(here: House, accounts: Accounts, count: int, say: Callable[[str], None]) -> None:
    """Have ``count`` trainees of the sample course: those that lack are added in chunks, each with its lines."""
    done = sum(account.email.endswith(f"@{CROWD}") for account in accounts.read())
    while done < count:
        number = min(CHUNK, count - done)
        _plant(here, accounts, done, number)
        # At once: whoever is not in the file would be made once more.
        accounts.write()
        done += number
        say(f"trainees: {done} of {count}")


def _plant(here: House, accounts: Accounts, begin: int, number: int) -> None:
    places = accounts.trainee_places(here)
    with here.work.write() as uow:
        for index in range(begin, begin + number):
            accounts.make(here, uow, "trainee", f"연습생 {index + 1}", f"trainee{index + 1}@{CROWD}", *places)
        uow.commit()
