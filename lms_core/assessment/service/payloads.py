"""What leaves the house as stored bytes: questions with what is saved, and solved questions with what they earned.

Pages and API join the same lines. Nothing is parsed on the way.
"""

from typing import Any

import orjson

from lms_core.assessment.domain.practice import FINAL_SEQUENCE
from lms_core.assessment.repository.responses import Saved
from lms_core.assessment.service.results import Report
from lms_core.assessment.service.sittings import Sitting


def questions(sitting: Sitting) -> bytes:
    """The open questions as a JSON list; with ``saved`` (or null) for a sitting that was come back to."""
    first, last = sitting.attempt.first_slot, sitting.attempt.last_slot
    lines = _slots(sitting.paper)[first - 1 : last]
    kept = sitting.saved
    if kept is None:
        return _list(lines)
    return _list([_with(line, _kept(kept.get(slot))) for slot, line in enumerate(lines, start=first)])


def open_groups(sitting: Sitting) -> bytes:
    """The cases of the open questions as a JSON list."""
    first, last = sitting.attempt.first_slot, sitting.attempt.last_slot
    stored = zip(sitting.outline.groups, _groups(sitting.paper), strict=True)
    return _list([line for group, line in stored if group.first <= last and group.last >= first])


def asked_lines(paper: bytes) -> list[bytes]:
    """The questions of a paper, a line of JSON a slot, without anything of an attempt."""
    return _slots(paper)


def revealed(report: Report, slot: int) -> bytes:
    """One solved question of a report that was made while practising."""
    return solved_lines(report)[slot - 1]


def solved(report: Report) -> bytes:
    """The solved questions of a report as a JSON list: key, explanations, what was answered, points."""
    return _list(solved_lines(report))


def solved_lines(report: Report) -> list[bytes]:
    """The same, a line of JSON a slot."""
    lines = _slots(report.solution)
    scores = {score.slot: score for score in report.result.slots}
    joined = []
    for slot, line in enumerate(lines, start=1):
        kept, score = report.saved.get(slot), scores[slot]
        answered = {"response": (kept.response or None) if kept else None, "flagged": bool(kept and kept.flagged)}
        earned = {"points": score.points, "possible": score.possible, "scored": score.scored, "waits": score.waits}
        components = [{"id": one.id, "points": one.points, "possible": one.possible} for one in score.components]
        correct = score.points >= score.possible and not score.waits
        joined.append(_with(line, {**answered, **earned, "components": components, "correct": correct}))
    return joined


def groups(body: bytes) -> bytes:
    """The cases of a paper or of a solution as a JSON list."""
    return _list(_groups(body))


def _groups(body: bytes) -> list[bytes]:
    return body.partition(b"\n\n")[2].split(b"\n") if b"\n\n" in body else []


def _slots(body: bytes) -> list[bytes]:
    return body.partition(b"\n\n")[0].split(b"\n")


def _kept(kept: Saved | None) -> dict[str, Any]:
    final = {"revealed": True} if kept is not None and kept.sequence == FINAL_SEQUENCE else {}
    return {"saved": _saved(kept), **final}


def _saved(kept: Saved | None) -> dict[str, Any] | None:
    if kept is None or not kept.response:
        return None
    return {"sequence": kept.sequence, "response": kept.response, "flagged": kept.flagged}


def _with(line: bytes, members: dict[str, Any]) -> bytes:
    return line[:-1] + b"," + orjson.dumps(members)[1:]


def _list(lines: list[bytes]) -> bytes:
    return b"[" + b",".join(lines) + b"]"
