"""The crowd for load work: as many as are asked for, whoever is there already."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lms_core.cli.demo.accounts import Accounts
from lms_core.cli.demo.crowd import CROWD, plant_crowd
from lms_core.foundation.web.house import House, house
from lms_core.people.tables import persons
from tests.support.academy import opened


def in_the_crowd(here: House) -> int:
    with here.work.read() as uow:
        theirs = select(func.count()).select_from(persons).where(persons.c.email.endswith(f"@{CROWD}"))
        return int(uow.session.scalar(theirs) or 0)


def test_a_crowd_grows_to_what_is_asked_for_and_everybody_in_it_stands_in_the_file_once(
    planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms_core.cli.demo.crowd.CHUNK", 2)
    with opened(planted, tmp_path / "instance") as academy, academy.app.app_context():
        here, path = house(academy.app), tmp_path / "accounts.json"
        for wanted, there in ((3, 3), (7, 7), (5, 7)):
            # As each command does: with nothing in memory but what the file tells.
            plant_crowd(here, Accounts(path), wanted, lambda _: None)
            told = [one["email"] for one in json.loads(path.read_text())]
            assert (in_the_crowd(here), len(told), len(set(told))) == (there, there, there)
        assert len({one["token"] for one in json.loads(path.read_text())}) == 7
