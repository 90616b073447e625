"""Brings the database up to date: the core's lineage first, then each plugin's, requirements first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from lms_core.foundation.database import Database
from lms_core.foundation.host.discovery import Found
from lms_core.foundation.host.lineage import Lineage, plugin_lineage
from lms_core.foundation.host.migrations import pending, upgrade
from lms_core.foundation.host.order import arrange
from lms_core.foundation.host.snapshots import safeguarded

Revisions = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The revisions that one lineage has run."""

    lineage: str
    revisions: Revisions


def lineages(found: Iterable[Found]) -> tuple[Lineage, ...]:
    """The lineages of those plugins that could run, requirements first. Nothing is imported."""
    sound = {each.id: each for each in found if not each.findings}
    order = arrange(each.manifest for each in sound.values() if each.manifest).order
    made = (lineage_of(sound[name]) for name in order)
    return tuple(lineage for lineage in made if lineage)


def lineage_of(found: Found) -> Lineage | None:
    """The lineage of one plugin; None where it has none."""
    return plugin_lineage(found.manifest, found.folder) if found.manifest and found.folder else None


def upgrade_all(engine: Engine, core: Lineage, found: Iterable[Found]) -> Iterator[Upgraded]:
    """Run what is pending, one lineage after the other, telling of each. Raises MigrationFailed at the first fault.

    Each lineage is one transaction: what ran stays, what failed leaves nothing, and running it again goes on.
    """
    for lineage in (core, *lineages(found)):
        yield Upgraded(lineage.name, upgrade(engine, lineage))


def upgrade_site(database: Database, instance: Path, core: Lineage, found: Iterable[Found]) -> dict[str, Revisions]:
    """Bring a site's database up to date, an embedded one with a copy at hand; the revisions that ran, by lineage.

    Raises MigrationFailed; an embedded database is then as it was before, a server's has run what could run.
    """
    every = tuple(found)
    if not any(pending(database.engine, lineage) for lineage in (core, *lineages(every))):
        return {}
    with safeguarded(database, instance):
        done = list(upgrade_all(database.engine, core, every))
    return {one.lineage: one.revisions for one in done if one.revisions}
