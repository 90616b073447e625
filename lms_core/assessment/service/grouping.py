"""Group commit: what arrives while a commit is under way goes out with the next one.

The first who comes writes; whoever comes meanwhile waits, and one of them writes for all. There is no thread of its
own, and nothing to drain at the end: nobody in the queue holds a receipt.
"""

import os
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from weakref import ref

from lms_core.assessment.domain.attempts import Receipt, Save
from lms_core.assessment.repository.responses import Saves
from lms_core.assessment.repository.save_batches import Away, SaveBatches, Slot, Unreadable
from lms_core.foundation.database import Database
from lms_core.foundation.errors import Unavailable

WAITING = 512
LARGEST = 256
# How long a database may be away before its clients are told so, and how long until it is tried again.
PATIENCE = 4.0
PAUSE = 0.05


@dataclass(eq=False)
class _Sent:
    """A save in the queue. Its sender sleeps on ``awake``, then leads the next batch or has its outcome."""

    save: Save
    number: str
    awake: threading.Lock = field(default_factory=threading.Lock)
    leads: bool = False
    receipt: Receipt | None = None
    error: Exception | None = None

    @property
    def slot(self) -> Slot:
        """One save a slot goes out in a batch."""
        return self.save.attempt_id, self.save.slot

    def rides_on(self, newest: "_Sent") -> bool:
        """Whether keeping ``newest`` overtakes this: it then has the newer one's receipt, as if it had come later."""
        mine, theirs = self.save, newest.save
        same = (mine.person_id, mine.generation) == (theirs.person_id, theirs.generation)
        return same and mine.sequence <= theirs.sequence


@dataclass(eq=False)
class GroupedSaves:
    """Keeps saves together. One of these belongs to one process."""

    database: Database
    _queue: deque[_Sent] = field(init=False, repr=False)
    _lock: threading.Lock = field(init=False, repr=False)
    _led: bool = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Begin empty, in every child of a fork too: the threads that held locks do not live on there."""
        self._begin()
        os.register_at_fork(after_in_child=partial(_begin_anew, ref(self)))

    def keep(self, save: Save, number: str) -> Receipt | None:
        """What ``Saves.keep`` answers, once the commit that holds it is done; None also says: try it alone.

        Raises Unavailable where too many wait or the database stays away, and what the save itself is refused with.
        """
        sent = _Sent(save, number)
        sent.awake.acquire()
        if not self._joins(sent):
            self._wait(sent)
        if sent.leads:
            self._lead()
        if sent.error is not None:
            raise sent.error
        return sent.receipt

    def _begin(self) -> None:
        self._queue, self._lock, self._led = deque(), threading.Lock(), False

    def _joins(self, sent: _Sent) -> bool:
        """Stand in the queue; True where nobody leads, so that the sender has to."""
        with self._lock:
            if len(self._queue) >= WAITING:
                raise Unavailable
            self._queue.append(sent)
            sent.leads, self._led = not self._led, True
            return sent.leads

    def _wait(self, sent: _Sent) -> None:
        if sent.awake.acquire(timeout=2 * PATIENCE):
            return
        with self._lock:
            if sent in self._queue and not sent.leads:
                self._queue.remove(sent)
                raise Unavailable
        # A batch holds it, or it was called to lead just now.
        sent.awake.acquire()

    def _lead(self) -> None:
        with self._lock:
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), LARGEST))]
        try:
            self._write(batch)
        except Exception as failure:  # noqa: BLE001 told to every sender
            for sent in batch:
                sent.error = sent.error or failure
        finally:
            self._hand_over()
            for sent in batch:
                if sent.awake.locked():
                    sent.awake.release()

    def _hand_over(self) -> None:
        with self._lock:
            self._led = bool(self._queue)
            for following in islice(self._queue, 1):
                following.leads = True
                following.awake.release()

    def _write(self, batch: Sequence[_Sent]) -> None:
        newest: dict[Slot, _Sent] = {}
        for sent in batch:
            if sent.slot not in newest or sent.save.sequence > newest[sent.slot].save.sequence:
                newest[sent.slot] = sent
        try:
            kept = self._kept(list(newest.values()))
        except Unreadable:
            # One answer that the database cannot read must cost nobody else theirs.
            self._write_alone(batch)
            return
        for sent in batch:
            if sent.rides_on(newest[sent.slot]):
                sent.receipt = kept.get(sent.slot)

    def _kept(self, batch: Sequence[_Sent]) -> Mapping[Slot, Receipt]:
        end, pause = time.monotonic() + PATIENCE, PAUSE
        while True:
            try:
                return SaveBatches(self.database).keep([(sent.save, sent.number) for sent in batch])
            except Away as away:
                if time.monotonic() + pause > end:
                    raise Unavailable from away
                time.sleep(pause)
                pause *= 2

    def _write_alone(self, batch: Sequence[_Sent]) -> None:
        for sent in batch:
            try:
                sent.receipt = Saves(self.database).keep(sent.save, sent.number)
            except Exception as failure:  # noqa: BLE001 told to its sender
                sent.error = failure


def _begin_anew(grouped: "ref[GroupedSaves]") -> None:
    if (living := grouped()) is not None:
        living._begin()
