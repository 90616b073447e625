"""Whole attempts a second: start, 40 answers, hand in, result."""

from benchmarks.client import drive
from benchmarks.measure import Figure
from benchmarks.site import databases, served
from benchmarks.sitting import exam_of, sit

CLIENTS, TRAINEES, SECONDS = 32, 800, 10.0


def measure() -> list[Figure]:
    """Attempts a second on each database."""
    return [_on(database) for database in databases()]


def _on(database: str) -> Figure:
    with served(database, TRAINEES) as site:
        exam_id = exam_of(site)
        shares = [iter(site.tokens[number::CLIENTS]) for number in range(CLIENTS)]
        load = drive(CLIENTS, SECONDS, lambda number: sit(site, exam_id, shares[number]))
    return Figure(f"{database}: whole attempts, {CLIENTS} clients", load.rate, "a second")
