"""Saves a second over the same server's own UPSERT-and-commit rate, and what they cost as attempts pile up."""

from benchmarks.client import Connection
from benchmarks.floor import floor
from benchmarks.measure import Figure, median, spread
from benchmarks.rows import pile_up
from benchmarks.site import Served, databases, has, served
from benchmarks.sitting import Sitting, begin, exam_of
from benchmarks.wrk import Sent, send_saves

CLIENTS, ROUNDS, SECONDS = 32, 3, 4
# Connections of a site at half of its load: each pauses so long that together they send half as much.
CALM = 64
PILED = (100, 10_000, 1_000_000)


def measure() -> list[Figure]:
    """For each database: the floor, our rate over it, how long a save takes, and its cost by stored attempts."""
    if not has("wrk"):
        raise SystemExit("benchmarks.saves sends by wrk, which is not installed here")
    return [figure for database in databases() for figure in _on(database)]


def _on(database: str) -> list[Figure]:
    with served(database, CALM) as site:
        exam_id = exam_of(site)
        sittings = [begin(Connection(site.port), token, exam_id) for token in site.tokens[:CALM]]
        send_saves(site.port, sittings, CLIENTS, 1)
        rounds = [_round(site, sittings) for _ in range(ROUNDS)]
        floors, full = [one[0] for one in rounds], [one[1] for one in rounds]
        rate = median([one.rate for one in full])
        calm = [send_saves(site.port, sittings, CALM, SECONDS, _pause(rate / 2)) for _ in range(ROUNDS)]
        grown = [_grown(site, sittings, rows) for rows in PILED]
    return [*_told(database, floors, full), *_calm(database, calm), *_growth(database, grown)]


def _round(site: Served, sittings: list[Sitting]) -> tuple[float, Sent]:
    bare = floor(site.database, site.url, CLIENTS, SECONDS)
    return bare, send_saves(site.port, sittings, CLIENTS, SECONDS)


def _pause(rate: float) -> int:
    return max(1, round(CALM / rate * 1000))


def _grown(site: Served, sittings: list[Sitting], rows: int) -> Sent:
    pile_up(site.url, sittings[0].id, rows)
    send_saves(site.port, sittings, CLIENTS, 1)
    return send_saves(site.port, sittings, CLIENTS, SECONDS)


def _told(database: str, floors: list[float], full: list[Sent]) -> list[Figure]:
    bare, rates = median(floors), [one.rate for one in full]
    # Each round over its own floor: what else the machine does falls on both.
    ratio = median([rate / least for rate, least in zip(rates, floors, strict=True)])
    return [
        Figure(f"{database}: UPSERT and commit, bare", bare, "a second", spread=spread(floors)),
        Figure(f"{database}: saves, {CLIENTS} clients", median(rates), "a second", "bare", ratio, spread(rates)),
    ]


def _calm(database: str, calm: list[Sent]) -> list[Figure]:
    rates, tails = [one.rate for one in calm], [one.p99 for one in calm]
    return [
        Figure(f"{database}: saves at about half of that", median(rates), "a second", spread=spread(rates)),
        Figure(f"{database}: 99 of 100 of them within", median(tails), "ms", spread=spread(tails)),
    ]


def _growth(database: str, grown: list[Sent]) -> list[Figure]:
    least = grown[0].rate
    return [
        Figure(f"{database}: saves beside {rows:,} attempts", one.rate, "a second", "the fewest", one.rate / least)
        for rows, one in zip(PILED, grown, strict=True)
    ]
