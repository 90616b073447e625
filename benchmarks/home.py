"""The home page of a trainee, with every plugin on, over an empty view of the same server."""

from collections.abc import Iterator

from benchmarks.client import Connection, drive
from benchmarks.measure import Figure
from benchmarks.site import Served, databases, served

CLIENTS, SECONDS = 8, 5.0


def measure() -> list[Figure]:
    """Pages a second on each database, as a share of what /healthz does."""
    figures = []
    for database in databases():
        with served(database, CLIENTS) as site:
            pages, alive = _rate(site, "/home"), _rate(site, "/healthz")
        figures.append(Figure(f"{database}: home pages", pages, "a second", "an empty view", pages / alive))
    return figures


def _rate(site: Served, path: str) -> float:
    def work(number: int) -> Iterator[None]:
        connection = Connection(site.port)
        while True:
            status, _ = connection.send("GET", path, site.tokens[number])
            if status != 200:
                raise RuntimeError(f"{path}: {status}")
            yield

    return drive(CLIENTS, SECONDS, work).rate
