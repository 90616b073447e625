"""Imports: a dry run that tells everything, one transaction that keeps it, and the way back."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final
from uuid import UUID

from lms_core.assessment.domain.banks import (
    IMPORT_ITEMS,
    Bank,
    BankNotFound,
    ImportUndone,
    ItemsImported,
    OpenBank,
)
from lms_core.assessment.domain.imports import Import, ImportFile, ImportGone, PlannedRow
from lms_core.assessment.repository.banks import Banks
from lms_core.assessment.repository.imports import Imports
from lms_core.assessment.service.banks import check_bank, open_bank, require_in, seen_bank
from lms_core.assessment.service.formats import FormatService, reading
from lms_core.assessment.service.importing import ImportWriter, Planned, planned, take_back
from lms_core.assessment.service.spooling import Spool
from lms_core.assessment.service.summaries import Summary, summarised
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.identity import new_id
from lms_core.foundation.paging import Page, PageRequest
from lms_core.foundation.text import Titles
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.findings import Problem
from lms_core.hooks.item_formats import ItemFormat, ReadItem, ReadOptions

FEW: Final = 5


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or in a dry run would do. ``import_id`` is None where nothing was kept."""

    file: str
    format: str
    rows: Planned
    import_id: UUID | None = None
    bank_id: UUID | None = None

    @property
    def counts(self) -> Mapping[str, int]:
        """How many items got each verdict."""
        return self.rows.counts

    @property
    def warnings(self) -> Counter[str]:
        """How many warnings there are of each rule."""
        return Counter(problem.rule for _, problem in self.told("warning"))

    @property
    def first(self) -> Sequence[PlannedRow]:
        """A few of the items that would be kept, to be looked at."""
        return list(islice((row for row in self.rows if row.content and row.verdict != "unchanged"), FEW))

    def summary(self, request: PageRequest) -> Summary:
        """What is told of rows: a page of the rejected ones, and the warnings by rule."""
        return summarised((row.told for row in self.rows), request)

    def told(self, severity: str) -> Iterator[tuple[PlannedRow, Problem]]:
        """Every problem of that severity with its row."""
        return ((row, problem) for row in self.rows for problem in row.problems if problem.severity == severity)


@dataclass(frozen=True, slots=True)
class ImportShown:
    """An import that was made, with its bank and what became of every row."""

    done: Import
    bank: Bank
    summary: Summary


@dataclass(frozen=True)
class ImportService:
    """What can be done with files of items."""

    work: Work
    clock: Clock
    formats: FormatService

    def preview(self, actor: Actor, command: ImportFile, stream: BinaryIO) -> ImportReport:
        """What an import would do; nothing is kept. Raises Forbidden, Invalid, or a refusal of the file."""
        item_format, found = self._read(actor, command, stream)
        with self.work.read() as uow:
            bank = self._bank(uow, actor, command)
            rows = planned(uow, actor, bank.id if bank else None, found)
        return ImportReport(command.file, item_format.name, rows, bank_id=bank.id if bank else None)

    def commit(self, actor: Actor, command: ImportFile, stream: BinaryIO) -> ImportReport:
        """Keep what a file brings, all of it or nothing, opening the bank if there is none of that name.

        Raises Forbidden, Invalid, or a refusal of the file.
        """
        # The file is read before the transaction opens: other people write meanwhile.
        item_format, found = self._read(actor, command, stream)
        with self.work.write() as uow:
            bank = self._bank(uow, actor, command) or self._opened(uow, actor, command.bank)
            rows = planned(uow, actor, bank.id, found)
            done = self._made(actor, bank, command, item_format.name, rows)
            ImportWriter(uow, self.clock, done).keep(rows)
            uow.record(ItemsImported(done.id, bank.id), actor, bank.scopes)
            uow.commit()
        return ImportReport(command.file, done.format, rows, done.id, bank.id)

    def undo(self, actor: Actor, import_id: UUID) -> Import:
        """Take an import back: its items go, what it changed is as before.

        Raises NotFound, Forbidden, ImportGone, and ImportInUse if anything of it was approved, changed or asked.
        """
        with self.work.write() as uow:
            done = Imports(uow).get(import_id)
            bank = seen_bank(uow, actor, done.bank_id, IMPORT_ITEMS)
            if done.undone_at:
                raise ImportGone
            take_back(uow, import_id, self.clock.now())
            done.undone_by, done.undone_at = actor.person_id, self.clock.now()
            uow.record(ImportUndone(import_id, bank.id), actor, bank.scopes)
            uow.commit()
        return done

    def find(self, actor: Actor, bank_id: UUID, request: PageRequest) -> Page[Import]:
        """One page of a bank's imports, the newest first."""
        with self.work.read() as uow:
            seen_bank(uow, actor, bank_id)
            return Imports(uow).listed(bank_id, request)

    def get(self, actor: Actor, import_id: UUID, request: PageRequest = PageRequest()) -> ImportShown:  # noqa: B008 frozen
        """An import with what is told of its rows: a page of the rejected ones, and the warnings. Raises NotFound."""
        with self.work.read() as uow:
            done = Imports(uow).get(import_id)
            bank = seen_bank(uow, actor, done.bank_id)
            rows = (row.told for part in Imports(uow).parts(import_id) for row in part)
            return ImportShown(done, bank, summarised(rows, request))

    def _read(self, actor: Actor, command: ImportFile, stream: BinaryIO) -> tuple[ItemFormat, Spool[ReadItem]]:
        check_bank(OpenBank(command.bank, Titles(command.bank, command.bank)))
        with self.work.read() as uow:
            bank = self._bank(uow, actor, command)
        scopes = bank.scopes if bank else OpenBank("", Titles("", "")).place.scopes
        item_format = self.formats.of(scopes, command.file, command.format)
        options = ReadOptions(command.file, command.language, command.provenance)
        return item_format, Spool(reading(item_format, stream, options))

    def _bank(self, uow: UnitOfWork, actor: Actor, command: ImportFile) -> Bank | None:
        """The bank of that name, if there is one. Raises BankNotFound where the actor could not open it."""
        bank = Banks(uow).by_slug(command.bank)
        if bank is None:
            if not actor.may(IMPORT_ITEMS, OpenBank("", Titles("", "")).place.scopes):
                raise BankNotFound
            return None
        require_in(actor, IMPORT_ITEMS, bank)
        return bank

    def _opened(self, uow: UnitOfWork, actor: Actor, slug: str) -> Bank:
        return open_bank(uow, actor, OpenBank(slug, Titles(slug, slug)), self.clock)

    def _made(self, actor: Actor, bank: Bank, command: ImportFile, name: str, rows: Planned) -> Import:
        counts, given = rows.counts, command.provenance
        return Import(
            id=new_id(),
            bank_id=bank.id,
            file=command.file[:255],
            format=name,
            language=command.language,
            licence=given.licence,
            attribution=given.attribution,
            author=given.author,
            source=given.source_url,
            read=len(rows),
            created=counts["created"],
            unchanged=counts["unchanged"],
            updated=counts["updated"],
            rejected=counts["rejected"],
            imported_by=actor.person_id,
            imported_at=self.clock.now(),
        )
