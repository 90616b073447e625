"""Imports inside one unit of work: the SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select

from lms_core.assessment.domain.imports import Import, ImportRow
from lms_core.assessment.tables.items import import_files, import_rows, imports
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Imports:
    """Imports, their rows, and files that wait between preview and import."""

    uow: UnitOfWork

    def add(self, done: Import, rows: Iterable[ImportRow]) -> None:
        """Keep an import with what became of every row."""
        self.uow.session.add(done)
        self.uow.session.flush()
        self.uow.session.add_all(rows)

    def get(self, import_id: UUID) -> Import:
        """The import. Raises NotFound."""
        found = self.uow.session.get(Import, import_id)
        if found is None:
            raise NotFound
        return found

    def rows(self, import_id: UUID) -> Sequence[ImportRow]:
        """What became of every row, in the file's order."""
        mine = select(ImportRow).where(import_rows.c.import_id == import_id)
        return self.uow.session.scalars(mine.order_by(import_rows.c.number)).all()

    def listed(self, bank_id: UUID, request: PageRequest) -> Page[Import]:
        """One page of a bank's imports, the newest first."""
        mine = select(Import).where(imports.c.bank_id == bank_id)
        return page(self.uow, mine.order_by(imports.c.imported_at.desc(), imports.c.id), request)

    def keep_file(self, values: dict[str, Any], before: datetime) -> None:
        """Keep a file for the next step, and forget those older than ``before``."""
        self.uow.session.execute(delete(import_files).where(import_files.c.created_at < before))
        self.uow.session.execute(insert(import_files).values(values))

    def file(self, file_id: UUID, person_id: UUID) -> Row[Any]:
        """A file that the person keeps here. Raises NotFound."""
        mine = select(import_files).where(import_files.c.id == file_id, import_files.c.person_id == person_id)
        found = self.uow.session.execute(mine).first()
        if found is None:
            raise NotFound
        return found

    def drop_file(self, file_id: UUID) -> None:
        """Forget a file."""
        self.uow.session.execute(delete(import_files).where(import_files.c.id == file_id))
