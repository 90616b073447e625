"""Pages that many people open at once, with every plugin on: home, the exam room, a report; over an empty view."""

from benchmarks.client import Connection
from benchmarks.measure import Figure, median, spread
from benchmarks.site import Served, databases, has, served
from benchmarks.sitting import API, begin, exam_of, save
from benchmarks.wrk import read_page

CLIENTS, ROUNDS, SECONDS = 8, 3, 3


def measure() -> list[Figure]:
    """Pages a second on each database, and as a share of what /healthz does."""
    if not has("wrk"):
        raise SystemExit("benchmarks.pages sends by wrk, which is not installed here")
    return [figure for database in databases() for figure in _on(database)]


def _on(database: str) -> list[Figure]:
    with served(database, CLIENTS) as site:
        paths = {"home": "/home", **_sat(site)}
        empty = median(_rates(site, "/healthz"))
        rates = {name: _rates(site, path) for name, path in paths.items()}
    return [
        Figure(f"{database}: {name}", median(some), "a second", "an empty view", median(some) / empty, spread(some))
        for name, some in rates.items()
    ]


def _sat(site: Served) -> dict[str, str]:
    """The pages of an attempt that is under way, and of one that was handed in."""
    token, exam_id, connection = site.tokens[0], exam_of(site), Connection(site.port)
    done = begin(connection, token, exam_id)
    for number in range(len(done.items)):
        save(connection, done, number)
    connection.json("POST", f"{API}/attempts/{done.id}/submission", token)
    running = begin(connection, token, exam_id)
    return {
        "exam room": f"/assessment/attempts/{running.id}",
        "questions of a running attempt": f"{API}/attempts/{running.id}",
        "report": f"/assessment/attempts/{done.id}/report",
    }


def _rates(site: Served, path: str) -> list[float]:
    read_page(site.port, path, site.tokens[0], CLIENTS, 1)
    return [read_page(site.port, path, site.tokens[0], CLIENTS, SECONDS) for _ in range(ROUNDS)]
