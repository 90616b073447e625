"""A clock that stands still until a test moves it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

BEGINNING = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


@dataclass(eq=False)
class FixedClock:
    """Tells the time that it was set to: nine in the morning in Seoul, on the day the spring term begins."""

    moment: datetime = BEGINNING

    def now(self) -> datetime:
        """The moment it stands at."""
        return self.moment

    def move(self, **by: float) -> datetime:
        """Move on, by ``minutes=5`` and the like; the new moment."""
        self.moment += timedelta(**by)
        return self.moment

    def set(self, moment: datetime) -> None:
        """Stand at ``moment``."""
        self.moment = moment
