"""Data: tables that name a person are registered, and the migrations make what tables.py says."""

from collections.abc import Iterator
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table

from lms_core.foundation.database import metadata
from lms_core.foundation.host.checking.checked import fault
from lms_core.foundation.host.findings import Finding
from lms_core.kit.examination.subject import Examined
from lms_core.people.domain import PersonalDataBook

PERSON = "people_person"


def check_personal_data(examined: Examined) -> Iterator[Finding]:
    """Every table of the plugin's that names a person and is not registered as keeping personal data."""
    registered = {kept.table for _, kept in examined.site.provide(PersonalDataBook).tables}
    for table in _own(examined):
        if table.name not in registered and (named := _naming(table)):
            told = (
                "%(table)s names a person by %(column)s. Write it into [[personal_data]] of plugin.toml and answer "
                "lms_register_personal_data, so that the person's data can be exported and erased."
            )
            yield _at_tables(examined, "personal-data", told, table=table.name, column=named)


def check_tables(examined: Examined) -> Iterator[Finding]:
    """Every difference between tables.py and what the migrations have made."""
    prefix = examined.manifest.table_prefix
    options = {"include_object": lambda thing, name, kind, *_: _is_of(prefix, thing, name, kind)}
    with examined.site.house.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        for change in compare_metadata(context, metadata):
            told = 'The migrations lack %(change)s. Run: lms plugin revise %(id)s -m "..."'
            yield _at_tables(examined, "migrations", told, change=_told(change), id=examined.id)


def _own(examined: Examined) -> list[Table]:
    return [table for name, table in metadata.tables.items() if name.startswith(examined.manifest.table_prefix)]


def _naming(table: Table) -> str:
    pointing = (key.parent.name for key in table.foreign_keys if key.target_fullname.partition(".")[0] == PERSON)
    return next(pointing, "person_id" if "person_id" in table.c else "")


def _is_of(prefix: str, thing: Any, name: str | None, kind: str) -> bool:
    return ((name if kind == "table" else thing.table.name) or "").startswith(prefix)


def _told(change: Any) -> str:
    """What Alembic would do, in a few words."""
    first = change[0] if isinstance(change, list) else change
    return " ".join(
        str(getattr(part, "name", part)) for part in first if isinstance(part, str) or hasattr(part, "name")
    )


def _at_tables(examined: Examined, rule: str, message: str, **values: Any) -> Finding:
    places = (examined.folder / "tables.py", examined.folder / "tables" / "__init__.py")
    file = next((place for place in places if place.exists()), examined.folder)
    return fault(examined.id, file, rule, message, **values)
