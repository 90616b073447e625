"""A crowd for load work: trainees who share one password hash and have a token each."""

from collections.abc import Callable

from lms_core.cli.demo.accounts import Accounts
from lms_core.foundation.web.house import House

CHUNK = 1_000


def plant_crowd(here: House, accounts: Accounts, count: int, say: Callable[[str], None]) -> None:
    """Add ``count`` trainees of the sample course, in chunks, and their lines to the file."""
    done = 0
    while done < count:
        number = min(CHUNK, count - done)
        _plant(here, accounts, done, number)
        done += number
        say(f"trainees: {done} of {count}")
    accounts.write()


def _plant(here: House, accounts: Accounts, begin: int, number: int) -> None:
    places = accounts.trainee_places(here)
    with here.work.write() as uow:
        for index in range(begin, begin + number):
            accounts.make(here, uow, "trainee", f"연습생 {index + 1}", f"trainee{index + 1}@load.example.org", *places)
        uow.commit()
