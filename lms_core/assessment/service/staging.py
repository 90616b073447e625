"""A file between its preview and its import: kept for a day, for the person who sent it alone."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from io import SEEK_END, BytesIO
from typing import Any, BinaryIO, Final
from uuid import UUID

from lms_core.assessment.domain.imports import ImportFile
from lms_core.assessment.repository.imports import Imports
from lms_core.assessment.service.banks import seen_bank
from lms_core.assessment.service.imports import ImportReport, ImportService
from lms_core.foundation.actors import Actor
from lms_core.foundation.clock import Clock
from lms_core.foundation.errors import Invalid
from lms_core.foundation.identity import new_id
from lms_core.foundation.text import text
from lms_core.foundation.uow import Work
from lms_core.hooks.items import Provenance

KEPT: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits for its import, and what the import would do."""

    file_id: UUID
    command: ImportFile
    report: ImportReport


@dataclass(frozen=True)
class StagingService:
    """The two steps of an import from a page."""

    work: Work
    clock: Clock
    imports: ImportService

    def stage(self, actor: Actor, bank_id: UUID, command: ImportFile, stream: BinaryIO) -> UUID:
        """Try the file, and keep it for the next step. Raises what a preview raises; what is too large is not read."""
        if not stream.seek(0, SEEK_END):
            raise Invalid(fields={"file": (text("Choose a file."),)})
        self.imports.preview(actor, command, stream)
        stream.seek(0)
        file_id, now, body = new_id(), self.clock.now(), stream.read()
        with self.work.write() as uow:
            seen_bank(uow, actor, bank_id)
            Imports(uow).keep_file(
                {
                    "id": file_id,
                    "person_id": actor.require_person(),
                    "bank_id": bank_id,
                    "file": command.file[:255],
                    "options": _options(command),
                    "body": body,
                    "created_at": now,
                },
                before=now - KEPT,
            )
            uow.commit()
        return file_id

    def waiting(self, actor: Actor, file_id: UUID) -> Waiting:
        """A file of one's own and what its import would do now. Raises NotFound once it is gone."""
        command, body = self._kept(actor, file_id)
        return Waiting(file_id, command, self.imports.preview(actor, command, BytesIO(body)))

    def commit(self, actor: Actor, file_id: UUID) -> ImportReport:
        """Import the file, and forget it."""
        command, body = self._kept(actor, file_id)
        report = self.imports.commit(actor, command, BytesIO(body))
        self.drop(actor, file_id)
        return report

    def drop(self, actor: Actor, file_id: UUID) -> None:
        """Forget the file."""
        with self.work.write() as uow:
            Imports(uow).file(file_id, actor.require_person())
            Imports(uow).drop_file(file_id)
            uow.commit()

    def _kept(self, actor: Actor, file_id: UUID) -> tuple[ImportFile, bytes]:
        with self.work.read() as uow:
            kept = Imports(uow).file(file_id, actor.require_person())
        options = dict(kept.options)
        return ImportFile(file=kept.file, provenance=Provenance(**options.pop("provenance")), **options), kept.body


def _options(command: ImportFile) -> dict[str, Any]:
    options = asdict(command)
    del options["file"]
    return options
