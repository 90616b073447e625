"""Many saves in one commit: one statement for all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from lms_core.assessment.domain.attempts import Receipt
from lms_core.assessment.repository.responses import Saves
from lms_core.assessment.repository.save_statements import TOGETHER, Numbered
from lms_core.foundation.database import Database


class Away(Exception):
    """The database does not answer. Asking again is safe: what was committed unheard has its sequence already."""


class Unreadable(Exception):
    """The database cannot take one of the answers, and took none of them."""


Slot = tuple[UUID, int]


@dataclass(frozen=True)
class SaveBatches:
    """What ``Saves.keep`` does, for several saves at once."""

    database: Database

    def keep(self, batch: Sequence[Numbered]) -> Mapping[Slot, Receipt]:
        """Keep each save under its receipt's number, all in one commit; those that were taken, by attempt and slot.

        One save a slot. On a server an attempt that somebody else is changing is passed over, so that a batch waits
        for nobody (a single save does); SQLite has one writer. Raises Away, Unreadable.
        """
        try:
            return self._together(batch) if len(batch) > 1 else self._alone(*batch)
        except (OperationalError, InterfaceError) as away:
            raise Away from away
        except DBAPIError as unreadable:
            raise Unreadable from unreadable

    def _together(self, batch: Sequence[Numbered]) -> Mapping[Slot, Receipt]:
        # In one order everywhere: two batches that meet in a slot wait for each other, and never in a circle.
        ordered = sorted(batch, key=lambda one: (one[0].attempt_id, one[0].slot))
        with self.database.statement() as connection:
            ends = TOGETHER[connection.dialect.name].keep(connection, ordered)
        return {
            slot: Receipt(number, save.sequence, save.arrived_at, end)
            for save, number in batch
            if (end := ends.get(slot := (save.attempt_id, save.slot))) is not None
        }

    def _alone(self, numbered: Numbered) -> Mapping[Slot, Receipt]:
        save, number = numbered
        receipt = Saves(self.database).keep(save, number)
        return {} if receipt is None else {(save.attempt_id, save.slot): receipt}
