"""A whole campus at once: a thousand begin within a minute, and five thousand sit with an answer every 20 s."""

from collections.abc import Callable
from functools import partial

from benchmarks.client import Connection, Load, pace
from benchmarks.measure import Figure
from benchmarks.site import Served, databases, served
from benchmarks.sitting import Sitting, begin, exam_of, exams_of, save

TRAINEES, WITHIN = 1_000, 60.0
SITTING, EVERY, SECONDS = 5_000, 20.0, 60.0
CLIENTS = 32
# How many begin a second while the benchmark fills its hall: nobody measures that.
FILLING = 40.0


def measure() -> list[Figure]:
    """On PostgreSQL, the database of sites of this size."""
    return _on("postgresql") if "postgresql" in databases() else []


def _on(database: str) -> list[Figure]:
    with served(database, TRAINEES) as site:
        hall = _Hall(site)
        first = exam_of(site)
        began = pace(CLIENTS, TRAINEES / WITHIN, [hall.comes(token, first) for token in site.tokens])
        others = [(exam_id, token) for exam_id in exams_of(site) if exam_id != first for token in site.tokens]
        more = [hall.comes(token, exam_id) for exam_id, token in others[: SITTING - TRAINEES]]
        filled = pace(CLIENTS, FILLING, more)
        if filled.wrong:
            raise RuntimeError(f"{len(filled.wrong)} could not begin, the first: {filled.wrong[0]}")
        answered = pace(CLIENTS, SITTING / EVERY, hall.answers(int(SECONDS * SITTING / EVERY)))
        sat = len(hall.sittings)
    return [
        *_told(f"{database}: {TRAINEES:,} begin within {WITHIN:.0f} s", began),
        *_told(f"{database}: {sat:,} sit, an answer every {EVERY:.0f} s", answered),
    ]


class _Hall:
    """Everybody who sits, and the connections that they share."""

    def __init__(self, site: Served) -> None:
        self.sittings: list[Sitting] = []
        self._lines = [Connection(site.port) for _ in range(CLIENTS)]

    def comes(self, token: str, exam_id: str) -> Callable[[int], None]:
        """Somebody begins."""
        return lambda client: self.sittings.append(begin(self._lines[client], token, exam_id))

    def answers(self, count: int) -> list[Callable[[int], None]]:
        """``count`` answers, everybody in turn."""
        return [partial(self._answer, number) for number in range(count)]

    def _answer(self, number: int, client: int) -> None:
        turn, seat = divmod(number, len(self.sittings))
        save(self._lines[client], self.sittings[seat], turn)


def _told(name: str, load: Load) -> list[Figure]:
    wrong = load.wrong[0][:60] if load.wrong else ""
    return [
        Figure(f"{name}: errors {wrong}".rstrip(), len(load.wrong), "of them"),
        Figure(f"{name}: 50 of 100 within", load.percentile(0.5), "ms"),
        Figure(f"{name}: 95 of 100 within", load.percentile(0.95), "ms"),
    ]
