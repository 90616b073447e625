"""Imports inside one unit of work: the SQL."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select

from lms_core.assessment.domain.imports import Import, ImportRow
from lms_core.assessment.repository.items import AT_ONCE
from lms_core.assessment.tables.items import import_files, import_rows, imports
from lms_core.foundation.errors import NotFound
from lms_core.foundation.paging import Page, PageRequest, page
from lms_core.foundation.uow import UnitOfWork


@dataclass(frozen=True)
class Imports:
    """Imports, their rows, and files that wait between preview and import."""

    uow: UnitOfWork

    def add(self, done: Import) -> None:
        """Keep an import, ahead of its rows."""
        self.uow.session.add(done)
        self.uow.session.flush()

    def add_rows(self, rows: Sequence[ImportRow]) -> None:
        """Keep what became of some rows, and hold them no longer in memory."""
        self.uow.session.add_all(rows)
        self.uow.session.flush()
        self._forget(rows)

    def get(self, import_id: UUID) -> Import:
        """The import. Raises NotFound."""
        found = self.uow.session.get(Import, import_id)
        if found is None:
            raise NotFound
        return found

    def parts(self, import_id: UUID) -> Iterator[Sequence[ImportRow]]:
        """What became of every row, in the file's order, some rows at a time."""
        mine = select(ImportRow).where(import_rows.c.import_id == import_id).order_by(import_rows.c.number)
        last = 0
        while some := self.uow.session.scalars(mine.where(import_rows.c.number > last).limit(AT_ONCE)).all():
            last = some[-1].number
            yield some
            self._forget(some)

    def _forget(self, rows: Sequence[ImportRow]) -> None:
        for row in rows:
            self.uow.session.expunge(row)

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
