"""A whole site for a test: on SQLite, and once more on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lms_core.foundation.database import Database
from lms_core.kit import site as kit
from lms_core.kit.clock import FixedClock
from lms_core.kit.site import SECRET, Site, Visitor
from tests.support.databases import put_away

__all__ = ["SECRET", "Site", "Visitor", "embedded_site", "make_site", "site"]


def make_site(database: Database, clock: FixedClock, folder: Path, **settings: Any) -> Site:
    """A site over ``database`` with its instance in ``folder``."""
    return kit.make_site(database.url.render_as_string(hide_password=False), clock, folder, **settings)


@pytest.fixture
def site(database: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Site]:
    """A site on SQLite, and once more on PostgreSQL."""
    made = make_site(database, clock, tmp_path)
    yield made
    put_away(made.house.database)


@pytest.fixture
def embedded_site(embedded: Database, clock: FixedClock, tmp_path: Path) -> Iterator[Site]:
    """A site on SQLite alone: for what does not depend on the database."""
    made = make_site(embedded, clock, tmp_path)
    yield made
    put_away(made.house.database)
