"""How fast the answers of one attempt may come: so fast that nobody who sits it notices, and no program floods it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from lms_core.foundation.errors import TooMany
from lms_core.foundation.settings import Settings

# Every answer of the longest exam twice at once, as after an outage; then ten a second, which no hand does.
BURST: Final = 600
EVERY: Final = timedelta(milliseconds=100)
REMEMBERED: Final = 20_000


@dataclass(frozen=True)
class SavePace:
    """A leaky bucket for each attempt. It counts in one process: two serving processes let twice as much through."""

    settings: Settings
    _drained_at: dict[UUID, datetime] = field(default_factory=dict, init=False, repr=False, compare=False)

    def take(self, attempt_id: UUID, now: datetime) -> None:
        """Count a save of ``attempt_id`` that came ``now``. Raises TooMany where its bucket is full."""
        if not self.settings.rate_limits:
            return
        drained_at = max(now, self._drained_at.get(attempt_id, now))
        if drained_at - now > (BURST - 1) * EVERY:
            raise TooMany
        if len(self._drained_at) >= REMEMBERED:
            self._forget(now)
        self._drained_at[attempt_id] = drained_at + EVERY

    def _forget(self, now: datetime) -> None:
        """Forget the buckets that are empty by now, which are as good as new."""
        for attempt_id, drained_at in list(self._drained_at.items()):
            if drained_at <= now:
                self._drained_at.pop(attempt_id, None)
