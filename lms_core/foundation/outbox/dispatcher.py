"""The dispatcher: a thread that looks for work when told of some, and otherwise once a second."""

import threading
import time
from collections.abc import Callable, Sequence

import structlog

log = structlog.get_logger("lms.outbox")
POLL = 1.0

Step = Callable[[], bool]


class Dispatcher:
    """Repeats its steps for as long as one of them says that there may be more; then it waits."""

    def __init__(self, each_time: Sequence[Step], each_poll: Sequence[Step], poll: float = POLL) -> None:
        """``each_time`` runs whenever it wakes, ``each_poll`` at most once in ``poll`` seconds."""
        self._each_time = each_time
        self._each_poll = each_poll
        self._poll = poll
        self._polled = float("-inf")
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._failing: set[Step] = set()

    def start(self) -> None:
        """Begin, if it has not begun."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._loop, name="outbox-dispatcher", daemon=True)
            self._thread.start()

    def wake(self) -> None:
        """There is work: look at once. Costs next to nothing, from any thread."""
        self._woken.set()

    def stop(self, seconds: float) -> bool:
        """Take no more; wait that long for the round in progress; whether it ended."""
        thread, self._thread = self._thread, None
        self._stopping.set()
        self._woken.set()
        if thread is None:
            return True
        thread.join(seconds)
        return not thread.is_alive()

    def _loop(self) -> None:
        while not self._stopping.is_set():
            # Cleared before looking: whoever wakes us from here on has a round of its own.
            self._woken.clear()
            if not self.round():
                self._woken.wait(self._poll)

    def round(self, *, poll: bool = False) -> bool:
        """Take every step once, the polled ones if it is time or ``poll``; whether one says that there may be more."""
        steps = [*self._each_time]
        if poll or time.monotonic() - self._polled >= self._poll:
            self._polled = time.monotonic()
            steps = [*self._each_poll, *steps]
        more = [self._take(step) for step in steps]
        return any(more)

    def _take(self, step: Step) -> bool:
        try:
            more = step()
        except Exception:
            # The database is away: say it once, not once a second.
            if step not in self._failing:
                log.exception("the outbox stands still", step=_name(step))
            self._failing.add(step)
            return False
        if step in self._failing:
            log.info("the outbox goes on", step=_name(step))
            self._failing.discard(step)
        return more


def _name(step: Step) -> str:
    return str(getattr(step, "__qualname__", step))
