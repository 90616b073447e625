"""How a trainee of the benchmark sits an exam, over the API."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.client import Connection
from benchmarks.site import Served

API = "/api/v1/assessment"
QUESTIONS = 40
CHOSEN = ("choice", "multiple-response")


@dataclass(frozen=True)
class Sitting:
    """An attempt that was begun; ``items`` are its questions of choice."""

    id: str
    save_token: str
    items: list[dict[str, Any]]


def exam_of(site: Served) -> str:
    """An exam of forty questions that the trainees may sit."""
    found = Connection(site.port).json("GET", f"{API}/exams", site.tokens[0])
    return next(str(exam["id"]) for exam in found["items"] if exam["questions"] == QUESTIONS)


def exams_of(site: Served) -> list[str]:
    """Every exam that the trainees may sit."""
    return [str(exam["id"]) for exam in Connection(site.port).json("GET", f"{API}/exams", site.tokens[0])["items"]]


def begin(connection: Connection, token: str, exam_id: str) -> Sitting:
    """Start a practice attempt."""
    made = connection.json("POST", f"{API}/exams/{exam_id}/attempts", token, {"mode": "practice"})
    return Sitting(made["id"], made["save_token"], [item for item in made["items"] if item["type"] in CHOSEN])


def save(connection: Connection, sitting: Sitting, number: int) -> None:
    """Save answer ``number``: slots in turn, each with a newer sequence."""
    item = sitting.items[number % len(sitting.items)]
    response = {"choices": [item["choices"][number % len(item["choices"])]["id"]]}
    body = {"sequence": number // len(sitting.items) + 1, "response": response}
    connection.json("PUT", f"{API}/attempts/{sitting.id}/responses/{item['slot']}", sitting.save_token, body)


def sit(site: Served, exam_id: str, tokens: Iterator[str]) -> Iterator[None]:
    """Whole attempts, one after another: start, every answer, hand in, result."""
    connection = Connection(site.port)
    for token in tokens:
        sitting = begin(connection, token, exam_id)
        for number in range(len(sitting.items)):
            save(connection, sitting, number)
        connection.json("POST", f"{API}/attempts/{sitting.id}/submission", token)
        connection.json("GET", f"{API}/attempts/{sitting.id}/result", token)
        yield
