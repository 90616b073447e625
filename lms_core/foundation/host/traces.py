"""What an import leaves in the process: modules, tables, mappings. Of a plugin that is kept out, nothing stays."""

import sys
from collections.abc import Set
from dataclasses import dataclass

from sqlalchemy import Table
from sqlalchemy.orm import ClassManager

from lms_core.foundation.database import mapper_registry, metadata


@dataclass(frozen=True, slots=True)
class Traces:
    """What there was before ``package``, whose tables begin with ``prefix``, was imported: the rest came with it."""

    package: str
    prefix: str
    known: frozenset[str]

    @classmethod
    def before(cls, package: str, prefix: str) -> "Traces":
        """Look at what there is now."""
        return cls(package, prefix, frozenset(metadata.tables))

    def tables(self, core: Set[str]) -> tuple[Table, ...]:
        """The tables that came; without those of core rooms that it happened to be the first to import."""
        fresh = [table for name, table in metadata.tables.items() if name not in self.known]
        return tuple(table for table in fresh if table.name.partition("_")[0] not in core)

    def wipe(self, core: Set[str]) -> None:
        """Take it all away: a half-made package, table or mapping would fail for whoever meets it next."""
        # Asked of managers, not mappers: a class whose mapping broke off has no mapper.
        for manager in [one for one in mapper_registry._managers if self._ours(one.class_.__module__)]:
            _unmap(manager)
        # Those of an earlier boot of this process as well: their modules go, so that the next import makes them again.
        earlier = [table for name, table in metadata.tables.items() if name.startswith(self.prefix)]
        for table in {*self.tables(core), *earlier}:
            metadata.remove(table)
        for name in [name for name in sys.modules if self._ours(name)]:
            del sys.modules[name]

    def _ours(self, module: str) -> bool:
        return module == self.package or module.startswith(f"{self.package}.")


def _unmap(manager: ClassManager[object]) -> None:
    # SQLAlchemy offers this for all mappers at once only; a single one that cannot be configured stops them all.
    mapper_registry._dispose_manager_and_mapper(manager)
    # It leaves by itself once it is collected; until then, configuring would meet it without a mapper.
    mapper_registry._managers.pop(manager, None)
