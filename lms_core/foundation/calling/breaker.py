"""A breaker per plugin and hook: after repeated failures nobody waits for it again and again."""

from dataclasses import dataclass
from typing import Literal

NANOSECONDS = 1_000_000_000
State = Literal["closed", "open", "trying"]


@dataclass(slots=True, eq=False)
class Breaker:
    """Opens after ``limit`` failures in a row, lets one call try again after ``rest`` seconds, closes on success.

    ``open_until`` is 0 while it is closed; otherwise the nanosecond from which one call may try.
    """

    limit: int = 5
    rest: float = 30.0
    failures: int = 0
    open_until: int = 0

    def refuses(self, now: int) -> bool:
        """Whether a call is refused at ``now`` (nanoseconds). After the rest one goes through; the others wait for it.

        The one that goes through has a rest's time to come back: if it never does, another one may try.
        """
        if not self.open_until:
            return False
        if now < self.open_until:
            return True
        self.open_until = now + int(self.rest * NANOSECONDS)
        return False

    def state(self, now: int) -> State:
        """``open`` while calls are refused, ``trying`` once the next may go through, ``closed`` otherwise."""
        if not self.open_until:
            return "closed"
        return "open" if now < self.open_until else "trying"

    def failed(self, now: int) -> None:
        """Count a failure or an overrun."""
        self.failures += 1
        if self.failures >= self.limit:
            self.open_until = now + int(self.rest * NANOSECONDS)

    def succeeded(self) -> None:
        """Forget the failures: it works again."""
        self.failures = 0
        self.open_until = 0
