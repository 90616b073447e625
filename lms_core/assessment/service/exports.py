"""Exports: a bank as a file, with the truth about what the file cannot hold."""

from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from threading import Lock
from typing import Any, BinaryIO, Final
from uuid import UUID

from lms_core.assessment.domain.banks import EXPORT_ITEMS, Bank, BankNotFound, ItemsExported
from lms_core.assessment.domain.content_json import decode
from lms_core.assessment.domain.formats import Exported
from lms_core.assessment.repository.banks import Banks
from lms_core.assessment.repository.items import Items
from lms_core.assessment.service.banks import require_in, seen_bank
from lms_core.assessment.service.formats import FormatService, proving, writing
from lms_core.assessment.service.spooling import Spool
from lms_core.foundation.actors import Actor
from lms_core.foundation.uow import UnitOfWork, Work
from lms_core.hooks.item_formats import ItemFormat, WriteOptions
from lms_core.hooks.items import ItemContent

MOST_REPORTS: Final = 16


@dataclass(frozen=True, slots=True)
class ExportBank:
    """Write a bank's items in a format. ``everything``: the newest versions too that nobody has approved yet."""

    bank_id: UUID
    format: str
    language: str = "ko"
    everything: bool = False


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What stands in a file, and what of it would not come back. ``told`` are the items that lose something."""

    bank: Bank
    format: ItemFormat
    items: int
    written: int
    told: Spool[Exported]
    losses: Mapping[str, int]

    @property
    def left_out(self) -> int:
        """How many items the format cannot hold."""
        return self.items - self.written

    @property
    def file(self) -> str:
        """How the file is called."""
        return f"{self.bank.slug}{self.format.suffixes[0]}"


@dataclass(frozen=True)
class ExportReports:
    """The last reports, by what was asked and the revision of the bank: to prove a bank takes long, to show it not."""

    _kept: OrderedDict[tuple[Any, ...], ExportReport] = field(default_factory=OrderedDict, init=False)
    _lock: Lock = field(default_factory=Lock, init=False)

    def get(self, key: tuple[Any, ...]) -> ExportReport | None:
        """The report, if it is among the last."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: tuple[Any, ...], report: ExportReport) -> ExportReport:
        """Keep a report, and let go of the oldest."""
        with self._lock:
            self._kept[key] = report
            while len(self._kept) > MOST_REPORTS:
                self._kept.popitem(last=False)
        return report


@dataclass(frozen=True)
class ExportService:
    """What can be taken out of banks."""

    work: Work
    formats: FormatService
    reports: ExportReports

    def preview(self, actor: Actor, command: ExportBank) -> ExportReport:
        """What an export would tell; no file is kept. Raises NotFound, Forbidden, Invalid.

        Every item is proven once a revision of the bank; whoever asks again is shown what was found then.
        """
        bank, item_format = self._chosen(actor, command)
        options = WriteOptions(command.language)
        with self.work.read() as uow:
            # The format itself is part of the key: a plugin that went and came back may write another way.
            key = (command, item_format, Items(uow).revision(bank.id))
            if found := self.reports.get(key):
                return found
            told = (proving(item_format, content, options) for content in _contents(uow, command))
            return self.reports.keep(key, _report(bank, item_format, told))

    def export(self, actor: Actor, command: ExportBank, stream: BinaryIO) -> ExportReport:
        """Write the bank into ``stream``, a few items at a time, and note that they left.

        Raises NotFound, Forbidden, Invalid.
        """
        bank, item_format = self._chosen(actor, command)
        with self.work.read() as uow:
            told = writing(item_format, stream, _contents(uow, command), WriteOptions(command.language))
            report = _report(bank, item_format, told)
        with self.work.write() as uow:
            uow.record(ItemsExported(bank.id, item_format.name, report.written), actor, bank.scopes)
            uow.commit()
        return report

    def to_file(self, actor: Actor, command: ExportBank) -> tuple[ExportReport, BinaryIO]:
        """An export on disk, to be read from its beginning and closed by whoever asked.

        A refusal comes before the file, not in the middle of it. Raises what ``export`` raises.
        """
        stream = TemporaryFile()  # noqa: SIM115 whoever asked closes it
        try:
            report = self.export(actor, command, stream)
        except BaseException:
            stream.close()
            raise
        stream.seek(0)
        return report, stream

    def _chosen(self, actor: Actor, command: ExportBank) -> tuple[Bank, ItemFormat]:
        with self.work.read() as uow:
            bank = seen_bank(uow, actor, command.bank_id, EXPORT_ITEMS)
        return bank, self.formats.written(bank.scopes, command.format)

    def bank_named(self, actor: Actor, slug: str) -> Bank:
        """The bank of that short name. Raises NotFound, Forbidden."""
        with self.work.read() as uow:
            bank = Banks(uow).by_slug(slug)
        if bank is None:
            raise BankNotFound
        require_in(actor, EXPORT_ITEMS, bank)
        return bank


def _contents(uow: UnitOfWork, command: ExportBank) -> Iterator[ItemContent]:
    return map(decode, Items(uow).exported(command.bank_id, approved=not command.everything))


def _report(bank: Bank, item_format: ItemFormat, told: Iterator[Exported]) -> ExportReport:
    items = written = 0
    kept, losses = Spool[Exported](), Counter[str]()
    for one in told:
        items += 1
        written += one.is_written
        if one.losses:
            kept.add(one)
            losses.update(each.rule for each in one.losses)
    return ExportReport(bank, item_format, items, written, kept, losses)
