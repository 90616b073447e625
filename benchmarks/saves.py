"""Saves a second over the same database's own UPSERT-and-commit rate, in the same run."""

from collections.abc import Iterator

from benchmarks.client import Connection, drive
from benchmarks.floor import floor
from benchmarks.measure import Figure, median, spread
from benchmarks.site import databases, served
from benchmarks.sitting import begin, exam_of, save

CLIENTS = 32
ROUNDS, SECONDS = 3, 4.0


def measure() -> list[Figure]:
    """For each database: the floor, our rate over it, and how long a save takes."""
    return [figure for database in databases() for figure in _on(database)]


def _on(database: str) -> list[Figure]:
    with served(database, CLIENTS) as site:
        exam_id = exam_of(site)
        sittings = [begin(Connection(site.port), token, exam_id) for token in site.tokens[:CLIENTS]]
        done = [0] * CLIENTS

        def work(number: int) -> Iterator[None]:
            connection = Connection(site.port)
            while True:
                save(connection, sittings[number], done[number])
                done[number] += 1
                yield

        floors, rates, tails = [], [], []
        for _ in range(ROUNDS):
            floors.append(floor(database, site.url, CLIENTS, SECONDS / 2))
            load = drive(CLIENTS, SECONDS, work)
            rates.append(load.rate)
            tails.append(load.percentile(0.99))
    return _told(database, floors, rates, tails)


def _told(database: str, floors: list[float], rates: list[float], tails: list[float]) -> list[Figure]:
    ours, bare = median(rates), median(floors)
    return [
        Figure(f"{database}: UPSERT and commit, bare", bare, "a second", spread=spread(floors)),
        Figure(f"{database}: saves over HTTP, {CLIENTS} clients", ours, "a second", "bare", ours / bare, spread(rates)),
        Figure(f"{database}: 99 of 100 saves within", median(tails), "ms", spread=spread(tails)),
    ]
