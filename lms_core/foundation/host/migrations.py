"""Runs a lineage of migrations, the core's or a plugin's, without alembic.ini or env.py.

A lineage moves in one transaction, with the database locked against other migrators: whatever ends it half-way,
nothing of it is left, and the next run begins again. What is not the lineage's own must be unchanged at the end.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from alembic.autogenerate import RevisionContext
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from sqlalchemy import JSON, Connection, Engine, MetaData, event, inspect
from sqlalchemy.types import TypeDecorator

from lms_core.foundation.database import metadata
from lms_core.foundation.errors import LmsError
from lms_core.foundation.host.lineage import Lineage
from lms_core.foundation.text import Text, text

# Alembic looks for its template where the scripts are; the revisions themselves stand with their lineage.
_TEMPLATES = Path(__file__).parent / "scaffold" / "revision"
_ADVISORY_LOCK = 0x4C4D53
_LOCK_WAIT_MS = 60_000
_READING = frozenset({"SELECT", "PRAGMA"})
# `alembic.op` is one global: two lineages never move at once in one process.
_turn = threading.Lock()

Move = Callable[[Any, MigrationContext], Iterable[Any]]


class MigrationFailed(LmsError):
    """A migration raised, or changed what is not its own. The database is as it was before."""

    code = "migration-failed"


class _TakenBack(Exception):
    """Raised to roll a rehearsal back."""


def upgrade(engine: Engine, lineage: Lineage, target: str = "head") -> tuple[str, ...]:
    """Bring the lineage up to ``target``; the revisions that were run. Raises MigrationFailed."""
    before = pending(engine, lineage)
    scripts = _scripts(lineage)
    _run(engine, lineage, scripts, _up(scripts, target))
    after = pending(engine, lineage)
    return tuple(revision for revision in before if revision not in after)


def downgrade(engine: Engine, lineage: Lineage, target: str = "base") -> None:
    """Take the lineage back down to ``target``. Raises MigrationFailed."""
    scripts = _scripts(lineage)
    _run(engine, lineage, scripts, lambda now, _: scripts._downgrade_revs(target, now))


@contextmanager
def upgraded(engine: Engine, lineage: Lineage) -> Iterator[tuple[str, ...]]:
    """The lineage brought up for what is inside; taken down again, as far as it came, if that raises.

    Yields the revisions that were run. Raises MigrationFailed.
    """
    ran = upgrade(engine, lineage)
    try:
        yield ran
    except BaseException as error:
        try:
            if ran:
                downgrade(engine, lineage, f"-{len(ran)}")
        except MigrationFailed as stuck:
            error.add_note(f"The tables were not taken back: {stuck}")
        raise


def rehearse(engine: Engine, lineages: Iterable[Lineage]) -> dict[str, tuple[str, ...]]:
    """The SQL that upgrades of ``lineages``, in this order, run: it is run, noted, and all of it taken back.

    Run, not merely rendered, so that it is the very SQL for the tables that are there. Raises MigrationFailed.
    """
    said: dict[str, tuple[str, ...]] = {}
    with _turn, suppress(_TakenBack), _locked(engine) as connection:
        for lineage in lineages:
            scripts = _scripts(lineage)
            with _overheard(connection) as statements:
                _move(connection, lineage, scripts, _up(scripts, "head"))
            said[lineage.name] = tuple(statements)
        raise _TakenBack
    return said


def pending(engine: Engine, lineage: Lineage) -> tuple[str, ...]:
    """The revisions that an upgrade would run, oldest first. Raises MigrationFailed for an unknown revision."""
    scripts = _scripts(lineage)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": lineage.version_table})
        done = _up_to(lineage, scripts, context.get_current_heads())
    return tuple(revision for revision in _line(lineage, scripts) if revision not in done)


def revise(engine: Engine, lineage: Lineage, title: str) -> Path:
    """Write the revision that makes the database what the tables in memory are; the new file."""
    lineage.versions.mkdir(parents=True, exist_ok=True)
    scripts = _scripts(lineage)
    number = f"{sum(1 for _ in scripts.walk_revisions()) + 1:04d}"
    asked = {"message": title, "autogenerate": True, "sql": False, "rev_id": number, "head": "head"}
    asked |= dict.fromkeys(("splice", "branch_label", "version_path", "depends_on"))
    revision = RevisionContext(Config(), scripts, asked)

    def compare(now: Any, context: MigrationContext) -> Iterable[Any]:
        revision.run_autogenerate(now, context)
        return ()

    _run(engine, lineage, scripts, compare, template_args=revision.template_args)
    written = [script for script in revision.generate_scripts() if script]
    return Path(written[0].path)


def drop(engine: Engine, lineage: Lineage) -> tuple[str, ...]:
    """Drop every table of the lineage, and its memory of versions; the names of what was dropped.

    Goes by name, not by downgrading: it works when the migrations are broken, or gone.
    """
    with _turn, _locked(engine) as connection:
        names = [name for name in inspect(connection).get_table_names() if _is_of(lineage, name)]
        present = MetaData()
        if names:
            # What the lineage points to is read as well, or its tables could not be ordered; it is not dropped.
            present.reflect(connection, only=names)
        present.drop_all(connection, tables=[present.tables[name] for name in names])
    return tuple(sorted(names))


def _run(engine: Engine, lineage: Lineage, scripts: ScriptDirectory, move: Move, **options: Any) -> None:
    with _turn, _locked(engine) as connection:
        _move(connection, lineage, scripts, move, **options)


def _move(connection: Connection, lineage: Lineage, scripts: ScriptDirectory, move: Move, **options: Any) -> None:
    before = _not_of(lineage, connection)
    with EnvironmentContext(Config(), scripts, fn=move, **options) as environment:
        environment.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=lineage.version_table,
            include_object=lambda thing, name, kind, *_: _included(lineage, thing, name, kind),
            render_item=_render,
            render_as_batch=True,
        )
        try:
            environment.run_migrations()
        except Exception as error:
            raise MigrationFailed(_failed(lineage, error)) from error
    _refuse_trespass(lineage, before, _not_of(lineage, connection))


@contextmanager
def _overheard(connection: Connection) -> Iterator[list[str]]:
    """What ``connection`` is made to run, without what only reads."""
    statements: list[str] = []

    def hear(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.split(None, 1)[0].upper() not in _READING:
            values = f"  -- {parameters!r}" if parameters else ""
            statements.append(f"{statement.strip()};{values}")

    event.listen(connection, "before_cursor_execute", hear)
    try:
        yield statements
    finally:
        event.remove(connection, "before_cursor_execute", hear)


def _up(scripts: ScriptDirectory, target: str) -> Move:
    return lambda now, _: scripts._upgrade_revs(target, now)


def _failed(lineage: Lineage, error: Exception) -> Text:
    why = str(error).splitlines()[0][:500] if str(error) else type(error).__name__
    return text("The migrations of “%(name)s” failed, and nothing was changed: %(why)s", name=lineage.name, why=why)


def _scripts(lineage: Lineage) -> ScriptDirectory:
    return ScriptDirectory(
        _TEMPLATES,
        version_locations=[lineage.versions],
        file_template="%(rev)s_%(slug)s",
        messaging_opts={"quiet": True},
    )


def _line(lineage: Lineage, scripts: ScriptDirectory) -> tuple[str, ...]:
    """Every revision, oldest first."""
    try:
        return tuple(reversed([script.revision for script in scripts.walk_revisions()]))
    except Exception as error:  # whatever a revision's file raises when it is imported
        raise MigrationFailed(_failed(lineage, error)) from error


def _up_to(lineage: Lineage, scripts: ScriptDirectory, heads: tuple[str, ...]) -> set[str]:
    try:
        return {script.revision for head in heads for script in scripts.iterate_revisions(head, "base")}
    except (CommandError, RevisionError) as unknown:
        raise MigrationFailed(
            text(
                "The tables of “%(name)s” are newer than its files: revision %(heads)s is not among them.",
                name=lineage.name,
                heads=", ".join(heads),
            )
        ) from unknown


def _is_of(lineage: Lineage, table: str) -> bool:
    return table == lineage.version_table or lineage.owns(table)


def _included(lineage: Lineage, thing: Any, name: str | None, kind: str) -> bool:
    table = name if kind == "table" else thing.table.name
    return lineage.owns(table or "")


def _render(kind: str, thing: Any, context: AutogenContext) -> Any:
    """Migrations outlive the code: they name the database's types, never ours."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{thing.impl_instance!r}"
    if kind == "type" and isinstance(thing, JSON):
        context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction in which no other migrator is at work. Commits at the end."""
    with engine.connect() as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
                yield connection
            return
        with _loose_keys(connection), connection.begin():
            yield connection
            _check_keys(connection)


@contextmanager
def _loose_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by rebuilding it, which foreign keys forbid; they are checked at the end instead.

    The pragma does nothing inside a transaction, hence on the raw connection, before one begins.
    """
    cursor = connection.connection.cursor()
    wait = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.execute(f"PRAGMA busy_timeout={_LOCK_WAIT_MS}")
    try:
        yield
    finally:
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={wait}")
        cursor.close()


def _check_keys(connection: Connection) -> None:
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise MigrationFailed(text("It would leave rows that point nowhere in %(tables)s.", tables=tables))


def _not_of(lineage: Lineage, connection: Connection) -> dict[str, list[tuple[str, str, bool]]]:
    """The shape of every table that is not the lineage's to change."""
    shapes = inspect(connection).get_multi_columns()
    return {
        table: [(column["name"], str(column["type"]), column["nullable"]) for column in columns]
        for (_, table), columns in shapes.items()
        if not _is_of(lineage, table)
    }


def _refuse_trespass(lineage: Lineage, before: dict[str, Any], after: dict[str, Any]) -> None:
    touched = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if touched:
        raise MigrationFailed(
            text(
                "The migrations of “%(name)s” touch tables that are not its own: %(tables)s. Nothing was changed.",
                name=lineage.name,
                tables=", ".join(touched),
            )
        )
