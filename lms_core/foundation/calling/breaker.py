"""A breaker per plugin and hook: after repeated failures nobody waits for it again and again."""

from dataclasses import dataclass

NANOSECONDS = 1_000_000_000


@dataclass(slots=True, eq=False)
class Breaker:
    """Opens after ``limit`` failures in a row, lets one call try again after ``rest`` seconds, closes on success."""

    limit: int = 5
    rest: float = 30.0
    failures: int = 0
    open_until: int = 0

    def is_open(self, now: int) -> bool:
        """Whether calls are refused at ``now`` (nanoseconds). The first one after the rest goes through."""
        return now < self.open_until

    def failed(self, now: int) -> None:
        """Count a failure or an overrun."""
        self.failures += 1
        if self.failures >= self.limit:
            self.open_until = now + int(self.rest * NANOSECONDS)

    def succeeded(self) -> None:
        """Forget the failures: it works again."""
        self.failures = 0
        self.open_until = 0
